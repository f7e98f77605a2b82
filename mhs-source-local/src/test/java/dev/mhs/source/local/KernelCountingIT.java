package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel counted, beside the counters of the devices' own interfaces. */
@Tag("netns")
class KernelCountingIT {
  private static final double WITHIN = 0.02;

  /** Beside the traffic of a test: ARP, and what a connection of control says. */
  private static final long SLACK = 60_000;

  private static final Pattern DELTA =
      Pattern.compile("downloadBytes=(\\d+), uploadBytes=(\\d+), over=");

  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  private static Household router(int clients) throws Exception {
    Household home = Household.of(clients);
    try {
      home.openToTheWorld(clients);
      home.serve("world", "Server listening", "iperf3", "-s", "-p", "5201", "--forceflush");
      home.serve("world", "Server listening", "iperf3", "-s", "-p", "5202", "--forceflush");
      return home;
    } catch (Exception failed) {
      home.close();
      throw failed;
    }
  }

  /** Returns what the last reading says of a client: its bytes down and up. */
  private static long[] moved(String reading, int client) {
    Matcher delta =
        reading
            .lines()
            .filter(line -> line.startsWith("10.66.0." + (10 + client) + " "))
            .map(DELTA::matcher)
            .filter(Matcher::find)
            .findFirst()
            .orElse(null);
    return delta == null
        ? new long[] {0, 0}
        : new long[] {Long.parseLong(delta.group(1)), Long.parseLong(delta.group(2))};
  }

  private static void assertClose(long expected, long counted, String what) {
    assertEquals((double) expected, (double) counted, WITHIN * expected + SLACK, what);
  }

  @Test
  void eachDeviceMovedWhatItsOwnInterfaceCounted() throws Exception {
    try (Household home = router(2)) {
      var source = home.start("off", "ip");
      assertTrue(source.ask("bandwidth").contains("method nftables"), () -> source.ask("findings"));
      long[] rx = {home.counter(1, "rx_bytes"), home.counter(2, "rx_bytes")};
      long[] tx = {home.counter(1, "tx_bytes"), home.counter(2, "tx_bytes")};

      home.in(
          "c1",
          "iperf3 -c 10.67.0.2 -p 5201 -u -b 50M -l 1400 -t 4 >/dev/null"
              + " && iperf3 -c 10.67.0.2 -p 5201 -u -b 5M -l 300 -t 2 -R >/dev/null");
      home.in("c2", "iperf3 -c 10.67.0.2 -p 5202 -b 200M -t 3 -R >/dev/null");

      String reading = source.ask("bandwidth");
      for (int client = 1; client <= 2; client++) {
        long[] counted = moved(reading, client);
        long down = home.counter(client, "rx_bytes") - rx[client - 1];
        long up = home.counter(client, "tx_bytes") - tx[client - 1];
        assertTrue(down + up > 10_000_000, "the traffic of client " + client + " did flow");
        assertClose(down, counted[0], "download of client " + client);
        assertClose(up, counted[1], "upload of client " + client);
      }
    }
  }

  @Test
  void whatStaysWithinTheHouseholdIsNotCounted() throws Exception {
    try (Household home = router(2)) {
      home.serve("c2", "Server listening", "iperf3", "-s", "--forceflush");
      var source = home.start("off", "ip");
      source.ask("bandwidth");
      long before = home.counter(1, "tx_bytes");

      home.in("c1", "iperf3 -c 10.66.0.12 -u -b 50M -l 1400 -t 2 >/dev/null");

      assertTrue(home.counter(1, "tx_bytes") - before > 10_000_000, "the traffic did flow");
      String reading = source.ask("bandwidth");
      assertTrue(moved(reading, 1)[1] < SLACK, reading);
      assertTrue(moved(reading, 2)[0] < SLACK, reading);
    }
  }

  @Test
  void aKilledProcessLeavesATableThatTheNextOneRemovesAndNothingElseChanges() throws Exception {
    try (Household home = router(1)) {
      String before = home.output("nft -s list ruleset");
      assertTrue(before.contains("masquerade"));
      var killed = home.start("off", "ip");
      killed.ask("bandwidth");
      killed.kill();
      String left = tableOf(home);

      var next = home.start("off", "ip");
      next.ask("bandwidth");

      assertFalse(home.output("nft list tables").contains(left), "the killed one's table");
      assertNotNull(tableOf(home));
      next.end();
      assertEquals(before, home.output("nft -s list ruleset"));
    }
  }

  @Test
  void aFirewallThatIsReloadedOnlyCostsWhatWasMovedMeanwhile() throws Exception {
    try (Household home = router(1)) {
      var source = home.start("off", "ip");
      source.ask("bandwidth");
      home.inHome("nft delete table netdev " + tableOf(home));

      source.ask("bandwidth");
      home.in("c1", "iperf3 -c 10.67.0.2 -p 5201 -u -b 20M -l 1400 -t 2 >/dev/null");

      assertTrue(moved(source.ask("bandwidth"), 1)[1] > 4_000_000);
    }
  }

  @Test
  void anInterfaceThatWasMadeAnewIsCountedAtOn() throws Exception {
    try (Household home = router(1)) {
      var source = home.start("off", "ip");
      source.ask("bandwidth");
      home.in("c1", "iperf3 -c 10.67.0.2 -p 5201 -u -b 20M -l 1400 -t 1 >/dev/null");
      source.ask("bandwidth");

      home.inHome("ip link delete p1");
      home.plug(1);
      home.in("c1", "ip route add default via 10.66.0.1");
      assertClose(0, moved(source.ask("bandwidth"), 1)[1], "what was told before is told once");
      home.in("c1", "iperf3 -c 10.67.0.2 -p 5201 -u -b 20M -l 1400 -t 2 >/dev/null");

      long sent = home.counter(1, "tx_bytes");
      assertTrue(sent > 4_000_000, "the traffic did flow");
      assertClose(sent, moved(source.ask("bandwidth"), 1)[1], "upload");
    }
  }

  private static String tableOf(Household home) throws Exception {
    Matcher table = Pattern.compile("mhs_\\d+").matcher(home.output("nft list tables netdev"));
    assertTrue(table.find(), "a table of ours");
    return table.group();
  }
}
