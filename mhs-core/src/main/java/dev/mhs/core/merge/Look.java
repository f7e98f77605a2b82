package dev.mhs.core.merge;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances under which everything that is said is looked at once.
 *
 * @param now the wall-clock time
 * @param elapsed the measured time since the last look
 * @param basis whose report says which devices there are, or null when nobody ever answered
 * @param looking who looks at the network now and would see a device; null when nobody does, so
 *     that the clocks which turn a device offline stand still
 * @param traffic when bytes that a device sent were last counted
 * @param rules what is concluded from it
 */
public record Look(
    Instant now,
    Duration elapsed,
    @Nullable SourceId basis,
    @Nullable SourceId looking,
    Map<DeviceKey, Instant> traffic,
    PresenceRules rules) {
  /** Copies the map. */
  public Look {
    traffic = Map.copyOf(traffic);
  }
}
