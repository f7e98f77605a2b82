package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Sighting;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeviceMapperTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Wan LINE = new Wan(Set.of("ether1"), Set.of(), "test");
  private static final List<Row> NONE = List.of();

  @Test
  void recordedTablesJoinByMacAddress() {
    Map<String, Sighting> devices =
        sightings(
            Samples.rows("ip-dhcp-server-lease.mixed.json"),
            Samples.rows("ip-arp.json"),
            NONE,
            NONE,
            NONE,
            NONE);

    Sighting laptop = get(devices, "00:00:5e:00:53:01");
    assertEquals(List.of(IpLiteral.of("192.0.2.10")), laptop.addresses());
    assertEquals("laptop", laptop.fields().get(DeviceField.HOSTNAME));
    assertEquals("bound", laptop.fields().get(DeviceField.LEASE_STATUS));
    assertEquals("bridge", laptop.fields().get(DeviceField.INTERFACE));
    assertEquals("mikrotik_api", laptop.fields().get(DeviceField.SCAN_METHOD));
    assertEquals(Set.of(Evidence.Kind.NEIGHBOR_REACHABLE, Evidence.Kind.LEASE), kinds(laptop));

    Sighting sensor = get(devices, "00:00:5e:00:53:02");
    assertEquals("kitchen sensor", sensor.fields().get(DeviceField.HOSTNAME));
    assertEquals("kitchen sensor", sensor.fields().get(DeviceField.COMMENT));
    assertEquals(Set.of(Evidence.Kind.NEIGHBOR_STALE, Evidence.Kind.LEASE), kinds(sensor));
    assertEquals(NOW.minus(Duration.ofSeconds(4 * 60 + 12)), lease(sensor).at());
    assertNull(lease(sensor).detail(), "a lease made by hand has no end");
    assertEquals("until 2026-03-01T12:10:00Z", lease(laptop).detail());

    Sighting printer = get(devices, "00:00:5e:00:53:03");
    assertEquals(
        Set.of(Evidence.Kind.NEIGHBOR_FAILED), kinds(printer), "its address gave no answer");
    assertEquals("waiting", printer.fields().get(DeviceField.LEASE_STATUS));

    Sighting unnamed = get(devices, "00:00:5e:00:53:04");
    assertEquals(null, unnamed.fields().get(DeviceField.HOSTNAME));
    assertEquals(4, devices.size(), "entries that are off, or without MAC, are no devices");
  }

  @Test
  void aLeaseFarFromSmallIsReadWithItsAge() {
    Map<String, Sighting> devices =
        sightings(Samples.rows("ip-dhcp-server-lease.bound.json"), NONE, NONE, NONE, NONE, NONE);

    Sighting amp = get(devices, "00:00:5e:00:53:08");
    assertEquals("WiiM Amp-0001", amp.fields().get(DeviceField.HOSTNAME));
    assertEquals(NOW.minus(Duration.parse("PT3H55M47S")), amp.evidence().getFirst().at());
  }

  @Test
  void aReservationThatNobodyUsesGivesNoEvidence() {
    Map<String, Sighting> devices =
        sightings(
            Samples.rows("ip-dhcp-server-lease.static-waiting.json"), NONE, NONE, NONE, NONE, NONE);

    Sighting waiting = get(devices, "00:00:5e:00:53:50");
    assertEquals(List.of(), waiting.evidence());
    assertEquals(List.of(IpLiteral.of("192.168.88.50")), waiting.addresses());
  }

  @Test
  void everyStateOfANeighborHasItsWeight() {
    Map<String, Evidence.Kind> expected =
        Map.of(
            "reachable", Evidence.Kind.NEIGHBOR_REACHABLE,
            "delay", Evidence.Kind.NEIGHBOR_REACHABLE,
            "probe", Evidence.Kind.NEIGHBOR_REACHABLE,
            "stale", Evidence.Kind.NEIGHBOR_STALE,
            "permanent", Evidence.Kind.NEIGHBOR_STALE,
            "failed", Evidence.Kind.NEIGHBOR_FAILED,
            "incomplete", Evidence.Kind.NEIGHBOR_FAILED);
    expected.forEach(
        (state, kind) ->
            assertEquals(
                Set.of(kind),
                kinds(
                    get(
                        sightings(NONE, arp("192.0.2.9", "bridge", state), NONE, NONE, NONE, NONE),
                        "00:00:5e:00:53:01")),
                state));
  }

  @Test
  void theLinesSideIsNoDevice() {
    assertEquals(
        Map.of(),
        sightings(NONE, arp("203.0.113.1", "ether1", "reachable"), NONE, NONE, NONE, NONE));
  }

  @Test
  void oneAddressThatFailedDoesNotDenyADeviceThatAnswersAtAnother() {
    List<Row> both =
        Samples.of(
            "[{'address':'192.0.2.9','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'failed'},"
                + "{'address':'192.0.2.8','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'reachable'}]");

    Sighting device = get(sightings(NONE, both, NONE, NONE, NONE, NONE), "00:00:5e:00:53:01");

    assertEquals(Set.of(Evidence.Kind.NEIGHBOR_REACHABLE), kinds(device));
  }

  @Test
  void anAddressBelongsToWhoAnswersThereNotToWhoWasPromisedIt() {
    List<Row> leases =
        Samples.of(
            "[{'active-mac-address':'00:00:5E:00:53:02','active-address':'192.0.2.9','status':'bound'}]");

    Map<String, Sighting> devices =
        sightings(leases, arp("192.0.2.9", "bridge", "reachable"), NONE, NONE, NONE, NONE);

    assertEquals(1, get(devices, "00:00:5e:00:53:01").addresses().size());
    assertEquals(List.of(), get(devices, "00:00:5e:00:53:02").addresses());
  }

  @Test
  void bridgeHostsTellThePortAndTheRoutersOwnAreSkipped() {
    assertEquals(
        Map.of(),
        sightings(NONE, NONE, NONE, Samples.rows("interface-bridge-host.json"), NONE, NONE));
    List<Row> hosts =
        Samples.of(
            "[{'mac-address':'00:00:5E:00:53:01','on-interface':'ether3','bridge':'bridge','local':'false'}]");

    Sighting device = get(sightings(NONE, NONE, NONE, hosts, NONE, NONE), "00:00:5e:00:53:01");

    assertEquals("ether3", device.fields().get(DeviceField.PORT));
    assertEquals("bridge", device.fields().get(DeviceField.INTERFACE));
    assertEquals(Set.of(Evidence.Kind.BRIDGE_HOST), kinds(device));
  }

  @Test
  void anAssociatedClientIsProvenAndHasItsNetwork() {
    List<Row> wifi =
        Samples.of(
            "[{'mac-address':'00:00:5E:00:53:07','interface':'wifi1','ssid':'home','authorized':'true','last-activity':'4m'},"
                + "{'mac-address':'00:00:5E:00:53:08','interface':'wifi1','ssid':'home','authorized':'false'}]");

    Map<String, Sighting> devices = sightings(NONE, NONE, NONE, NONE, wifi, NONE);

    Sighting phone = get(devices, "00:00:5e:00:53:07");
    assertEquals("home", phone.fields().get(DeviceField.SSID));
    assertEquals("wifi1", phone.fields().get(DeviceField.PORT));
    assertEquals(NOW, phone.evidence().getFirst().at());
    assertEquals(1, devices.size(), "one that was not let in is not there");
    assertEquals(
        Set.of(Evidence.Kind.WIFI_ASSOCIATED),
        kinds(
            get(
                sightings(
                    NONE,
                    NONE,
                    NONE,
                    NONE,
                    Samples.rows("interface-wireless-registration-table.json"),
                    NONE),
                "00:00:5e:00:53:01")));
  }

  @Test
  void ipv6NeighborsJoinTheirDeviceAndLinkLocalAddressesAreNotShown() {
    List<Row> six =
        Samples.of(
            "[{'address':'2001:db8::5','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'stale'},"
                + "{'address':'fe80::5','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'reachable'},"
                + "{'address':'fe80::9','mac-address':'00:00:5E:00:53:09','interface':'bridge','status':'noarp'}]");

    Map<String, Sighting> devices =
        sightings(NONE, arp("192.0.2.9", "bridge", "stale"), six, NONE, NONE, NONE);

    Sighting device = get(devices, "00:00:5e:00:53:01");
    assertEquals(
        List.of(IpLiteral.of("192.0.2.9"), IpLiteral.of("2001:db8::5")), device.addresses());
    assertTrue(kinds(device).contains(Evidence.Kind.NEIGHBOR_REACHABLE));
    assertEquals(1, devices.size());
  }

  @Test
  void theNameComesFromTheMostTrustedPlace() {
    List<Row> dns = Samples.of("[{'name':'nas.lan','address':'192.0.2.9'}]");
    List<Row> commented =
        Samples.of(
            "[{'address':'192.0.2.9','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'stale','comment':'by arp'}]");
    List<Row> named =
        Samples.of(
            "[{'mac-address':'00:00:5E:00:53:01','host-name':'by\\u0000 lease','status':'bound'}]");

    assertEquals("nas.lan", name(NONE, arp("192.0.2.9", "bridge", "stale"), dns));
    assertEquals("by arp", name(NONE, commented, dns));
    assertEquals("by  lease", name(named, commented, dns));
  }

  private static String name(List<Row> leases, List<Row> arp, List<Row> dns) {
    return get(sightings(leases, arp, NONE, NONE, NONE, dns), "00:00:5e:00:53:01")
        .fields()
        .getOrDefault(DeviceField.HOSTNAME, "");
  }

  private static List<Row> arp(String address, String place, String state) {
    return Samples.of(
        "[{'address':'%s','mac-address':'00:00:5E:00:53:01','interface':'%s','status':'%s'}]"
            .formatted(address, place, state));
  }

  private static Map<String, Sighting> sightings(
      List<Row> leases,
      List<Row> arp,
      List<Row> neighbors6,
      List<Row> hosts,
      List<Row> wifi,
      List<Row> names) {
    DeviceRows rows =
        new DeviceRows(
            reading(leases),
            reading(arp),
            reading(neighbors6),
            reading(hosts),
            List.of(reading(wifi)),
            reading(names));
    return DeviceMapper.sightings(rows, LINE).stream()
        .collect(Collectors.toMap(one -> one.key().toString(), Function.identity()));
  }

  private static Reading reading(List<Row> rows) {
    return new Reading(new Moment(NOW, 5), rows);
  }

  private static Sighting get(Map<String, Sighting> devices, String mac) {
    Sighting found = devices.get(MacAddress.of(mac).toString());
    if (found == null) {
      throw new AssertionError(mac + " is not among " + devices.keySet());
    }
    return found;
  }

  private static Evidence lease(Sighting device) {
    return device.evidence().stream()
        .filter(one -> one.kind() == Evidence.Kind.LEASE)
        .findFirst()
        .orElseThrow();
  }

  private static Set<Evidence.Kind> kinds(Sighting sighting) {
    return sighting.evidence().stream().map(Evidence::kind).collect(Collectors.toSet());
  }
}
