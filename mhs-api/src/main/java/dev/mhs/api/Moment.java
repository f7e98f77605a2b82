package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * One point in time on both clocks: the wall's for stamps, the monotonic one for durations.
 *
 * <p>Elapsed time is always the difference of {@code nanos}; a clock that is set back or forward
 * changes no rate.
 *
 * @param at the wall-clock time
 * @param nanos the monotonic clock in nanoseconds since an arbitrary start; may be negative
 * @since 0.1
 */
public record Moment(Instant at, long nanos) {
  /** Checks that the wall-clock time is there. */
  public Moment {
    requireNonNull(at, "at is null");
  }

  /**
   * Returns the measured time since an earlier moment.
   *
   * @param earlier the earlier moment, of the same process
   * @return the elapsed time; negative when the other one is later
   */
  public Duration since(Moment earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }
}
