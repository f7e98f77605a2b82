package dev.mhs.core.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributionTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void theShareIsWhatDevicesMovedOfTheLine() {
    Attribution attribution =
        Attribution.NONE.next(at(0), List.of(moved(60_000), moved(37_000)), moved(100_000));

    assertEquals(0.97, attribution.ratio());
  }

  @Test
  void theShareIsThatOfTheLastMinute() {
    Attribution attribution =
        Attribution.NONE
            .next(at(0), List.of(moved(100_000)), moved(100_000))
            .next(at(30), List.of(moved(0)), moved(100_000));
    assertEquals(0.5, attribution.ratio());

    assertEquals(0.0, attribution.next(at(60), List.of(moved(0)), moved(100_000)).ratio());
  }

  @Test
  void aQuietLineSaysNothing() {
    assertNull(Attribution.NONE.ratio());
    assertNull(Attribution.NONE.next(at(0), List.of(moved(10)), moved(1000)).ratio());
  }

  @Test
  void whatWasNotMeasuredCountsForNothing() {
    Attribution attribution =
        Attribution.NONE
            .next(at(0), List.of(), moved(100_000))
            .next(at(2), List.of(moved(100_000)), null);

    assertNull(attribution.ratio());
  }

  private static Moment at(long seconds) {
    return new Moment(START.plusSeconds(seconds), seconds * 1_000_000_000);
  }

  private static Throughput moved(long bytes) {
    return new Throughput(bytes, 0, START, Duration.ofSeconds(2));
  }
}
