package dev.mhs.source.local;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Weight;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.source.local.NeighborMemory.Spot;
import dev.mhs.source.local.read.OwnAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Joins what is known by MAC address into sightings. Pure. */
final class DeviceJoin {
  /** A router that answers for a whole network (proxy ARP) has no end of addresses. */
  private static final int MOST_ADDRESSES = 64;

  /** A device that answered under one address lately did not leave with another one. */
  private static final Duration OUTWEIGHED = Duration.ofSeconds(60);

  /**
   * What is to be joined.
   *
   * @param observations what the neighbor cache says
   * @param own this machine's addresses on the watched interfaces
   * @param ownMacs the MAC addresses of those interfaces, by name
   * @param hostName this machine's name, or null when it has none
   * @param gateways the routers of the default routes
   * @param at when all of this was read
   */
  record Picture(
      List<Observation> observations,
      List<OwnAddress> own,
      Map<String, MacAddress> ownMacs,
      @Nullable String hostName,
      Set<InetAddress> gateways,
      Instant at) {}

  private final Picture picture;
  private final Descriptions descriptions;
  private final Map<MacAddress, DeviceGroup> groups = new TreeMap<>();
  private final List<Sighting> sightings = new ArrayList<>();

  private DeviceJoin(Picture picture, Descriptions descriptions) {
    this.picture = picture;
    this.descriptions = descriptions;
  }

  /**
   * Joins.
   *
   * @param picture what is known
   * @param descriptions tells names and makers
   * @return a sighting for each device, each once
   */
  static List<Sighting> join(Picture picture, Descriptions descriptions) {
    DeviceJoin join = new DeviceJoin(picture, descriptions);
    join.addNeighbors();
    join.addSelf();
    join.groups.forEach(join::tell);
    join.addSelfWithoutMac();
    join.addUnseenGateways();
    join.addThoseWithoutMac();
    return List.copyOf(join.sightings);
  }

  private void addNeighbors() {
    Map<Spot, MacAddress> owners = owners();
    for (Observation each : picture.observations()) {
      MacAddress owner = owners.get(spot(each));
      MacAddress mac = each.mac() == null ? owner : each.mac();
      if (mac != null && mac.isDevice() && isHost(each.address())) {
        DeviceGroup group = groups.computeIfAbsent(mac, unknown -> new DeviceGroup());
        if (mac.equals(owner)) {
          group.add(each);
        } else {
          group.add(each.interfaceName(), proofs(each.evidence())); // it was there, then
        }
      }
    }
  }

  /** An address that went from one device to another belongs to who was proven to have it last. */
  private Map<Spot, MacAddress> owners() {
    Map<Spot, Observation> last = new HashMap<>();
    for (Observation each : picture.observations()) {
      if (each.mac() != null) {
        last.merge(
            spot(each),
            each,
            BinaryOperator.maxBy(
                Comparator.comparing((Observation one) -> one.newest(Weight.PROOF))
                    .thenComparing(one -> one.newest(Weight.HINT))
                    .thenComparing(one -> requireNonNull(one.mac()))));
      }
    }
    Map<Spot, MacAddress> owners = new HashMap<>();
    last.forEach((spot, one) -> owners.put(spot, requireNonNull(one.mac())));
    return owners;
  }

  private static Spot spot(Observation one) {
    return new Spot(one.interfaceName(), one.address());
  }

  private static List<Evidence> proofs(List<Evidence> evidence) {
    return evidence.stream().filter(each -> each.kind().weight() == Weight.PROOF).toList();
  }

  private void addSelf() {
    Set<String> reached =
        picture.own().stream()
            .filter(each -> isHost(each.address()) && !isOnlyOfLink(each.address()))
            .map(OwnAddress::interfaceName)
            .collect(Collectors.toSet());
    for (OwnAddress each : picture.own()) {
      MacAddress mac = picture.ownMacs().get(each.interfaceName());
      // The kernel gives a link-local address to every port of a bridge, which is no device.
      boolean isReached = reached.isEmpty() || reached.contains(each.interfaceName());
      if (mac != null && isReached && isHost(each.address())) {
        DeviceGroup group = groups.computeIfAbsent(mac, unknown -> new DeviceGroup());
        group.byAddress.computeIfAbsent(each.address(), unknown -> new ArrayList<>());
        group.add(each.interfaceName(), List.of(self()));
        group.self = true;
      }
    }
  }

