package dev.mhs.source.routeros.map;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which device has which address. Connections outlive the neighbor entries that named
 * their device, so an address is remembered for an hour after it was last heard of. Any thread; who
 * learns waits for another that does.
 */
public final class AddressBook {
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final Map<InetAddress, Entry> entries = new ConcurrentHashMap<>();

  /** Proven is that somebody has it now; else it was merely not disproved. */
  private record Entry(MacAddress mac, Moment at, boolean proven) {}

  private volatile @Nullable Moment latest;

  /**
   * Learns from what the router says now. The neighbor tables are believed more than leases: they
   * tell who answers.
   *
   * @param leases {@code /ip/dhcp-server/lease}
   * @param neighbors {@code /ip/arp} and {@code /ipv6/neighbor}
   * @param line the household's line, whose neighbors are no devices of it
   * @param now when they were read
   */
  public synchronized void learn(List<Row> leases, List<Row> neighbors, Wan line, Moment now) {
    for (Row row : leases) {
      Lease.of(row)
          .filter(Lease::isBound)
          .ifPresent(
              lease -> lease.address().ifPresent(address -> put(address, lease.mac(), now, true)));
    }
    for (Row row : neighbors) {
      Neighbor.of(row, line)
          .filter(neighbor -> !neighbor.isGivenUp())
          .ifPresent(
              neighbor ->
                  Optional.ofNullable(neighbor.mac())
                      .ifPresent(mac -> put(neighbor.address(), mac, now, neighbor.isAlive())));
    }
    latest = now;
    entries.values().removeIf(entry -> now.since(entry.at).compareTo(REMEMBERED) > 0);
  }

  /**
   * Returns who has an address.
   *
   * @param address the address
   * @return by MAC where it is known, else by the address itself
   */
  public DeviceKey owner(InetAddress address) {
    Entry entry = entries.get(address);
    return entry == null ? new DeviceKey.ByAddress(address) : new DeviceKey.ByMac(entry.mac);
  }

  /**
   * Returns which addresses a device has.
   *
   * @param mac the device
   * @return its addresses, in no order
   */
  public Set<InetAddress> addresses(MacAddress mac) {
    Set<InetAddress> addresses = new HashSet<>();
    entries.forEach(
        (address, entry) -> {
          if (entry.mac.equals(mac)) {
            addresses.add(address);
          }
        });
    return addresses;
  }

  /**
   * Returns which addresses the router says now that a device has.
   *
   * @param mac the device
   * @param proven whether only those that somebody answers for, or that are promised to it
   * @return its addresses, in no order
   */
  public Set<InetAddress> addressesNow(MacAddress mac, boolean proven) {
    Set<InetAddress> addresses = new HashSet<>();
    Moment now = latest;
    entries.forEach(
        (address, entry) -> {
          boolean isNow = entry.at.equals(now) && (entry.proven || !proven);
          if (isNow && entry.mac.equals(mac)) {
            addresses.add(address);
          }
        });
    return addresses;
  }

  /**
   * Returns every device that is remembered.
   *
   * @return their keys
   */
  public Set<DeviceKey> devices() {
    Set<DeviceKey> devices = new HashSet<>();
    entries.values().forEach(entry -> devices.add(new DeviceKey.ByMac(entry.mac)));
    return devices;
  }

  private void put(InetAddress address, MacAddress mac, Moment now, boolean proven) {
    Entry before = entries.get(address);
    boolean wasProven =
        before != null && before.proven && before.at.equals(now) && before.mac.equals(mac);
    entries.put(address, new Entry(mac, now, proven || wasProven));
  }
}
