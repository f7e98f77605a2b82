package dev.mhs.core.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateMeterTest {
  private static final BitRate GIGABIT = BitRate.ofMegabits(1000);
  private static final BitRate UNKNOWN = BitRate.ofMegabits(100_000);
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final long TOP = 1L << 32;

  private RateMeter<String> meter = RateMeter.fresh();

  @Test
  void theFirstReadingYieldsNoRate() {
    read(0, totals(1_000_000_000, 5, CounterWidth.BITS_64, 0));

    assertNothing();
  }

  @Test
  void twoReadingsYieldTheDifferenceOverTheMeasuredTime() {
    read(0, totals(1000, 100, CounterWidth.BITS_64, 0));
    read(2500, totals(3500, 350, CounterWidth.BITS_64, 0));

    Throughput moved = moved();
    assertEquals(2500, moved.downloadBytes());
    assertEquals(250, moved.uploadBytes());
    assertEquals(Duration.ofMillis(2500), moved.over());
    assertEquals(new BitRate(8000), moved.download());
  }

  @Test
  void nothingMovedIsAMeasuredZero() {
    read(0, totals(7, 7, CounterWidth.BITS_64, 0));
    read(2000, totals(7, 7, CounterWidth.BITS_64, 0));

    assertEquals(BitRate.ZERO, moved().download());
  }

  @Test
  void aCounterResetYieldsNoRate() {
    read(0, totals(5_000_000, 5_000_000, CounterWidth.BITS_64, 0));
    read(2000, totals(1000, 1000, CounterWidth.BITS_64, 0));
    assertNothing();

    read(4000, totals(3000, 3000, CounterWidth.BITS_64, 0));
    assertEquals(2000, moved().downloadBytes());
  }

  @Test
  void aResetOfOneDirectionAloneYieldsNoRate() {
    read(0, totals(5000, 5000, CounterWidth.BITS_64, 0));
    read(2000, totals(6000, 10, CounterWidth.BITS_64, 0));

    assertNothing();
  }

  @Test
  void aRebootThatIsOvertakenYieldsNoRate() {
    read(0, totals(5000, 5000, CounterWidth.BITS_64, 1));
    read(2000, totals(9_000_000, 9_000_000, CounterWidth.BITS_64, 2));

    assertNothing();
  }

  @Test
  void aCounterThatChangesItsWidthYieldsNoRate() {
    read(0, totals(5000, 5000, CounterWidth.BITS_32, 0));
    read(2000, totals(6000, 6000, CounterWidth.BITS_64, 0));

    assertNothing();
  }

  @Test
  void aPlausible32BitWrapConservesTheBytes() {
    read(0, totals(TOP - 1000, 0, CounterWidth.BITS_32, 0));
    read(2000, totals(500, 0, CounterWidth.BITS_32, 0));

    assertEquals(1500, moved().downloadBytes());
  }

  @Test
  void a32BitResetIsNoWrap() {
    read(0, totals(TOP / 2, 0, CounterWidth.BITS_32, 0));
    read(2000, totals(500, 0, CounterWidth.BITS_32, 0));

    assertNothing();
  }

  @Test
  void a64BitCounterNeverWraps() {
    read(0, totals(TOP - 1000, 0, CounterWidth.BITS_64, 0));
    read(2000, totals(500, 0, CounterWidth.BITS_64, 0));

    assertNothing();
  }

  @Test
  void aDuplicateReadingChangesNothing() {
    read(0, totals(0, 0, CounterWidth.BITS_64, 0));
    read(2000, totals(4000, 0, CounterWidth.BITS_64, 0));
    RateMeter<String> before = meter;

    read(2000, totals(4000, 0, CounterWidth.BITS_64, 0));
    assertSame(before, meter);
    read(2050, totals(9_000_000, 0, CounterWidth.BITS_64, 0));
    assertSame(before, meter);
    read(1000, totals(1, 0, CounterWidth.BITS_64, 0));
    assertSame(before, meter);
  }

  @Test
  void aMissedReadingConservesTheBytes() {
    read(0, totals(0, 0, CounterWidth.BITS_64, 0));
    meter = meter.next(moment(2000), Map.of(), key -> GIGABIT);
    assertNothing();

    read(4000, totals(4000, 0, CounterWidth.BITS_64, 0));

    assertEquals(4000, moved().downloadBytes());
    assertEquals(Duration.ofSeconds(4), moved().over());
  }

  @Test
  void aCounterThatWasNotReadForLongIsForgotten() {
    read(0, totals(0, 0, CounterWidth.BITS_64, 0));
    meter = meter.next(moment(1_700_000), Map.of(), key -> GIGABIT);
    read(1_801_000, totals(9000, 0, CounterWidth.BITS_64, 0));

    assertNothing();
  }

  @Test
  void moreThanTheLinkCanCarryIsDroppedAndCounted() {
    read(0, totals(0, 0, CounterWidth.BITS_64, 0));
    read(2000, totals(1_000_000_000, 0, CounterWidth.BITS_64, 0));
    assertNothing();
    assertEquals(1, meter.implausible());

    read(4000, totals(1_000_000_500, 0, CounterWidth.BITS_64, 0));
    assertEquals(500, moved().downloadBytes());
  }

  @Test
  void aDeltaIsTakenAsItIs() {
    read(0, new Usage.Delta(5000, 500, Duration.ofSeconds(2)));

    assertEquals(new Throughput(5000, 500, START, Duration.ofSeconds(2)), moved());
  }

  @Test
  void ratesThatWereToldHoldSinceTheLastReading() {
    read(0, new Usage.Rates(new BitRate(8000), new BitRate(800)));
    assertNothing();

    read(2000, new Usage.Rates(new BitRate(8000), new BitRate(800)));
    assertEquals(2000, moved().downloadBytes());
  }

  @Test
  void settingTheWallClockChangesNoRate() {
    meter =
        meter.next(moment(0), Map.of("a", totals(0, 0, CounterWidth.BITS_64, 0)), key -> GIGABIT);
    Moment later = new Moment(START.minusSeconds(3600), 2_000_000_000L);
    meter =
        meter.next(later, Map.of("a", totals(4000, 0, CounterWidth.BITS_64, 0)), key -> GIGABIT);

    assertEquals(new BitRate(16_000), moved().download());
  }

  @Test
  void a32BitResetInALongGapIsNoWrap() {
    read(0, totals(TOP / 2, 0, CounterWidth.BITS_32, 0));
    read(60_000, totals(500, 0, CounterWidth.BITS_32, 0));

    assertNothing();
  }

  @Test
  void a32BitResetIsNoWrapWhereTheLinkSpeedIsUnknown() {
    read(0, totals(TOP / 2, 0, CounterWidth.BITS_32, 0), UNKNOWN);
    read(2000, totals(500, 0, CounterWidth.BITS_32, 0), UNKNOWN);

    assertNothing();
  }

  @Test
  void a32BitWrapIsSeenWhereTheLinkSpeedIsUnknown() {
    read(0, totals(TOP - 1000, 0, CounterWidth.BITS_32, 0), UNKNOWN);
    read(2000, totals(500, 0, CounterWidth.BITS_32, 0), UNKNOWN);

    assertEquals(1500, moved().downloadBytes());
  }

  @Test
  void aDeltaOverYearsIsImplausible() {
    read(0, new Usage.Delta(Long.MAX_VALUE / 2, 0, Duration.ofDays(7000)), UNKNOWN);

    assertNothing();
    assertEquals(1, meter.implausible());
  }

  @Test
  void ratesThatWereToldAreNotStretchedOverAGap() {
    read(0, new Usage.Rates(new BitRate(8000), BitRate.ZERO));
    read(1_200_000, new Usage.Rates(new BitRate(8000), BitRate.ZERO));
    assertNothing();

    read(1_202_000, new Usage.Rates(new BitRate(8000), BitRate.ZERO));
    assertEquals(2000, moved().downloadBytes());
  }

  private static Usage.Totals totals(long down, long up, CounterWidth width, long epoch) {
    return new Usage.Totals(down, up, width, epoch);
  }

  private static Moment moment(long millis) {
    return new Moment(START.plusMillis(millis), millis * 1_000_000);
  }

  private void read(long millis, Usage usage) {
    read(millis, usage, GIGABIT);
  }

  private void read(long millis, Usage usage, BitRate fastest) {
    meter = meter.next(moment(millis), Map.of("a", usage), key -> fastest);
  }

  private Throughput moved() {
    Throughput moved = meter.throughput().get("a");
    assertNotNull(moved);
    return moved;
  }

  private void assertNothing() {
    assertTrue(meter.throughput().isEmpty(), () -> "moved " + meter.throughput());
  }
}
