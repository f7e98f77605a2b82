package dev.mhs.source.routeros.map;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells at which port of a switch, or at which radio of an access point, each device is. Whoever is
 * behind the uplink is somewhere else in the house, and is left out.
 */
public final class PlaceMapper {
  private PlaceMapper() {}

  /**
   * Makes the sightings.
   *
   * @param hosts {@code /interface/bridge/host}
   * @param registrations the registration tables of all generations of wireless
   * @param routes {@code /ip/route}, the default routes: the router is behind the uplink
   * @param arp {@code /ip/arp}, which knows the router's MAC address
   * @return one sighting for each MAC address that has a place here, in their order
   */
  public static List<Sighting> sightings(
      Reading hosts, List<Reading> registrations, List<Row> routes, List<Row> arp) {
    Map<MacAddress, String> ports = ports(hosts.rows());
    Set<String> uplinks = uplinks(ports, gateways(routes, arp));
    Map<MacAddress, Sighting> sightings = new TreeMap<>();
    ports.forEach(
        (mac, port) -> {
          if (!uplinks.contains(port)) {
            sightings.put(mac, sighting(mac, port, Evidence.Kind.BRIDGE_HOST, hosts.at().at()));
          }
        });
    for (Reading reading : registrations) {
      for (Row row : reading.rows()) {
        Optional<MacAddress> mac = row.mac("mac-address");
        Optional<String> radio = row.text("interface");
        if (mac.isPresent() && radio.isPresent() && isClient(row)) {
          sightings.put(mac.get(), registered(mac.get(), radio.get(), row, reading.at().at()));
        }
      }
    }
    return List.copyOf(sightings.values());
  }

  /** Tells whether a row of a registration table is a client that was let in. */
  static boolean isClient(Row row) {
    boolean isLetIn = row.text("authorized").isEmpty() || row.flag("authorized");
    return isLetIn && !row.flag("ap");
  }

  /** Tells whether a bridge host is somebody else than the box, and the entry is in use. */
  static boolean isNeighbor(Row host) {
    return !host.flag("local") && !host.flag("disabled") && !host.flag("invalid");
  }

  private static Sighting sighting(MacAddress mac, String port, Evidence.Kind kind, Instant at) {
    return Sighting.of(mac).field(DeviceField.PORT, port).evidence(new Evidence(kind, at)).build();
  }

  private static Sighting registered(MacAddress mac, String radio, Row row, Instant at) {
    return Sighting.of(mac)
        .field(DeviceField.PORT, radio)
        .field(DeviceField.SSID, row.text("ssid").orElse(null))
        .evidence(new Evidence(Evidence.Kind.WIFI_ASSOCIATED, at))
        .build();
  }

  private static Map<MacAddress, String> ports(List<Row> hosts) {
    Map<MacAddress, String> ports = new TreeMap<>();
    for (Row row : hosts) {
      Optional<MacAddress> mac = row.mac("mac-address");
      Optional<String> port = row.text("on-interface").or(() -> row.text("interface"));
      if (mac.isPresent() && port.isPresent() && isNeighbor(row)) {
        ports.putIfAbsent(mac.get(), port.get());
      }
    }
    return ports;
  }

  /** The MAC addresses of the routers that the box itself uses. */
  private static Set<MacAddress> gateways(List<Row> routes, List<Row> arp) {
    Set<InetAddress> addresses = new HashSet<>();
    for (Row row : routes) {
      if (row.flag("active") && !row.flag("disabled")) {
        row.address("immediate-gw").or(() -> row.address("gateway")).ifPresent(addresses::add);
      }
    }
    Set<MacAddress> gateways = new HashSet<>();
    for (Row row : arp) {
      if (row.address("address").filter(addresses::contains).isPresent()) {
        row.mac("mac-address").ifPresent(gateways::add);
      }
    }
    return gateways;
  }

  /** Where a router is; and when none is known, where most devices are, if there is such a port. */
  private static Set<String> uplinks(Map<MacAddress, String> ports, Set<MacAddress> gateways) {
    Set<String> uplinks = new HashSet<>();
    for (MacAddress gateway : gateways) {
      Optional.ofNullable(ports.get(gateway)).ifPresent(uplinks::add);
    }
    if (!uplinks.isEmpty()) {
      return uplinks;
    }
    Map<String, Integer> crowds = new HashMap<>();
    ports.values().forEach(port -> crowds.merge(port, 1, Integer::sum));
    int most = crowds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    List<String> fullest = new ArrayList<>();
    crowds.forEach(
        (port, crowd) -> {
          if (crowd == most && most > 1) {
            fullest.add(port);
          }
        });
    return fullest.size() == 1 ? Set.of(fullest.getFirst()) : Set.of();
  }
}
