package dev.mhs.source.local.sweep;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when to ask whom, from the times at which devices are asked for: somebody looks at the
 * page when that happens often. For one thread; reads no clock.
 */
public final class SweepSchedule {
  /** What is to be done. */
  public enum Due {
    /** Nothing. */
    NOTHING,
    /** The neighbors that were seen before are to be looked after: their proof must stay fresh. */
    NEIGHBORS,
    /** They and all other addresses are to be asked. */
    EVERYBODY
  }

  private static final Duration WATCHED_PACE = Duration.ofSeconds(10);
  private static final Duration WHILE_WATCHED = Duration.ofSeconds(60);
  private static final long SHORT = 1024; // the sweep ends within 16 s
  private static final Duration OTHERWISE = Duration.ofMinutes(5);

  /**
   * An entry stays reachable for up to 45 s and is asked 5 s after a probe, so that with this pause
   * and that between two questions a proof is never older than 80 s.
   */
  private static final Duration NEIGHBORS_AGAIN = Duration.ofSeconds(15);

  private @Nullable Long askedAt;
  private @Nullable Long everybodyAt;
  private @Nullable Long neighborsAt;

  /**
   * Decides what is due now, and takes it as done.
   *
   * @param nanos the monotonic clock now, when devices are asked for
   * @param wanted whether a person wants to know anew
   * @param addresses how many addresses a sweep has; a long one is not begun again every minute
   * @return what is due
   */
  public Due next(long nanos, boolean wanted, long addresses) {
    boolean watched = askedAt != null && nanos - askedAt <= WATCHED_PACE.toNanos();
    Duration sweepEvery = watched && addresses <= SHORT ? WHILE_WATCHED : OTHERWISE;
    askedAt = nanos;
    if (wanted || isOver(everybodyAt, sweepEvery, nanos)) {
      everybodyAt = nanos;
      neighborsAt = nanos;
      return Due.EVERYBODY;
    }
    if (isOver(neighborsAt, NEIGHBORS_AGAIN, nanos)) {
      neighborsAt = nanos;
      return Due.NEIGHBORS;
    }
    return Due.NOTHING;
  }

  private static boolean isOver(@Nullable Long since, Duration time, long nanos) {
    return since == null || nanos - since >= time.toNanos();
  }
}
