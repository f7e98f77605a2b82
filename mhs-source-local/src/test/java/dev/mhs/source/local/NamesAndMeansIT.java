package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names and nmap among real devices, in network namespaces. */
@Tag("netns")
class NamesAndMeansIT {

  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  @AfterEach
  void removeLeases() throws Exception {
    Files.deleteIfExists(Path.of(Household.LEASES));
  }

  @Test
  void nmapAloneFindsEverybodyWithTheirMacs() throws Exception {
    try (Household home = Household.of(3)) {
      var source = home.look("active", "ip", "nmap");

      for (int client = 1; client <= 3; client++) {
        String mac = Household.mac(client);
        Await.until(() -> source.line(mac).contains("by nmap"), 60);
        assertTrue(source.line(mac).contains("ANSWERED"), source.line(mac));
      }
      assertEquals(4, source.ask("devices").lines().count(), "three clients and ourselves");
      assertTrue(source.ask("findings").contains("nmap looks for devices"));
    }
  }

  @Test
  void allMeansTogetherTellEachDeviceOnce() throws Exception {
    try (Household home = Household.of(3)) {
      var source = home.look("active", "ip", "nmap,arp,ping");

      for (int client = 1; client <= 3; client++) {
        String mac = Household.mac(client);
        Await.until(() -> source.line(mac).contains("by nmap+arp"), 60);
      }
      assertEquals(4, source.ask("devices").lines().count());
    }
  }

  @Test
  void withoutNmapTheOthersFindEverybodyAndTheRemedyIsTold() throws Exception {
    List<String> hidingNmap =
        List.of("sh", "-c", "mount --bind /dev/null /usr/bin/nmap && exec \"$@\"", "sh");
    try (Household home = Household.of(2)) {
      var source = home.look(hidingNmap, List.of(), "active", "ip", "nmap,arp,ping");

      Await.until(() -> source.tells(2, "ANSWERED by arp"));
      String findings = source.ask("findings");
      assertTrue(findings.contains("nmap is not installed"), findings);
      assertTrue(findings.contains("apt install nmap"), findings);
    }
  }

  @Test
  void whatDevicesAnswerToQuestionsNamesThem() throws Exception {
    try (Household home = Household.of(3)) {
      for (String each : List.of("c1 mdns", "c2 netbios", "c3 upnp")) {
        String[] words = each.split(" ", -1);
        home.startIn(words[0], List.of(), List.of(), NameTeller.class, words[1]).ready();
      }
      var source = home.look("active", "ip", "arp");

      Await.until(() -> source.line(Household.mac(1)).contains("name living-room"));
      Await.until(() -> source.line(Household.mac(2)).contains("name NAS"));
      Await.until(() -> source.line(Household.mac(3)).contains("name Kitchen & Radio"));
    }
  }

  @Test
  void aClientThatAsksForALeaseTellsItsName() throws Exception {
    try (Household home = Household.of(1)) {
      var source = home.look("passive", "ip", "arp");
      source.ask("devices");

      home.in("c1", "udhcpc -n -t 2 -T 1 -i e0 -x hostname:printer -s /bin/true || true");
      home.in("c1", "exec 3<>/dev/udp/10.66.0.1/9; echo hello >&3", "bash");

      Await.until(() -> source.line(Household.mac(1)).contains("name printer"));
    }
  }

  @Test
  void aLeaseThatDnsmasqGaveNamesItsClient() throws Exception {
    try (Household home = Household.of(1)) {
      home.begin(
          "home",
          "exec dnsmasq --keep-in-foreground --conf-file=/dev/null --no-hosts --no-resolv"
              + " --no-ping --user=root --pid-file="
              + " --port=0 --interface=lan0 --bind-interfaces --dhcp-authoritative"
              + " --dhcp-range=10.66.0.50,10.66.0.99,1h --log-facility=/dev/null"
              + " --dhcp-leasefile="
              + Household.LEASES);
      home.in("c1", "udhcpc -f -q -n -t 20 -T 1 -i e0 -x hostname:laptop -s /bin/true");
      var source = home.look("active", "ip", "ping");

      Await.until(() -> source.line(Household.mac(1)).contains("name laptop"));
      assertTrue(source.ask("findings").contains("names are read from the leases in"));
    }
  }
}
