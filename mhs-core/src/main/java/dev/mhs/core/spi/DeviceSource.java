package dev.mhs.core.spi;

import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import java.util.List;

/**
 * Tells who is on the network.
 *
 * @since 0.1
 */
public interface DeviceSource {
  /**
   * Returns everything that the source knows about devices at the moment, those that are gone for a
   * while included as long as it remembers them. Each device stands in the list once; two sightings
   * with the same MAC address are joined by the core.
   *
   * @return the sightings, a failure, or that it can never tell
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  Poll<List<Sighting>> devices() throws InterruptedException;

  /**
   * Tells whether the source knows only where devices hang, as a switch does that sees frames but
   * no addresses. Such a source fills in ports, and what it says of a port beats others, but it is
   * never the one that says who is there. Asked once, after opening.
   *
   * @return whether it knows places only; by default it does not
   */
  default boolean knowsPlacesOnly() {
    return false;
  }

  /**
   * Asks that the source look at the network anew at its next opportunity, because a person wants
   * to know now. Returns at once; any thread. Sources that always tell the newest state ignore it.
   *
   * <p>For ten seconds from then on, and from the start, whoever is named for the first time is
   * shown at once: while a source is finding somebody it does well to be asked often.
   */
  default void rescan() {}

  /**
   * Returns how often to ask.
   *
   * @return the cadence; may change between calls
   */
  default Cadence cadence() {
    return Cadence.DEFAULT;
  }
}
