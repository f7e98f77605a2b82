package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a device looked at one moment, so that people recognise it later.
 *
 * @param key its identity
 * @param alias the name that a person gave it, or null
 * @param hostname the name by which the network knew it, or null
 * @param vendor its maker, or null
 * @param address the address under which it was shown, or null
 */
public record Portrait(
    DeviceKey key,
    @Nullable String alias,
    @Nullable String hostname,
    @Nullable String vendor,
    @Nullable InetAddress address) {
  /** Checks that it is of some device. */
  public Portrait {
    requireNonNull(key, "key is null");
  }

  /**
   * Returns the portrait of a device.
   *
   * @param device the device as it is now
   * @return the portrait
   */
  public static Portrait of(Device device) {
    return new Portrait(
        device.key(),
        device.text(DeviceField.ALIAS),
        device.text(DeviceField.HOSTNAME),
        device.text(DeviceField.VENDOR),
        device.address());
  }

  /**
   * Returns the link-layer address.
   *
   * @return the address, or null where none is visible
   */
  public @Nullable MacAddress mac() {
    return key instanceof DeviceKey.ByMac(MacAddress mac) ? mac : null;
  }

  /**
   * Returns what people call it.
   *
   * @return the alias, else the host name, else the address, else the MAC address
   */
  public String name() {
    if (alias != null) {
      return alias;
    }
    if (hostname != null) {
      return hostname;
    }
    return address == null ? key.toString() : IpLiteral.text(address);
  }
}
