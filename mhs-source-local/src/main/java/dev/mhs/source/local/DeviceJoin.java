package dev.mhs.source.local;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.source.local.read.OwnAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins what is known by MAC address into sightings. Pure. */
final class DeviceJoin {
  /** The address to show first: IPv4, then IPv6; those that only lead one hop last. */
  private static final Comparator<InetAddress> ORDER =
      Comparator.comparing(InetAddress::isLinkLocalAddress).thenComparing(IpLiteral.ORDER);

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

  private static final class Group {
    final TreeSet<InetAddress> addresses = new TreeSet<>(ORDER);
    final Map<Evidence.Kind, Evidence> newest = new EnumMap<>(Evidence.Kind.class);
    @Nullable String interfaceName;
    boolean self;

    void add(InetAddress address, String from, List<Evidence> evidence) {
      addresses.add(address);
      if (interfaceName == null) {
        interfaceName = from;
      }
      for (Evidence each : evidence) {
        newest.merge(each.kind(), each, (a, b) -> a.at().isBefore(b.at()) ? b : a);
      }
    }
  }

  private final Picture picture;
  private final Function<InetAddress, @Nullable String> names;
  private final Map<MacAddress, Group> groups = new TreeMap<>();
  private final List<Sighting> sightings = new ArrayList<>();

  private DeviceJoin(Picture picture, Function<InetAddress, @Nullable String> names) {
    this.picture = picture;
    this.names = names;
  }

  /**
   * Joins.
   *
   * @param picture what is known
   * @param names tells the name of an address, null when it has none
   * @return a sighting for each device, each once
   */
  static List<Sighting> join(Picture picture, Function<InetAddress, @Nullable String> names) {
    DeviceJoin join = new DeviceJoin(picture, names);
    join.addNeighbors();
    join.addSelf();
    join.groups.forEach(join::tell);
    join.addSelfWithoutMac();
    join.addUnseenGateways();
    return List.copyOf(join.sightings);
  }

  private void addNeighbors() {
    for (Observation each : picture.observations()) {
      MacAddress mac = each.mac();
      if (mac != null && mac.isDevice() && isHost(each.address())) {
        groups
            .computeIfAbsent(mac, unknown -> new Group())
            .add(each.address(), each.interfaceName(), each.evidence());
      }
    }
  }

  private void addSelf() {
    for (OwnAddress each : picture.own()) {
      MacAddress mac = picture.ownMacs().get(each.interfaceName());
      if (mac != null && isHost(each.address())) {
        Group group = groups.computeIfAbsent(mac, unknown -> new Group());
        group.add(each.address(), each.interfaceName(), List.of(self()));
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
        .min(Comparator.comparing(OwnAddress::address, ORDER))
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

  private void tell(MacAddress mac, Group group) {
    if (isNoise(group)) {
      return;
    }
    InetAddress first = group.addresses.first();
    Sighting.Builder sighting = Sighting.of(mac);
    group.addresses.stream().limit(MOST_ADDRESSES).forEach(sighting::address);
    outweighed(group).forEach(sighting::evidence);
    String method = first instanceof Inet4Address ? "arp" : "ndp";
    sightings.add(
        sighting
            .field(DeviceField.HOSTNAME, group.self ? picture.hostName() : name(first))
            .field(DeviceField.INTERFACE, group.interfaceName)
            .field(DeviceField.SCAN_METHOD, group.self ? "self" : method)
            .build());
  }

  /** Every IPv6 device has a link-local address; alone it tells of nothing that can be reached. */
  private boolean isNoise(Group group) {
    return !group.self
        && group.addresses.stream()
            .allMatch(
                each ->
                    !(each instanceof Inet4Address)
                        && each.isLinkLocalAddress()
                        && !picture.gateways().contains(each));
  }

  private static List<Evidence> outweighed(Group group) {
    List<Evidence> kept = new ArrayList<>(group.newest.values());
    Instant proven =
        kept.stream()
            .filter(each -> each.kind().weight() == Evidence.Weight.PROOF)
            .map(Evidence::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    kept.removeIf(
        each ->
            each.kind().weight() == Evidence.Weight.DENIAL
                && Duration.between(proven, each.at()).compareTo(OUTWEIGHED) < 0);
    return kept;
  }

  private @Nullable String name(InetAddress address) {
    return address.isLinkLocalAddress() ? null : names.apply(address);
  }

  /** A gateway is there for whoever looks, even before the kernel had to resolve it. */
  private void addUnseenGateways() {
    Set<InetAddress> told = new HashSet<>();
    sightings.forEach(each -> told.addAll(each.addresses()));
    for (InetAddress gateway : picture.gateways()) {
      if (!told.contains(gateway) && !gateway.isLinkLocalAddress()) {
        Sighting.Builder sighting = Sighting.of(gateway).field(DeviceField.HOSTNAME, name(gateway));
        picture.observations().stream()
            .filter(each -> each.address().equals(gateway))
            .flatMap(each -> each.evidence().stream())
            .forEach(sighting::evidence);
        sightings.add(sighting.field(DeviceField.SCAN_METHOD, "route").build());
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
