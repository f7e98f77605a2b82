package dev.mhs.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BitRateTest {
  @Test
  void aByteIsEightBits() {
    assertEquals(new BitRate(8), BitRate.of(1, Duration.ofSeconds(1)));
    assertEquals(new BitRate(1_000_000), BitRate.of(250_000, Duration.ofSeconds(2)));
    assertEquals(125_000, BitRate.ofMegabits(1).bytesIn(Duration.ofSeconds(1)));
  }

  @Test
  void terabytesOverAYearDoNotOverflow() {
    double expected = 8.0 * 1e18 / (365 * 86400);

    long rate = BitRate.of(1_000_000_000_000_000_000L, Duration.ofDays(365)).bitsPerSecond();

    assertEquals(1.0, rate / expected, 1e-9);
  }

  @Test
  void thereIsNoRateWithoutTimeAndNoneBelowZero() {
    assertThrows(IllegalArgumentException.class, () -> BitRate.of(1, Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> BitRate.of(-1, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> new BitRate(-1));
  }

  @Test
  void megabitsAreDecimal() {
    assertEquals(new BitRate(2_500_000), BitRate.ofMegabits(2.5));
    assertEquals(30.0, new BitRate(30_000_000).megabits());
  }
}
