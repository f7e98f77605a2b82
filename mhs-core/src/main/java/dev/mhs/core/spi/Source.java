package dev.mhs.core.spi;

import dev.mhs.api.Cost;
import dev.mhs.api.Finding;
import java.util.List;
import java.util.Optional;

/**
 * One session to one box, with up to four capabilities. A capability that is empty is not offered;
 * one that is offered may still turn out {@link dev.mhs.api.Poll.Unsupported}.
 *
 * <p>Each capability method is called once after opening, and must return quickly.
 *
 * @since 0.1
 */
public interface Source extends AutoCloseable {
  /**
   * Returns who can be asked for devices.
   *
   * @return the capability, or empty when it is not offered
   */
  default Optional<DeviceSource> devices() {
    return Optional.empty();
  }

  /**
   * Returns who can be asked for traffic.
   *
   * @return the capability, or empty when it is not offered
   */
  default Optional<BandwidthSource> bandwidth() {
    return Optional.empty();
  }

  /**
   * Returns who can be asked for ports.
   *
   * @return the capability, or empty when it is not offered
   */
  default Optional<PortSource> ports() {
    return Optional.empty();
  }

  /**
   * Returns who can slow a device down.
   *
   * @return the capability, or empty when it is not offered
   */
  default Optional<LimitController> limits() {
    return Optional.empty();
  }

  /**
   * Returns what the source has found out about its own abilities, with the command that mends what
   * is lacking. Called at each push: it returns what is known already, and does no I/O. Any thread.
   *
   * @return the findings; empty when there is nothing to say
   */
  default List<Finding> findings() {
    return List.of();
  }

  /**
   * Returns what asking the box has cost it since the source was opened. Called at each push: no
   * I/O. Any thread.
   *
   * @return the cost; {@link Cost#NONE} when nobody else is asked
   */
  default Cost cost() {
    return Cost.NONE;
  }

  /**
   * Ends the session and lets go of threads, sockets and files. Called once the capabilities are no
   * longer called, or when a call does not return; a second call does nothing. Returns within a
   * second.
   */
  @Override
  void close();
}
