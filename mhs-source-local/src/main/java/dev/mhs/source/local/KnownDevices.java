package dev.mhs.source.local;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Sighting;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who was told last, for whoever counts: a known device without any count is at rest. Any thread.
 */
final class KnownDevices {
  private volatile Map<DeviceKey, Set<InetAddress>> devices = Map.of();

  void replace(List<Sighting> sightings) {
    Map<DeviceKey, Set<InetAddress>> now = new HashMap<>();
    sightings.forEach(each -> now.put(each.key(), Set.copyOf(each.addresses())));
    devices = Map.copyOf(now);
  }

  Set<DeviceKey> keys() {
    return devices.keySet();
  }

  /** Returns the addresses of a device; none of one that is not known. */
  Set<InetAddress> addresses(DeviceKey device) {
    return device instanceof DeviceKey.ByAddress(InetAddress address)
        ? Set.of(address)
        : devices.getOrDefault(device, Set.of());
  }
}
