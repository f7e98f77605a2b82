package dev.mhs.source.routeros.map;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Joins what a router knows about each device by its MAC address.
 *
 * <p>Nobody is taken for present because an entry exists: only a confirmed neighbor and an
 * associated wireless client are proof; leases, bridge hosts and stale neighbors are hints.
 */
public final class DeviceMapper {
  /** What {@code scan_method} says of devices found here. */
  static final String SCAN_METHOD = "mikrotik_api";

  private final Wan line;
  private final Map<MacAddress, Draft> drafts = new TreeMap<>();
  private final Map<InetAddress, MacAddress> answering = new HashMap<>();
  private final Map<InetAddress, Instant> givenUp = new HashMap<>();

  private DeviceMapper(Wan line) {
    this.line = line;
  }

  /**
   * Makes the sightings.
   *
   * @param rows what the router says
   * @param line the household's line; what is seen on its side is left out
   * @return one sighting for each MAC address, in the order of the addresses
   */
  public static List<Sighting> sightings(DeviceRows rows, Wan line) {
    DeviceMapper mapper = new DeviceMapper(line);
    mapper.addNeighbors(rows.arp());
    mapper.addNeighbors(rows.neighbors6());
    mapper.addLeases(rows.leases());
    rows.registrations().forEach(mapper::addRegistrations);
    mapper.addHosts(rows.hosts());
    Map<InetAddress, String> names = names(rows.names().rows());
    return mapper.drafts.values().stream().map(draft -> draft.sighting(names)).toList();
  }

  private void addNeighbors(Reading reading) {
    for (Row row : reading.rows()) {
      Neighbor.of(row, line).ifPresent(neighbor -> addNeighbor(neighbor, row, reading.at().at()));
    }
  }

  private void addNeighbor(Neighbor neighbor, Row row, Instant at) {
    MacAddress mac = neighbor.mac();
    if (mac != null) {
      draft(mac).add(neighbor, row, at);
    }
    if (mac != null && !neighbor.isGivenUp()) {
      answering.put(neighbor.address(), mac);
    }
    if (mac == null && neighbor.isGivenUp()) {
      givenUp.put(neighbor.address(), at); // whose it was, a lease may tell
    }
  }

  private void addLeases(Reading reading) {
    // A device may have two: the one in use says more than the one that waits for it.
    reading.rows().stream()
        .flatMap(row -> Lease.of(row).stream())
        .sorted(Comparator.comparing(lease -> !lease.isBound()))
        .forEach(lease -> addLease(lease, reading.at().at()));
  }

  private void addLease(Lease lease, Instant at) {
    Draft draft = draft(lease.mac());
    draft.add(lease, at);
    lease
        .address()
        .ifPresent(
            address -> {
              // The neighbor table knows who answers there now; a lease only what was promised.
              if (answering.getOrDefault(address, lease.mac()).equals(lease.mac())) {
                draft.addresses.add(address);
              }
              Instant failed = givenUp.get(address);
              if (failed != null) {
                draft.denials.add(new Evidence(Evidence.Kind.NEIGHBOR_FAILED, failed));
              }
            });
  }

  private void addRegistrations(Reading reading) {
    for (Row row : reading.rows()) {
      Optional<MacAddress> mac = row.mac("mac-address");
      if (mac.isPresent() && PlaceMapper.isClient(row) && !isOnLine(row)) {
        draft(mac.get()).addRegistration(row, reading.at().at());
      }
    }
  }

  private void addHosts(Reading reading) {
    for (Row row : reading.rows()) {
      Optional<MacAddress> mac = row.mac("mac-address");
      if (mac.isPresent() && PlaceMapper.isNeighbor(row) && !isOnLine(row)) {
        draft(mac.get()).addHost(row, reading.at().at());
      }
    }
  }

  private boolean isOnLine(Row row) {
    return line.has(row.text("on-interface").or(() -> row.text("interface")).orElse(""))
        || line.has(row.text("bridge").orElse(""));
  }

  private Draft draft(MacAddress mac) {
    return drafts.computeIfAbsent(mac, Draft::new);
  }

  private static Map<InetAddress, String> names(List<Row> rows) {
    Map<InetAddress, String> names = new HashMap<>();
    for (Row row : rows) {
      if (!row.flag("disabled")) {
        row.address("address")
            .ifPresent(
                address -> row.text("name").ifPresent(name -> names.putIfAbsent(address, name)));
      }
    }
    return names;
  }

