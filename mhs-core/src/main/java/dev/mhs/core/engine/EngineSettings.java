package dev.mhs.core.engine;

import static java.util.Objects.requireNonNull;

import dev.mhs.core.merge.PresenceRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;

/**
 * How the engine behaves.
 *
 * @param pushInterval how often a snapshot is published
 * @param presence when a device counts as idle or gone
 * @param zone in which times of day are told to people
 * @param storage where sources keep what must survive a restart
 */
public record EngineSettings(
    Duration pushInterval, PresenceRules presence, ZoneId zone, Path storage) {
  /** Checks that nothing is missing. */
  public EngineSettings {
    requireNonNull(presence, "presence is null");
    requireNonNull(zone, "zone is null");
    requireNonNull(storage, "storage is null");
    if (!pushInterval.isPositive()) {
      throw new IllegalArgumentException("the push interval must be longer than zero");
    }
  }
}
