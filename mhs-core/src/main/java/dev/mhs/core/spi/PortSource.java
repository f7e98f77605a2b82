package dev.mhs.core.spi;

import dev.mhs.api.Box;
import dev.mhs.api.Poll;
import java.util.List;

/**
 * Tells what the sockets of a box do.
 *
 * @since 0.1
 */
public interface PortSource {
  /**
   * Reads the ports of every box behind this source.
   *
   * @return the boxes, mostly one; a failure, or that it can never tell
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  Poll<List<Box>> ports() throws InterruptedException;

  /**
   * Returns how often to ask.
   *
   * @return the cadence; may change between calls
   */
  default Cadence cadence() {
    return Cadence.DEFAULT;
  }
}