  /** A machine that has but a tunnel has no MAC address; it is there all the same. */
  private void addSelfWithoutMac() {
    if (groups.values().stream().anyMatch(each -> each.self)) {
      return;
    }
    picture.own().stream()
        .filter(each -> isHost(each.address()) && !each.address().isLinkLocalAddress())
        .min(Comparator.comparing(OwnAddress::address, DeviceGroup.ORDER))
        .ifPresent(
            own ->
                sightings.add(
                    Sighting.of(own.address())
                        .field(DeviceField.HOSTNAME, picture.hostName())
                        .field(DeviceField.INTERFACE, own.interfaceName())
                        .field(DeviceField.SCAN_METHOD, "self")
                        .evidence(self())
                        .build()));
  }

  private Evidence self() {
    return new Evidence(Evidence.Kind.SELF, picture.at());
  }

  private void tell(MacAddress mac, DeviceGroup group) {
    if (isNoise(group)) {
      return;
    }
    List<InetAddress> addresses = group.addresses();
    Sighting.Builder sighting = Sighting.of(mac);
    addresses.stream().limit(MOST_ADDRESSES).forEach(sighting::address);
    outweighed(group).forEach(sighting::evidence);
    sightings.add(
        sighting
            .field(
                DeviceField.HOSTNAME,
                group.self ? picture.hostName() : descriptions.name(mac, addresses.getFirst()))
            .field(DeviceField.VENDOR, descriptions.vendor(mac))
            .field(DeviceField.INTERFACE, group.interfaceName)
            .field(DeviceField.SCAN_METHOD, group.self ? "self" : words(group.means))
            .build());
  }

  private static String words(Set<Means> means) {
    return means.stream().map(Means::word).collect(Collectors.joining("+"));
  }

  /** Every IPv6 device has a link-local address; alone it tells of nothing that can be reached. */
  private boolean isNoise(DeviceGroup group) {
    return !group.self
        && group.byAddress.keySet().stream()
            .allMatch(each -> isOnlyOfLink(each) && !picture.gateways().contains(each));
  }

  private static boolean isOnlyOfLink(InetAddress address) {
    return !(address instanceof Inet4Address) && address.isLinkLocalAddress();
  }

  private static List<Evidence> outweighed(DeviceGroup group) {
    List<Evidence> kept = new ArrayList<>(group.newest.values());
    Instant proven =
        kept.stream()
            .filter(each -> each.kind().weight() == Weight.PROOF)
            .map(Evidence::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    kept.removeIf(
        each ->
            each.kind().weight() == Weight.DENIAL
                && Duration.between(proven, each.at()).compareTo(OUTWEIGHED) < 0);
    return kept;
  }

  /** A gateway is there for whoever looks, even before the kernel had to resolve it. */
  private void addUnseenGateways() {
    Set<InetAddress> told = new HashSet<>();
    sightings.forEach(each -> told.addAll(each.addresses()));
    for (InetAddress gateway : picture.gateways()) {
      if (!told.contains(gateway) && !gateway.isLinkLocalAddress()) {
        Sighting.Builder sighting =
            Sighting.of(gateway).field(DeviceField.HOSTNAME, descriptions.name(null, gateway));
        picture.observations().stream()
            .filter(each -> each.address().equals(gateway))
            .flatMap(each -> each.evidence().stream())
            .forEach(sighting::evidence);
        sightings.add(sighting.field(DeviceField.SCAN_METHOD, "route").build());
      }
    }
  }

  /** nmap without rights tells who answered, and the kernel perhaps not who that is. */
  private void addThoseWithoutMac() {
    Set<InetAddress> told = new HashSet<>();
    sightings.forEach(each -> told.addAll(each.addresses()));
    picture.own().forEach(each -> told.add(each.address()));
    for (Observation each : picture.observations()) {
      boolean isProven = each.newest(Weight.PROOF).isAfter(Instant.MIN);
      if (each.mac() == null && isProven && isHost(each.address()) && told.add(each.address())) {
        Sighting.Builder sighting =
            Sighting.of(each.address())
                .field(DeviceField.HOSTNAME, descriptions.name(null, each.address()))
                .field(DeviceField.INTERFACE, each.interfaceName())
                .field(DeviceField.SCAN_METHOD, each.means().word());
        each.evidence().forEach(sighting::evidence);
        sightings.add(sighting.build());
      }
    }
  }

  private static boolean isHost(InetAddress address) {
    return !address.isMulticastAddress()
        && !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !isBroadcast(address);
  }

  private static boolean isBroadcast(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 && (octets[0] & 0xf0) == 0xf0; // RFC 1112 §4: class E, and 255.…
  }
}
