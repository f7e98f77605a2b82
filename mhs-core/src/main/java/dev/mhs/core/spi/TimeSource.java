package dev.mhs.core.spi;

import dev.mhs.api.Moment;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Both clocks: the wall's for stamps, the monotonic one for durations. They are never mixed. Any
 * thread.
 *
 * @since 0.1
 */
public interface TimeSource extends InstantSource {
  /**
   * Returns the wall-clock time, which may be set back or forward at any time.
   *
   * @return now
   */
  @Override
  Instant instant();

  /**
   * Returns the monotonic clock.
   *
   * @return nanoseconds since an arbitrary start; may be negative
   */
  long nanos();

  /**
   * Returns both clocks, read together.
   *
   * @return now, on both
   */
  default Moment moment() {
    return new Moment(instant(), nanos());
  }
}
