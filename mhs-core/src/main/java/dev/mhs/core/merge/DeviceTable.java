package dev.mhs.core.merge;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Presence;
import dev.mhs.api.Sourced;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All devices that are known, those included that nobody sees now. A value: {@link #next} makes the
 * next one from everything that the sources said last; a source that fails empties nothing.
 */
public final class DeviceTable {
  /** No devices. */
  public static final DeviceTable EMPTY = new DeviceTable(Map.of());

  /**
   * So many devices are remembered at most; a flood of made-up addresses cannot grow without end.
   */
  static final int MOST = 4096;

  /** A device that was gone for so long is forgotten. */
  static final Duration FORGOTTEN_AFTER = Duration.ofDays(90);

  /** Those who are made up are not known for long, however many and however new they are. */
  private static final Comparator<Known> LEAST_MISSED_FIRST =
      Comparator.comparing(DeviceTable::knownFor)
          .thenComparing(one -> one.presence() == Presence.ONLINE)
          .thenComparing(one -> Objects.requireNonNullElse(one.lastSeen(), Instant.MIN));

  private final Map<DeviceKey, Known> known;
  private final Map<InetAddress, DeviceKey> byAddress;

  /** Takes the map over. */
  private DeviceTable(Map<DeviceKey, Known> known) {
    this.known = known;
    this.byAddress = new HashMap<>();
    known.forEach(
        (key, one) -> one.claim().addresses().forEach(address -> byAddress.put(address, key)));
  }

  /**
   * Returns a table of what an earlier run remembered.
   *
   * @param remembered the devices; nobody has looked for them yet
   * @param now the wall-clock time
   */
  public static DeviceTable of(Collection<Device> remembered, Instant now) {
    Map<DeviceKey, Known> known = new HashMap<>();
    remembered.forEach(device -> known.put(device.key(), Known.remembered(device, now)));
    return new DeviceTable(known);
  }

  /**
   * Returns the table after one more look.
   *
   * @param reports what each source said last, in any order
   * @param look the circumstances
   */
  public DeviceTable next(Collection<Report> reports, Look look) {
    Map<DeviceKey, Claim> claims = Merge.merge(reports, look.basis(), look.now());
    Map<DeviceKey, Known> next = new HashMap<>();
    known.forEach((key, one) -> next.put(key, one.next(claims.get(key), look)));
    claims.forEach(
        (key, claim) -> {
          if (!next.containsKey(key)) {
            next.put(key, Known.fresh(key, look).next(claim, look));
          }
        });
    settleAddresses(next, claims);
    next.values().removeIf(one -> isForgotten(one, look.now()));
    dropSurplus(next);
    return new DeviceTable(next);
  }

  /**
   * Tells whether another table shows somebody whom this one does not show: a device that is new,
   * or that has come online.
   *
   * @param later what is known by now
   */
  public boolean lacks(DeviceTable later) {
    return later.known.entrySet().stream()
        .anyMatch(
            entry -> {
              Known here = known.get(entry.getKey());
              boolean isOnline = entry.getValue().presence() == Presence.ONLINE;
              return here == null || (isOnline && here.presence() != Presence.ONLINE);
            });
  }

  /** An address belongs to whom it is claimed for now; a device known by it alone was that one. */
  private static void settleAddresses(Map<DeviceKey, Known> next, Map<DeviceKey, Claim> claims) {
    Set<InetAddress> taken = new HashSet<>();
    claims.forEach(
        (key, claim) -> {
          taken.addAll(claim.addresses());
          if (claim.mac() != null) {
            for (InetAddress address : claim.addresses()) {
              Known alone = next.remove(new DeviceKey.ByAddress(address));
              if (alone != null) {
                next.computeIfPresent(key, (same, one) -> one.absorbing(alone));
              }
            }
          }
        });
    next.replaceAll(
        (key, one) ->
            claims.containsKey(key) || disjoint(one.claim().addresses(), taken)
                ? one
                : one.without(taken));
  }

  private static boolean disjoint(List<InetAddress> addresses, Set<InetAddress> taken) {
    return addresses.stream().noneMatch(taken::contains);
  }

  private static boolean isForgotten(Known one, Instant now) {
    Instant seen = one.lastSeen() == null ? one.firstSeen() : one.lastSeen();
    return one.claim().evidence().isEmpty()
        && one.presence() != Presence.ONLINE
        && seen.isBefore(now.minus(FORGOTTEN_AFTER));
  }

  private static void dropSurplus(Map<DeviceKey, Known> next) {
    if (next.size() <= MOST) {
      return;
    }
    List<DeviceKey> leastMissed =
        next.entrySet().stream()
            .sorted(
                Map.Entry.<DeviceKey, Known>comparingByValue(LEAST_MISSED_FIRST)
                    .thenComparing(entry -> entry.getKey().toString()))
            .limit(next.size() - MOST)
            .map(Map.Entry::getKey)
            .toList();
    leastMissed.forEach(next::remove);
  }

  private static Duration knownFor(Known one) {
    Instant seen = one.lastSeen();
    return seen == null || seen.isBefore(one.firstSeen())
        ? Duration.ZERO
        : Duration.between(one.firstSeen(), seen);
  }

  /**
   * Returns the identity behind a key: a device that is named by one of its addresses is found too.
   *
   * @param key a MAC or an IP address
   * @return the key of the device in this table, or null when there is none
   */
  public @Nullable DeviceKey resolve(DeviceKey key) {
    if (known.containsKey(key)) {
      return key;
    }
    return key instanceof DeviceKey.ByAddress(InetAddress address) ? byAddress.get(address) : null;
  }

  /** Returns all devices in the order of their addresses. */
  public List<Device> devices() {
    return known.values().stream()
        .sorted(
            Comparator.<Known, List<InetAddress>>comparing(
                    one -> one.claim().addresses(), Merge::compareForPeople)
                .thenComparing(one -> one.claim().key().toString()))
        .map(DeviceTable::device)
        .toList();
  }

  private static Device device(Known one) {
    Claim claim = one.claim();
    MacAddress mac = claim.mac();
    Map<DeviceField, Sourced<String>> fields = claim.fields();
    return new Device(
        claim.key(),
        mac,
        claim.addresses(),
        fields,
        one.presence(),
        one.firstSeen(),
        one.lastSeen(),
        claim.evidence());
  }
}
