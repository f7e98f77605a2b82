package dev.mhs.core.spi;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Poll;

/**
 * Tells who moved how many bytes.
 *
 * @since 0.1
 */
public interface BandwidthSource {
  /**
   * Reads the counters of the devices, the household's line and the router itself at one instant.
   * The source reports what it measured; the core divides by time, and takes care of resets, wraps
   * and gaps.
   *
   * @return the reading, a failure, or that it can never tell
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  Poll<BandwidthReading> bandwidth() throws InterruptedException;

  /**
   * Returns how often to ask.
   *
   * @return the cadence; may change between calls, for instance when polls become slow
   */
  default Cadence cadence() {
    return Cadence.DEFAULT;
  }
}
