package dev.mhs.core.history;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * How finely rows are kept. Each level is rolled up into the next coarser one: the rows that end
 * within one of its steps become one row there.
 */
public enum Level {
  /** As it was measured, from tick to tick. */
  TICK(Duration.ofSeconds(30)),
  /** Five minutes. */
  FIVE_MINUTES(Duration.ofMinutes(5)),
  /** An hour of the machine's time zone. */
  HOUR(Duration.ofHours(1)),
  /** A day of the machine's time zone, of 23 or 25 hours where the clock is changed. */
  DAY(Duration.ofDays(1));

  /** All levels, the finest first. */
  public static final List<Level> FROM_FINE_TO_COARSE = List.of(values());

  private final Duration step;

  Level(Duration step) {
    this.step = step;
  }

  /**
   * Returns how much time a row usually covers.
   *
   * @return the usual length of a step
   */
  public Duration step() {
    return step;
  }

  /**
   * Returns when the step ends that holds a time. A step holds its end, not its beginning.
   *
   * @param second seconds since 1970
   * @param zone whose hours and days are meant
   * @return seconds since 1970, not before that time
   */
  public long endOfStep(long second, ZoneId zone) {
    return switch (this) {
      case TICK, FIVE_MINUTES -> ceiling(second, step.toSeconds());
      case HOUR -> {
        long offset = zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        yield ceiling(second + offset, step.toSeconds()) - offset;
      }
      case DAY -> {
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(second - 1), zone);
        yield date.plusDays(1).atStartOfDay(zone).toEpochSecond();
      }
    };
  }

  private static long ceiling(long second, long step) {
    return -Math.floorDiv(-second, step) * step;
  }
}
