package dev.mhs.source.local.sweep;

import static dev.mhs.source.local.sweep.SweepSchedule.Due.EVERYBODY;
import static dev.mhs.source.local.sweep.SweepSchedule.Due.NEIGHBORS;
import static dev.mhs.source.local.sweep.SweepSchedule.Due.NOTHING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  private final SweepSchedule schedule = new SweepSchedule();

  /** The seconds at which everybody is asked, when devices are asked for at a steady pace. */
  private List<Integer> sweeps(int pace, int until, int addresses) {
    List<Integer> at = new ArrayList<>();
    for (int second = 0; second <= until; second += pace) {
      if (schedule.next(second * SECOND, false, addresses) == EVERYBODY) {
        at.add(second);
      }
    }
    return at;
  }

  @Test
  void whileWatchedEverybodyIsAskedEveryMinute() {
    assertEquals(List.of(0, 60, 120, 180), sweeps(5, 200, 254));
  }

  @Test
  void whileNobodyLooksEverybodyIsAskedEveryFiveMinutes() {
    assertEquals(List.of(0, 300, 600), sweeps(15, 700, 254));
  }

  @Test
  void aLongSweepIsNotBegunAgainEveryMinute() {
    assertEquals(List.of(0, 300, 600), sweeps(5, 700, 4094));
  }

  @Test
  void neighborsAreLookedAfterInBetween() {
    schedule.next(0, false, 254);

    assertEquals(NOTHING, schedule.next(5 * SECOND, false, 254));
    assertEquals(NOTHING, schedule.next(10 * SECOND, false, 254));
    assertEquals(NEIGHBORS, schedule.next(15 * SECOND, false, 254));
    assertEquals(NOTHING, schedule.next(20 * SECOND, false, 254));
  }

  @Test
  void whoWantsToKnowIsNotKeptWaiting() {
    schedule.next(0, false, 254);

    assertEquals(EVERYBODY, schedule.next(5 * SECOND, true, 254));
    assertEquals(NOTHING, schedule.next(10 * SECOND, false, 254));
  }

  @Test
  void theClockMayStartBelowZero() {
    assertEquals(EVERYBODY, schedule.next(-400 * SECOND, false, 254));
    assertEquals(NOTHING, schedule.next(-395 * SECOND, false, 254));
  }
}
