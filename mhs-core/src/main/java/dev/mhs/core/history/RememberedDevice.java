package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sourced;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a device across a restart: who it is, not whether it is there.
 *
 * @param key its identity
 * @param mac its link-layer address, or null where none is visible
 * @param addresses its IP addresses when last heard of, the one to show first
 * @param fields its describing texts, each with the source that said it
 * @param firstSeen when it was first heard of
 * @param lastSeen when it was last proven to be there, or null when it never was
 */
public record RememberedDevice(
    DeviceKey key,
    @Nullable MacAddress mac,
    List<InetAddress> addresses,
    Map<DeviceField, Sourced<String>> fields,
    Instant firstSeen,
    @Nullable Instant lastSeen) {
  /** Copies the collections and checks that nothing needed is missing. */
  public RememberedDevice {
    requireNonNull(key, "key is null");
    requireNonNull(firstSeen, "firstSeen is null");
    addresses = List.copyOf(addresses);
    fields = Map.copyOf(fields);
  }

  /**
   * Returns what is to be kept of a device.
   *
   * @param device the device
   * @return what to remember
   */
  public static RememberedDevice of(Device device) {
    Map<DeviceField, Sourced<String>> said = new EnumMap<>(DeviceField.class);
    said.putAll(device.fields());
    said.remove(DeviceField.ALIAS); // a person's word, kept in a place of its own
    return new RememberedDevice(
        device.key(),
        device.mac(),
        device.addresses(),
        said,
        device.firstSeen(),
        device.lastSeen());
  }
}
