package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Cost;
import dev.mhs.api.Moment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CostMeterTest {
  private static final Moment BEGIN = new Moment(Instant.EPOCH, 77);

  @Test
  void theFirstMinuteIsNotKnownBeforeItIsOver() {
    CostMeter meter = CostMeter.begun(BEGIN).next(after(59), cost(40));

    assertNull(meter.lastMinute(after(59)));
    assertEquals(cost(40), meter.lastMinute(after(60)));
  }

  @Test
  void onlyWhatFellIntoTheLastMinuteCounts() {
    CostMeter meter = CostMeter.begun(BEGIN);
    for (int second = 10; second <= 300; second += 10) {
      meter = meter.next(after(second), cost(second * 3L));
    }

    assertEquals(cost(900), meter.soFar());
    assertEquals(cost(180), meter.lastMinute(after(300)));
    assertTrue(meter.notes().size() <= 8, "notes kept: " + meter.notes().size());
  }

  @Test
  void aSourceThatIsAskedNoMoreCostsNothingAfterAMinute() {
    CostMeter meter = CostMeter.begun(BEGIN).next(after(30), cost(8)).next(after(70), cost(9));

    assertEquals(cost(1), meter.lastMinute(after(100)));
    assertEquals(cost(0), meter.lastMinute(after(131)));
    assertEquals(cost(9), meter.soFar());
  }

  @Test
  void whatWasToldEarlierButComesLaterChangesNothing() {
    CostMeter meter = CostMeter.begun(BEGIN).next(after(1), cost(12)).next(after(2), cost(11));

    assertEquals(cost(12), meter.soFar());
  }

  private static Moment after(long seconds) {
    return new Moment(Instant.EPOCH, 77 + Duration.ofSeconds(seconds).toNanos());
  }

  private static Cost cost(long requests) {
    return new Cost(requests, requests * 100, Duration.ofMillis(requests));
  }
}
