package dev.mhs.source.routeros.map;

import dev.mhs.source.routeros.parse.Reading;
import java.util.List;

/**
 * Everything that a router knows about devices.
 *
 * @param leases {@code /ip/dhcp-server/lease}
 * @param arp {@code /ip/arp}
 * @param neighbors6 {@code /ipv6/neighbor}
 * @param hosts {@code /interface/bridge/host}
 * @param registrations the registration tables of all generations of wireless
 * @param names {@code /ip/dns/static}
 */
public record DeviceRows(
    Reading leases,
    Reading arp,
    Reading neighbors6,
    Reading hosts,
    List<Reading> registrations,
    Reading names) {
  /** Copies the list. */
  public DeviceRows {
    registrations = List.copyOf(registrations);
  }
}
