package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ARP of our own among real devices, with libpcap, in network namespaces. */
@Tag("netns")
class ArpDiscoveryIT {
  /** Words that leave a program the two rights that the service has, and no others. */
  private static final List<String> WITH_TWO_RIGHTS =
      List.of(
          "setpriv",
          "--bounding-set=-all,+net_raw,+net_admin",
          "--inh-caps=-all,+net_raw,+net_admin");

  private static final List<String> WITHOUT_RIGHTS =
      List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");

  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  /** Makes a client send something to the home, as a device does that has just come. */
  private static void talk(Household home, String client) throws Exception {
    home.in(client, "exec 3<>/dev/udp/10.66.0.1/9; echo hello >&3", "bash");
  }

  private static String mac(int client) {
    return Household.mac(client);
  }

  @Test
  void everybodyIsFoundByArpAlone() throws Exception {
    try (Household home = Household.of(9)) {
      var source = home.look("active", "ip", "arp");

      for (int client = 1; client <= 9; client++) {
        int one = client;
        Await.until(() -> source.tells(one, "ANSWERED"));
      }
      assertEquals(10, source.ask("devices").lines().count(), "nine clients and ourselves");
      for (int client = 1; client <= 9; client++) { // the kernel meets them as it asks for names
        String line = source.line(mac(client));
        assertTrue(line.contains(" by arp"), line);
      }
      assertTrue(source.ask("findings").contains("asked and heard by ARP on lan0"));
    }
  }

  @Test
  void whoLeavesIsNoticedAndWhoComesIsHeard() throws Exception {
    try (Household home = Household.of(3)) {
      var source = home.look("active", "ip", "arp");
      Await.until(() -> source.tells(3, "ANSWERED"));
      home.in("c3", "ip link set e0 down");

      Await.until(() -> source.tells(3, "NEIGHBOR_FAILED"), 120);
      assertFalse(source.tells(1, "NEIGHBOR_FAILED"));

      home.in("c3", "ip link set e0 up");
      talk(home, "c3");
      Await.until(() -> !source.tells(3, "NEIGHBOR_FAILED"));
    }
  }

  @Test
  void anInterfaceThatIsMadeAnewIsListenedOnAgain() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.look("active", "ip", "arp");
      Await.until(() -> source.tells(2, "ANSWERED"));

      home.inHome("ip link delete lan0");
      makeAnew(home); // before anybody looked
      home.in("c2", "ip link set e0 address 02:66:00:00:00:78");
      Await.until(() -> source.line("02:66:00:00:00:78").contains("ANSWERED"));

