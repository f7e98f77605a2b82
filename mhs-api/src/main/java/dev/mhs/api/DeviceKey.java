package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What identifies a device: its MAC address, or its IP address where no MAC is visible. It holds
 * nothing that changes under the same device.
 *
 * @since 0.1
 */
public sealed interface DeviceKey {
  /**
   * A device known by its link-layer address.
   *
   * @param mac the address
   */
  record ByMac(MacAddress mac) implements DeviceKey {
    /** Checks that there is an address. */
    public ByMac {
      requireNonNull(mac, "mac is null");
    }

    @Override
    public String toString() {
      return mac.toString();
    }
  }

  /**
   * A device of which only an IP address is visible.
   *
   * @param address the address
   */
  record ByAddress(InetAddress address) implements DeviceKey {
    /** Checks that there is an address. */
    public ByAddress {
      requireNonNull(address, "address is null");
    }

    @Override
    public String toString() {
      return IpLiteral.text(address);
    }
  }

  /**
   * Returns the key that a text spells, as paths of the REST API do.
   *
   * @param text a MAC address in any usual spelling, or an IP address
   * @return the key, or empty when the text is neither
   */
  static Optional<DeviceKey> parse(String text) {
    Optional<DeviceKey> byMac = MacAddress.parse(text).map(ByMac::new);
    return byMac.isPresent() ? byMac : IpLiteral.parse(text).map(ByAddress::new);
  }
}
