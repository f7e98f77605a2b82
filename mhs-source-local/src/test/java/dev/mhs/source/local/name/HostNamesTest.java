package dev.mhs.source.local.name;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostNamesTest {
  private static final List<String> DOMAINS = List.of("lan", "home.arpa");

  @Test
  void theLocalDomainIsCutOff() {
    assertEquals("nas", HostNames.shown("nas.lan", DOMAINS));
    assertEquals("nas", HostNames.shown("nas.Home.ARPA.", DOMAINS));
    assertEquals("a.b", HostNames.shown("a.b.lan", DOMAINS));
  }

  @Test
  void otherDomainsStay() {
    assertEquals("dns.example.net", HostNames.shown("dns.example.net", DOMAINS));
    assertEquals("pylan", HostNames.shown("pylan", DOMAINS));
    assertEquals("lan", HostNames.shown("lan", DOMAINS));
  }

  @Test
  void theAddressItselfIsNoName() {
    assertNull(HostNames.shown("192.168.1.7", DOMAINS));
    assertNull(HostNames.shown("fd00:0:0:0:0:0:0:1", DOMAINS));
    assertNull(HostNames.shown("fe80:0:0:0:0:0:0:1%eth0", DOMAINS));
  }

  @Test
  void charactersThatDoNotShowAreRefused() {
    assertNull(HostNames.shown("na\u0007s", DOMAINS));
    assertNull(HostNames.shown("nas\n", DOMAINS));
    assertNull(HostNames.shown("na\u202es", DOMAINS));
    assertNull(HostNames.shown("na\u200bs", DOMAINS));
  }

  @Test
  void whatShowsNothingIsRefused() {
    assertNull(HostNames.shown("\u00a0", DOMAINS));
    assertNull(HostNames.shown("\u2800\u2800", DOMAINS), "blank braille");
    assertNull(HostNames.shown("\u3164", DOMAINS), "a Hangul filler");
    assertNull(HostNames.shown("nas\uffa0", DOMAINS));
    assertEquals("Büro\u00a02", HostNames.shown("Büro\u00a02", DOMAINS));
    assertEquals("\ud83d\udcfa", HostNames.shown("\ud83d\udcfa", DOMAINS), "a television");
    assertEquals("客厅", HostNames.shown("客厅", DOMAINS));
  }

  @Test
  void markupIsTextLikeAnyOther() {
    assertEquals("<img onerror=x>", HostNames.shown("<img onerror=x>", DOMAINS));
  }

  @Test
  void emptyAndEndlessNamesAreNone() {
    assertNull(HostNames.shown("", DOMAINS));
    assertNull(HostNames.shown(".", DOMAINS));
    assertNull(HostNames.shown("a".repeat(254), DOMAINS));
    assertEquals("a".repeat(253), HostNames.shown("a".repeat(253) + ".", DOMAINS));
  }
}