      home.inHome("ip link delete lan0");
      Await.until(() -> !listens(source));
      makeAnew(home);
      home.in("c2", "ip link set e0 address 02:66:00:00:00:79");
      Await.until(() -> source.line("02:66:00:00:00:79").contains("ANSWERED"));
    }
  }

  private static boolean listens(Household.Asked source) {
    source.ask("devices");
    return source.ask("findings").contains("by ARP on lan0");
  }

  private static void makeAnew(Household home) throws Exception {
    home.addBridge();
    home.inHome("ip link set p1 master lan0; ip link set p2 master lan0");
  }

  @Test
  void aDeviceThatChangesItsAddressIsTheSameAtAnotherAddress() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.look("active", "ip", "arp");
      Await.until(() -> source.line(mac(2)).contains("[10.66.0.12]"));

      home.in("c2", "ip address del 10.66.0.12/24 dev e0; ip address add 10.66.0.99/24 dev e0");
      talk(home, "c2");

      Await.until(() -> source.line(mac(2)).contains("10.66.0.99"));
      Await.until(() -> source.line(mac(2)).contains("[10.66.0.99]"));
    }
  }

  @Test
  void aDeviceThatChangesItsMacTakesItsAddressAlong() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.look("active", "ip", "arp");
      Await.until(() -> source.line(mac(2)).contains("[10.66.0.12]"));

      home.in("c2", "ip link set e0 down; ip link set e0 address 02:66:00:00:00:77 up");
      talk(home, "c2");

      Await.until(() -> source.line("02:66:00:00:00:77").contains("[10.66.0.12]"));
      assertFalse(source.line(mac(2)).contains("10.66.0.12"));
    }
  }

  @Test
  void passiveHearsWhoTalksToOthersAndSendsNothing() throws Exception {
    try (Household home = Household.of(3)) {
      var source = home.look("passive", "ip", "nmap,arp,ping");
      source.ask("devices");
      long sent = sent(home);

      home.in("c2", "exec 3<>/dev/udp/10.66.0.13/9; echo hello >&3", "bash");

      Await.until(() -> source.tells(2, "TRAFFIC by arp"));
      assertFalse(source.tells(1, ""));
      assertEquals(sent, sent(home));
      assertTrue(source.ask("findings").contains("heard by ARP on lan0, and nothing is sent"));
    }
  }

  private static long sent(Household home) throws Exception {
    return Long.parseLong(home.output("cat /sys/class/net/lan0/statistics/tx_packets").strip());
  }

  @Test
  void twoRightsAreEnough() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.look(WITH_TWO_RIGHTS, List.of(), "active", "ip", "arp");

      Await.until(() -> source.tells(2, "ANSWERED by arp"));
    }
  }

  @Test
  void withoutRightsTheSlowerWaysFindEverybodyAndTheRemedyIsTold() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.look(WITHOUT_RIGHTS, List.of(), "active", "ip", "arp,ping");

      Await.until(() -> source.tells(1, "by neighbor"));
      Await.until(() -> source.tells(2, "by neighbor"));
      String findings = source.ask("findings");
      assertTrue(findings.contains("may not hear frames (CAP_NET_RAW) on lan0"), findings);
      assertTrue(findings.contains("setpriv"), findings);
    }
  }

  @Test
  void withoutLibpcapTheSlowerWaysFindEverybodyAndTheRemedyIsTold() throws Exception {
    try (Household home = Household.of(2)) {
      var source =
          home.look(
              List.of(),
              List.of("-Dorg.pcap4j.core.pcapLibName=there-is-no-such-library"),
              "active",
              "ip",
              "arp,ping");

      Await.until(() -> source.tells(1, "by neighbor"));
      Await.until(() -> source.tells(2, "by neighbor"));
      String findings = source.ask("findings");
      assertTrue(findings.contains("libpcap is not installed"), findings);
      assertTrue(findings.contains("apt install libpcap0.8"), findings);
    }
  }

  @Test
  void vandalsCostLittleMemoryAndHideNobody() throws Exception {
    long seed = 20261124;
    try (Household home = Household.of(4)) {
      var source = home.look("active", "ip", "arp");
      for (int client = 1; client <= 4; client++) {
        int one = client;
        Await.until(() -> source.tells(one, "ANSWERED"));
      }
      long before = source.residentKilobytes();

      var vandal = home.startIn("c4", List.of(), List.of(), Vandal.class, Long.toString(seed));
      while (vandal.isRunning()) {
        assertEquals(5, honest(source.ask("devices")), "seed " + seed);
      }

      for (int client = 1; client <= 3; client++) {
        String line = source.line(mac(client));
        assertTrue(line.contains("[10.66.0.1" + client + "]"), line + " seed " + seed);
      }
      long grown = source.residentKilobytes() - before;
      assertTrue(grown < 20_000, "grown by " + grown + " kB, seed " + seed);
      source.ask("rescan");
      home.in("c3", "ip link set e0 address 02:66:00:00:00:78");
      talk(home, "c3");
      Await.until(() -> source.line("02:66:00:00:00:78").contains("10.66.0.13"));
    }
  }

  /** Ourselves and the clients; those that the vandal made up are no devices at all. */
  private static long honest(String devices) {
    assertFalse(devices.contains("02:13:"), devices);
    return devices.lines().count();
  }
}