  /** What is known about one device so far. */
  private static final class Draft {
    private final MacAddress mac;
    private final List<InetAddress> addresses = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<Evidence> denials = new ArrayList<>();
    private final Map<DeviceField, String> fields = new HashMap<>();
    private Optional<String> leaseComment = Optional.empty();
    private Optional<String> leaseName = Optional.empty();
    private Optional<String> neighborComment = Optional.empty();
    private Optional<String> otherComment = Optional.empty();

    Draft(MacAddress mac) {
      this.mac = mac;
    }

    void add(Neighbor neighbor, Row row, Instant at) {
      Evidence one = new Evidence(neighbor.kind(), at, neighbor.state());
      (neighbor.isGivenUp() ? denials : evidence).add(one);
      if (!neighbor.address().isLinkLocalAddress()) {
        addresses.add(neighbor.address());
      }
      if (neighbor.place() != null && !neighbor.isGivenUp()) {
        fields.putIfAbsent(DeviceField.INTERFACE, neighbor.place());
      }
      neighborComment = neighborComment.or(() -> row.text("comment"));
    }

    void add(Lease lease, Instant at) {
      if (lease.isBound()) {
        Instant spoke = lease.idle() == null ? at : at.minus(lease.idle());
        evidence.add(new Evidence(Evidence.Kind.LEASE, spoke, end(lease, at)));
      }
      if (lease.status() != null && (lease.isBound() || !hasLease())) {
        fields.put(DeviceField.LEASE_STATUS, lease.status());
      }
      leaseComment = leaseComment.or(() -> Optional.ofNullable(lease.comment()));
      leaseName = leaseName.or(() -> Optional.ofNullable(lease.hostName()));
    }

    /** To the minute: the box counts down in whole seconds, and each reading would tell another. */
    private static @Nullable String end(Lease lease, Instant at) {
      return lease.left() == null
          ? null
          : "until " + at.plus(lease.left()).plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
    }

    void addRegistration(Row row, Instant at) {
      String activity =
          row.text("last-activity").map(idle -> "active " + idle + " ago").orElse(null);
      evidence.add(new Evidence(Evidence.Kind.WIFI_ASSOCIATED, at, activity));
      row.text("interface").ifPresent(place -> fields.put(DeviceField.PORT, place));
      row.text("ssid").ifPresent(ssid -> fields.put(DeviceField.SSID, ssid));
      otherComment = otherComment.or(() -> row.text("comment"));
    }

    void addHost(Row row, Instant at) {
      evidence.add(new Evidence(Evidence.Kind.BRIDGE_HOST, at));
      row.text("on-interface")
          .or(() -> row.text("interface"))
          .ifPresent(port -> fields.putIfAbsent(DeviceField.PORT, port));
      row.text("bridge").ifPresent(bridge -> fields.putIfAbsent(DeviceField.INTERFACE, bridge));
    }

    private boolean hasLease() {
      return fields.containsKey(DeviceField.LEASE_STATUS);
    }

    Sighting sighting(Map<InetAddress, String> names) {
      addresses.sort(IpLiteral.ORDER);
      Sighting.Builder sighting = Sighting.of(mac).field(DeviceField.SCAN_METHOD, SCAN_METHOD);
      addresses.forEach(sighting::address);
      fields.forEach(sighting::field);
      Optional<String> byDns =
          addresses.stream()
              .map(names::get)
              .flatMap(name -> Optional.ofNullable(name).stream())
              .findFirst();
      sighting.field(
          DeviceField.HOSTNAME,
          printable(leaseComment.or(() -> leaseName).or(() -> neighborComment).or(() -> byDns)));
      sighting.field(
          DeviceField.COMMENT,
          printable(leaseComment.or(() -> neighborComment).or(() -> otherComment)));
      evidence.forEach(sighting::evidence);
      boolean isThere =
          evidence.stream().anyMatch(one -> one.kind().weight() == Evidence.Weight.PROOF);
      if (!isThere) {
        denials.forEach(sighting::evidence);
      }
      return sighting.build();
    }

    /** Names come from strangers: control characters have no place in them. */
    private static String printable(Optional<String> text) {
      return text.orElse("").replaceAll("\\p{Cntrl}", " ").strip();
    }
  }
}
