package dev.mhs.core.merge;

import dev.mhs.api.Presence;
import java.time.Duration;

/**
 * When a device that was not proven to be there for some time counts as idle, and when as gone.
 *
 * @param onlineFor how long after its last proof a device counts as online
 * @param offlineAfter after how long without proof it counts as gone, unless something hints that
 *     it sleeps
 */
public record PresenceRules(Duration onlineFor, Duration offlineAfter) {
  /** Online for 90 s after a proof, offline after 3 min without any. */
  public static final PresenceRules DEFAULT =
      new PresenceRules(Duration.ofSeconds(90), Duration.ofMinutes(3));

  /** A lease or a stale neighbor entry makes a silent device idle for so many times longer. */
  private static final int HINT_FACTOR = 10;

  /** Checks that a device is online for some time, and not longer than it is there at all. */
  public PresenceRules {
    if (!onlineFor.isPositive() || offlineAfter.compareTo(onlineFor) < 0) {
      throw new IllegalArgumentException(
          "a device must be online for longer than zero, and no longer than until it is offline");
    }
  }

  /**
   * Concludes the presence of a device at which somebody could look.
   *
   * @param unproven for how long it was not proven, while somebody looked
   * @param hinted whether something hints that it is still there, and nothing denies it
   */
  Presence conclude(Duration unproven, boolean hinted) {
    if (unproven.compareTo(onlineFor) < 0) {
      return Presence.ONLINE;
    }
    Duration patience = hinted ? offlineAfter.multipliedBy(HINT_FACTOR) : offlineAfter;
    return unproven.compareTo(patience) < 0 ? Presence.IDLE : Presence.OFFLINE;
  }
}
