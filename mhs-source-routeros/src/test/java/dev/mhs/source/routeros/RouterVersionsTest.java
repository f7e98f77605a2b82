package dev.mhs.source.routeros;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Source;
import dev.mhs.source.routeros.client.Menu;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One household, told by routers of four versions: its menus as the schema of the version has them,
 * its answers in the forms that are documented for it. What MHS makes of it is the same.
 */
@Timeout(60)
class RouterVersionsTest {
  private static final MacAddress NAS = mac("00:00:5E:00:53:0A");
  private static final MacAddress PHONE = mac("00:00:5E:00:53:0B");

  /** The forms that differ. */
  enum Version {
    /**
     * Singletons in arrays, ports inside addresses, wireless of the old kind, IPv4 counters only.
     */
    V7_10("7.10.2", true, Menu.WIRELESS_REGISTRATION, "DHCP", false),
    /** Singletons alone, ports beside addresses, wireless of the new kind. */
    V7_16("7.16.2", false, Menu.WIFI_REGISTRATION, "DHCP", false),
    /** The flag of a lease in the ARP table in lower case. */
    V7_20("7.20.8", false, Menu.WIFI_REGISTRATION, "dhcp", true),
    /** Counters for IPv6 connections; further keys everywhere. */
    V7_22("7.22.3", false, Menu.WIFI_REGISTRATION, "dhcp", true);

    private final String number;
    private final boolean isOld;
    private final Menu wireless;
    private final String leaseFlag;
    private final boolean hasCounters6;

    Version(String number, boolean isOld, Menu wireless, String leaseFlag, boolean hasCounters6) {
      this.number = number;
      this.isOld = isOld;
      this.wireless = wireless;
      this.leaseFlag = leaseFlag;
      this.hasCounters6 = hasCounters6;
    }
  }

  @TempDir Path storage;
  private final SettableTime time = new SettableTime();
  private final HttpsBox box = HttpsBox.start("a", 0);

