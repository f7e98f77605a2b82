package dev.mhs.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
  private static final OwnNames NAMES = new OwnNames("nas", List.of("mhs.example.org"));
  private static final Entry OPEN = new Entry(NAMES, null);
  private static final Entry LOCKED = new Entry(NAMES, "admin:geheim:ü");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8000",
        "LOCALHOST",
        "127.0.0.1:8000",
        "192.168.1.5",
        "[fd00::1]:8000",
        "nas",
        "nas:8000",
        "nas.local",
        "NAS.lan:8000",
        "nas.home.arpa.",
        "mhs.example.org"
      })
  void ourOwnNamesAreWelcome(String host) {
    assertEquals(Entry.Verdict.WELCOME, OPEN.judge(read(host)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "nas.evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.local",
        "",
        "[",
        "[fd00::1"
      })
  void aNameThatAStrangerMayOwnIsRefused(String host) {
    assertEquals(Entry.Verdict.FOREIGN_HOST, OPEN.judge(read(host)));
  }

  @Test
  void aRequestWithoutHostIsRefused() {
    assertEquals(
        Entry.Verdict.FOREIGN_HOST, OPEN.judge(new Entry.Request(null, null, null, null, false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://evil.example", "null", "http://nas:9000", "https://nas.evil:8000"})
  void aForeignPageMayChangeNothing(String origin) {
    assertEquals(
        Entry.Verdict.FOREIGN_ORIGIN,
        OPEN.judge(new Entry.Request("nas:8000", origin, null, null, true)));
  }

  @Test
  void ourOwnPageAndAProgramMayChangeSomething() {
    assertEquals(
        Entry.Verdict.WELCOME,
        OPEN.judge(new Entry.Request("nas:8000", "http://nas:8000", "same-origin", null, true)));
    assertEquals(
        Entry.Verdict.WELCOME, OPEN.judge(new Entry.Request("nas:8000", null, null, null, true)));
  }

  @Test
  void aCrossSiteWriteWithoutOriginIsRefusedToo() {
    assertEquals(
        Entry.Verdict.FOREIGN_ORIGIN,
        OPEN.judge(new Entry.Request("nas:8000", null, "cross-site", null, true)));
  }

  @Test
  void withAPasswordOnlyTheRightOneOpens() {
    assertEquals(Entry.Verdict.NOT_SIGNED_IN, LOCKED.judge(read("nas")));
    assertEquals(
        Entry.Verdict.WELCOME, LOCKED.judge(signedIn("Basic " + base64("admin:geheim:ü"))));
    assertEquals(
        Entry.Verdict.WELCOME, LOCKED.judge(signedIn("basic " + base64("admin:geheim:ü"))));
    for (String wrong :
        List.of("Basic " + base64("admin:geheim"), "Basic !!!", "Basic ", "Bearer x", "")) {
      assertEquals(Entry.Verdict.NOT_SIGNED_IN, LOCKED.judge(signedIn(wrong)), wrong);
    }
  }

  private static Entry.Request read(String host) {
    return new Entry.Request(host, null, null, null, false);
  }

  private static Entry.Request signedIn(@Nullable String authorization) {
    return new Entry.Request("nas", null, null, authorization, false);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
