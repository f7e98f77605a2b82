package dev.mhs.source.local;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Sighting;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who was told last, for whoever counts: a known device without any count is at rest. Any thread.
 */
final class KnownDevices {
  private volatile Set<DeviceKey> keys = Set.of();

  void replace(List<Sighting> sightings) {
    keys = sightings.stream().map(Sighting::key).collect(Collectors.toUnmodifiableSet());
  }

  Set<DeviceKey> keys() {
    return keys;
  }
}
