package dev.mhs.source.routeros.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.IpLiteral;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {
  @ParameterizedTest
  @CsvSource({
    "1w2d3h4m5s, PT219H4M5S",
    "3m12s, PT3M12S",
    "170ms, PT0.17S",
    "453us, PT0.000453S",
    "4s750ms, PT4.75S",
    "1m5ms, PT1M0.005S",
    "00:03:12, PT3M12S",
    "1d 00:03:12, PT24H3M12S",
    "2d20h12m20s, PT68H12M20S",
    "0s, PT0S",
    "30, PT30S"
  })
  void everyFormOfADurationIsRead(String text, Duration expected) {
    assertEquals(Optional.of(expected), RouterDuration.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "", " ", "5x", "s", "1h1w", "-1s", "99999999999999999999s"})
  void whatIsNoDurationIsNone(String text) {
    assertEquals(Optional.empty(), RouterDuration.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1Gbps, 1000000000",
    "2.5Gbps, 2500000000",
    "10Mbps, 10000000",
    "30M, 30000000",
    "30000000, 30000000",
    "512k, 512000",
    "6.4kbps, 6400",
    "0, 0"
  })
  void everyFormOfARateIsRead(String text, long expected) {
    assertEquals(Optional.of(new BitRate(expected)), RateText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "1Xbps", "-5M", "999999999999999T"})
  void whatIsNoRateIsNone(String text) {
    assertEquals(Optional.empty(), RateText.parse(text));
  }

  @Test
  void aPairIsUploadThenDownloadAndZeroIsNoLimit() {
    UpDown pair = UpDown.parse("10M/0").orElseThrow();

    assertEquals(new UpDown(BitRate.ofMegabits(10), null), pair);
    assertEquals("10000000/0", pair.text());
    assertEquals(new UpDown(null, null), UpDown.parse("0/0").orElseThrow());
    assertEquals(Optional.empty(), UpDown.parse("1/2/3"));
    assertEquals(Optional.empty(), UpDown.parse("x"));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:443, 192.0.2.1",
    "192.0.2.1/24, 192.0.2.1",
    "192.0.2.1%ether1, 192.0.2.1",
    "[2001:db8::1]:443, 2001:db8::1",
    "2001:db8::1, 2001:db8::1",
    "2001:db8::1/64, 2001:db8::1",
    "fe80::1%bridge, fe80::1"
  })
  void everyFormOfAnAddressIsRead(String text, String expected) {
    assertEquals(Optional.of(IpLiteral.of(expected)), AddressText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ether1", "[", "[::1", "1.2.3", "router.lan", "1.2.3.4.5"})
  void whatIsNoAddressIsNone(String text) {
    assertEquals(Optional.empty(), AddressText.parse(text));
  }

  @Test
  void aPrefixKnowsWhatLiesWithin() {
    Prefix lan = Prefix.parse("192.168.89.77/23").orElseThrow();

    assertTrue(lan.contains(IpLiteral.of("192.168.88.1")));
    assertTrue(lan.contains(IpLiteral.of("192.168.89.254")));
    assertFalse(lan.contains(IpLiteral.of("192.168.90.1")));
    assertFalse(lan.contains(IpLiteral.of("2001:db8::1")));
    assertTrue(lan.isBroadcast(IpLiteral.of("192.168.89.255")));
    assertFalse(lan.isBroadcast(IpLiteral.of("192.168.88.255")));
    assertTrue(lan.overlaps(Prefix.parse("192.168.88.5").orElseThrow()));
    assertFalse(lan.overlaps(Prefix.parse("192.168.90.0/24").orElseThrow()));
    assertTrue(Prefix.parse("0.0.0.0/0").orElseThrow().overlaps(lan));
    assertTrue(Prefix.parse("2001:db8::5").orElseThrow().isSingle());
    assertEquals(Optional.empty(), Prefix.parse("192.168.88.1/33"));
    assertEquals(Optional.empty(), Prefix.parse("bridge"));
  }

  @Test
  void versionsCompareByTheirLeadingNumbers() {
    RouterVersion beta = RouterVersion.parse("7.21beta2 (testing)").orElseThrow();

    assertEquals("7.14.3", RouterVersion.parse("7.14.3 (stable)").orElseThrow().toString());
    assertTrue(RouterVersion.parse("7.9.2").orElseThrow().compareTo(beta) < 0);
    assertEquals(0, RouterVersion.parse("7.21").orElseThrow().compareTo(beta));
    assertEquals(Optional.empty(), RouterVersion.parse("seven"));
  }
}