  @AfterEach
  void stop() {
    box.close();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void devicesAreTheSame(Version version) throws Exception {
    try (Source source = household(version)) {
      List<Sighting> devices = ok(source.devices().orElseThrow().devices());

      Sighting nas = device(devices, NAS);
      assertEquals("nas", nas.fields().get(DeviceField.HOSTNAME));
      assertEquals("bound", nas.fields().get(DeviceField.LEASE_STATUS));
      assertEquals("ether2", nas.fields().get(DeviceField.PORT));
      assertEquals(
          List.of("192.168.88.10", "2001:db8:0:0:0:0:0:10"),
          nas.addresses().stream().map(one -> one.getHostAddress()).toList());
      assertTrue(isProven(nas));
      Sighting phone = device(devices, PHONE);
      assertEquals("phone", phone.fields().get(DeviceField.HOSTNAME));
      assertTrue(
          phone.evidence().stream().anyMatch(one -> one.kind() == Evidence.Kind.WIFI_ASSOCIATED));
      assertEquals(2, devices.size(), "the provider's side and the box itself are left out");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void bytesAreAttributedAlike(Version version) throws Exception {
    try (Source source = household(version)) {
      BandwidthSource bandwidth = source.bandwidth().orElseThrow();
      ok(bandwidth.bandwidth());
      time.advance(Duration.ofSeconds(10));
      up(version, Duration.ofSeconds(10));
      connections(version, 3_000, 50_000);

      BandwidthReading reading = ok(bandwidth.bandwidth());

      Usage.Delta moved =
          (Usage.Delta) Objects.requireNonNull(reading.devices().get(new DeviceKey.ByMac(NAS)));
      long sixes = version.hasCounters6 ? 2 : 1; // what IPv6 moved is as much, where it is counted
      assertEquals(2_000 * sixes, moved.uploadBytes());
      assertEquals(40_000 * sixes, moved.downloadBytes());
      assertTrue(reading.method().startsWith("conntrack"), reading.method());
      assertEquals(
          !version.hasCounters6,
          source.findings().toString().contains("IPv6 traffic by device is not measured"),
          source.findings().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void portsAndLimitsAreTheSame(Version version) throws Exception {
    try (Source source = household(version)) {
      Box found = ok(source.ports().orElseThrow().ports()).getFirst();
      assertEquals("attic", found.name());
      assertEquals(
          List.of("ether1", "ether2", "air"), found.ports().stream().map(Port::name).toList());
      assertTrue(found.ports().get(0).wan());
      assertEquals(BitRate.ofMegabits(2_500), found.ports().get(0).linkSpeed());

      assertEquals(1, ok(source.limits().orElseThrow().limits()).size());
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void whatAVersionLacksIsAskedForOnceAndNamed(Version version) throws Exception {
    try (Source source = household(version)) {
      for (int round = 0; round < 3; round++) {
        ok(source.devices().orElseThrow().devices());
        ok(source.ports().orElseThrow().ports());
        time.advance(Duration.ofMinutes(3));
        up(version, Duration.ofMinutes(3L * (round + 1)));
      }
      List<String> lacking = new ArrayList<>();
      for (Menu menu : Menu.values()) {
        if (isLacking(menu, version) && box.requests(menu.path()) > 0) {
          assertEquals(1, box.requests(menu.path()), menu.path());
          lacking.add("/" + menu.path());
        }
      }
      String findings = source.findings().toString();
      assertTrue(findings.contains("RouterOS " + version.number + " answers"), findings);
      assertTrue(findings.contains("read from /" + version.wireless.path()), findings);
      assertFalse(lacking.isEmpty());
      lacking.forEach(path -> assertTrue(findings.contains(path), path));
    }
  }

  private static boolean isLacking(Menu menu, Version version) {
    return Schema.knows(menu.path()) && !Schema.has(menu.path(), version.number);
  }

  private Source household(Version version) {
    box.lacksEverything();
    if (version == Version.V7_20) { // seen on some versions: an unknown path is 404
      byte[] words = Samples.bytes("error-404-unknown-id.json");
      for (Menu menu : Menu.values()) {
        box.with(menu.path(), aResponse().withStatus(404).withBody(words));
      }
    }
    up(version, Duration.ZERO);
    there(version, Menu.IDENTITY, singleton(version, "{'name':'attic'}"));
    there(version, Menu.INTERFACE, interfaces(version));
    there(version, Menu.LIST_MEMBER, "[{'list':'WAN','interface':'ether1'}]");
    there(version, Menu.ADDRESS, addresses(version));
    there(version, Menu.ADDRESS6, "[{'address':'2001:db8::1/64','interface':'bridge'}]");
    there(version, Menu.ARP, arp(version));
    there(
        version,
        Menu.NEIGHBOR6,
        "[{'address':'2001:db8::10','mac-address':'00:00:5E:00:53:0A','interface':'bridge',"
            + "'status':'stale'}]");
    there(version, Menu.LEASE, leases());
    there(
        version,
        Menu.BRIDGE_HOST,
        "[{'mac-address':'00:00:5E:00:53:0A','on-interface':'ether2','bridge':'bridge'},"
            + "{'mac-address':'00:00:5E:00:53:01','on-interface':'bridge','local':'true'}]");
    there(version, version.wireless, registrations(version));
    there(
        version,
        Menu.QUEUE,
        "[{'.id':'*1','name':'nb-192.168.88.10','target':'192.168.88.10/32',"
            + "'max-limit':'5000000/50000000','disabled':'false','dynamic':'false','invalid':'false',"
            + "'parent':'none'}]");
    there(version, Menu.FILTER, "[]");
    there(version, Menu.FILTER6, "[]");
    there(version, Menu.IP_SETTINGS, singleton(version, "{'allow-fast-path':'true'}"));
    box.with(
        "interface/ethernet/monitor",
        "[{'name':'ether1','status':'link-ok','rate':'2.5Gbps','full-duplex':'true'},"
            + "{'name':'ether2','status':'link-ok','rate':'1Gbps','full-duplex':'true'}]");
    connections(version, 1_000, 10_000);
    return box.open(storage, time, Duration.ofSeconds(10), Map.of());
  }

  private void there(Version version, Menu menu, String json) {
    assertFalse(isLacking(menu, version), menu.path() + " is not in " + version.number);
    box.with(menu.path(), json);
  }

  private void up(Version version, Duration since) {
    long seconds = Duration.ofDays(8).plus(since).toSeconds();
    box.with(
        "system/resource",
        singleton(
            version,
            "{'uptime':'1w1d"
                + (seconds - Duration.ofDays(8).toSeconds())
                + "s','version':'"
                + version.number
                + " (stable)','board-name':'hAP','cpu-load':'3'}"));
  }

  private static String singleton(Version version, String object) {
    return version.isOld ? "[" + object + "]" : object;
  }

  private static String interfaces(Version version) {
    String more =
        version == Version.V7_22 ? ",'vrf':'main','fp-rps-drop':'0','link-downs':'1'" : "";
    return "[{'.id':'*1','name':'ether1','default-name':'ether1','type':'ether','running':'true',"
        + "'rx-byte':'900000','tx-byte':'80000'"
        + more
        + "},{'.id':'*2','name':'ether2','default-name':'ether2','type':'ether','running':'true',"
        + "'rx-byte':'70000','tx-byte':'60000','slave':'true'"
        + more
        + "},{'.id':'*3','name':'air','type':'"
        + (version.wireless == Menu.WIFI_REGISTRATION ? "wifi" : "wlan")
        + "','running':'true','rx-byte':'1','tx-byte':'2'},"
        + "{'.id':'*4','name':'bridge','type':'bridge','running':'true','mtu':'auto'}]";
  }

  private static String addresses(Version version) {
    String more = version == Version.V7_22 ? ",'vrf':'main','slave':'false'" : "";
    return "[{'address':'192.168.88.1/24','interface':'bridge','network':'192.168.88.0'"
        + more
        + "},{'address':'198.51.100.7/24','interface':'ether1'"
        + more
        + "}]";
  }

  private static String arp(Version version) {
    String flag = ",'" + version.leaseFlag + "':'true','complete':'true'";
    return "[{'.id':'*1','address':'192.168.88.10','mac-address':'00:00:5E:00:53:0A',"
        + "'interface':'bridge','status':'reachable'"
        + flag
        + "},{'.id':'*2','address':'198.51.100.1','mac-address':'00:00:5E:00:53:FE',"
        + "'interface':'ether1','status':'reachable'"
        + flag
        + "}]";
  }

  private static String leases() {
    return "[{'.id':'*1','address':'192.168.88.10','mac-address':'00:00:5E:00:53:0A',"
        + "'active-address':'192.168.88.10','active-mac-address':'00:00:5E:00:53:0A',"
        + "'host-name':'nas','status':'bound','last-seen':'3m12s','dynamic':'true'},"
        + "{'.id':'*2','address':'192.168.88.11','mac-address':'00:00:5E:00:53:0B',"
        + "'active-address':'192.168.88.11','active-mac-address':'00:00:5E:00:53:0B',"
        + "'host-name':'phone','status':'bound','last-seen':'10s','dynamic':'true'}]";
  }

  private static String registrations(Version version) {
    String more =
        version.wireless == Menu.WIFI_REGISTRATION
            ? "'ssid':'home','authorized':'true','signal':'-50'"
            : "'ap':'false','signal-strength':'-50@6Mbps'";
    return "[{'mac-address':'00:00:5E:00:53:0B','interface':'air','last-activity':'1s',"
        + more
        + "}]";
  }

  private void connections(Version version, long up, long down) {
    String counters = ",'orig-bytes':'" + up + "','repl-bytes':'" + down + "'";
    String four =
        version.isOld
            ? "'src-address':'192.168.88.10:5000','dst-address':'192.0.2.7:443',"
                + "'reply-src-address':'192.0.2.7:443','reply-dst-address':'198.51.100.7:5000'"
            : "'src-address':'192.168.88.10','src-port':'5000','dst-address':'192.0.2.7',"
                + "'dst-port':'443','reply-src-address':'192.0.2.7','reply-src-port':'443',"
                + "'reply-dst-address':'198.51.100.7'";
    String six =
        version.isOld
            ? "'src-address':'[2001:db8::10]:5000','dst-address':'[2001:db8:9::7]:443',"
                + "'reply-src-address':'[2001:db8:9::7]:443'"
            : "'src-address':'2001:db8::10','src-port':'5000','dst-address':'2001:db8:9::7',"
                + "'dst-port':'443','reply-src-address':'2001:db8:9::7'";
    box.with("ip/firewall/connection", "[{'.id':'*1','protocol':'tcp'," + four + counters + "}]");
    box.with(
        "ipv6/firewall/connection",
        "[{'.id':'*1','protocol':'tcp'," + six + (version.hasCounters6 ? counters : "") + "}]");
  }

  private static Sighting device(List<Sighting> devices, MacAddress mac) {
    return devices.stream()
        .filter(one -> mac.equals(one.mac()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(devices.toString()));
  }

  private static boolean isProven(Sighting sighting) {
    return sighting.evidence().stream()
        .anyMatch(one -> one.kind().weight() == Evidence.Weight.PROOF);
  }

  private static MacAddress mac(String text) {
    return MacAddress.parse(text).orElseThrow();
  }

  private static <T> T ok(Poll<T> poll) {
    if (poll instanceof Poll.Ok<T>(T value)) {
      return value;
    }
    throw new AssertionError(poll.toString());
  }
}
