package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Limits in a real kernel, measured by iperf3 from the devices' side. */
@Tag("netns")
class GatewayLimitIT {
  private static final double WITHIN = 0.10;
  private static final int SECONDS = 4;
  private static final double MEGA = 1e6;
  private static final int FRAME_BYTES = 1514;

  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  private static Household gateway(int clients) throws Exception {
    Household home = Household.of(clients);
    try {
      home.openToTheWorld(clients);
      for (int port = 5201; port <= 5204; port++) {
        home.serve("world", "Server listening", "iperf3", "-s", "-p", "" + port, "--forceflush");
      }
      return home;
    } catch (Exception failed) {
      home.close();
      throw failed;
    }
  }

  private static String limit(Household.Asked source, int client, int down, int up) {
    return source.ask(
        "limit %s 10.66.0.%d %d %d".formatted(Household.mac(client), 10 + client, down, up));
  }

  private static void assertEnforced(Household.Asked source, int client, int down, int up) {
    String told = limit(source, client, down, up);
    assertTrue(told.contains("Applied") && told.contains("enforced=true"), told);
  }

  /**
   * Returns the megabits per second that arrive, of frames: what is limited. TCP tells its payload,
   * which fills them but for the heads.
   */
  private static double measured(Household home, int client, int port, String more)
      throws Exception {
    String said =
        home.output(
            "c" + client,
            "iperf3 -c 10.67.0.2 -p %d -t %d -O 1 -J %s".formatted(port, SECONDS, more));
    JsonObject told = Json.createReader(new StringReader(said)).readObject();
    JsonObject sum = told.getJsonObject("end").getJsonObject("sum_received");
    double payload = sum.getJsonNumber("bits_per_second").doubleValue() / MEGA;
    return payload * FRAME_BYTES / told.getJsonObject("start").getInt("tcp_mss_default");
  }

  private static void assertHolds(int limit, double measured, String what) {
    assertEquals(limit, measured, WITHIN * limit, what);
  }

  @Test
  @Tag("alone")
  void twoDevicesAreHeldToTheirLimitsUpAndDownAtOnce() throws Exception {
    try (Household home = gateway(2);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var source = home.start("off", "ip");
      assertEnforced(source, 1, 5, 50);
      assertEnforced(source, 2, 50, 5);

      List<Double> down = atOnce(threads, home, "-R");
      List<Double> up = atOnce(threads, home, "");

      assertHolds(5, down.get(0), "down to the first");
      assertHolds(50, down.get(1), "down to the second");
      assertHolds(50, up.get(0), "up from the first");
      assertHolds(5, up.get(1), "up from the second");
    }
  }

  private static List<Double> atOnce(ExecutorService threads, Household home, String way)
      throws Exception {
    Future<Double> first = threads.submit(() -> measured(home, 1, 5201, way));
    Future<Double> second = threads.submit(() -> measured(home, 2, 5202, way));
    return List.of(first.get(), second.get());
  }

  @Test
  @Tag("alone")
  void aLimitThatIsRemovedLeavesTheKernelAsItWasAndTheDeviceAtFullSpeed() throws Exception {
    try (Household home = gateway(1)) {
      String before = state(home);
      var source = home.start("off", "ip");
      assertEnforced(source, 1, 5, 5);
      assertTrue(!state(home).equals(before), "the limit shows in the kernel");

      String told = limit(source, 1, 0, 0);

      assertTrue(told.contains("Applied[inForce=null"), told);
      assertEquals("", source.ask("limits"));
      assertEquals(before, state(home));
      assertTrue(measured(home, 1, 5201, "-R") > 500, "full speed down");
      assertTrue(measured(home, 1, 5202, "") > 500, "full speed up");
    }
  }

  private static String state(Household home) throws Exception {
    return home.output("nft -s list ruleset; tc qdisc show; ip -br link | awk '{ print $1 }'");
  }

  @Test
  void aKilledProcessLeavesALimitThatHoldsAndThatTheNextOneKnows() throws Exception {
    try (Household home = gateway(1)) {
      var killed = home.start("off", "ip");
      assertEnforced(killed, 1, 20, 10);

      killed.kill();

      assertHolds(20, measured(home, 1, 5201, "-R"), "down, without MHS");
      var next = home.start("off", "ip");
      String known = next.ask("limits");
      assertTrue(
          known.startsWith(Household.mac(1))
              && known.contains("down 20000000 bit/s up 10000000 bit/s enforced"),
          known);
      assertHolds(10, measured(home, 1, 5202, ""), "up, under the next");
    }
  }

  @Test
  void aDeviceKeepsItsLimitWithAnotherAddressAndOverIpv6() throws Exception {
    try (Household home = gateway(1)) {
      home.speakIpv6(1);
      var source = home.start("off", "ip");
      assertEnforced(source, 1, 20, 10);

      assertHolds(20, measured(home, 1, 5201, "-R -B fd66::11 -6 -c fd67::2"), "down, IPv6");
      assertHolds(10, measured(home, 1, 5201, "-B fd66::11 -6 -c fd67::2"), "up, IPv6");
      home.in("c1", "ip address flush dev e0 scope global");
      home.in("c1", "ip address add 10.66.0.99/24 dev e0; ip route add default via 10.66.0.1");

      assertHolds(20, measured(home, 1, 5201, "-R"), "down, with another address");
      assertHolds(10, measured(home, 1, 5201, ""), "up, with another address");
    }
  }

  @Test
  void theTwoRightsOfTheServiceAreEnough() throws Exception {
    try (Household home = gateway(1)) {
      String before = state(home);
      var rights = List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all,+net_admin,+net_raw");
      var source = home.start("off", "ip", "auto", rights);

      assertEnforced(source, 1, 5, 5);
      assertHolds(5, measured(home, 1, 5201, ""), "up");
      limit(source, 1, 0, 0);
      assertEquals(before, state(home));
    }
  }

  @Test
  @Tag("alone")
  void whatStaysWithinTheHouseholdIsNotSlowedDown() throws Exception {
    try (Household home = gateway(1)) {
      home.serve("home", "Server listening", "iperf3", "-s", "-p", "5205", "--forceflush");
      var source = home.start("off", "ip");
      assertEnforced(source, 1, 5, 5);

      assertTrue(measured(home, 1, 5205, "-R -c 10.66.0.1") > 100, "down from the gateway itself");
      assertTrue(measured(home, 1, 5205, "-c 10.66.0.1") > 100, "up to the gateway itself");
    }
  }

  @Test
  void aQueueOfTheUsersStaysAndIsNamed() throws Exception {
    try (Household home = gateway(1)) {
      home.inHome("tc qdisc add dev lan0 root handle 7: tbf rate 900mbit burst 1mb latency 50ms");
      home.inHome("tc qdisc add dev wan0 root handle 8: tbf rate 900mbit burst 1mb latency 50ms");
      String before = state(home);
      var source = home.start("off", "ip");

      String told = limit(source, 1, 5, 5);

      assertTrue(
          told.contains("Refused") && told.contains("lan0 has a queue of its own (tbf 7:)"), told);
      assertEquals(before, state(home));
      assertEnforced(source, 1, 0, 5);
      assertHolds(5, measured(home, 1, 5201, ""), "up, past a queue of the user's");
    }
  }

  @Test
  void aFirewallThatIsReloadedAndABridgeThatIsMadeAnewAreMended() throws Exception {
    try (Household home = gateway(1)) {
      var source = home.start("off", "ip");
      assertEnforced(source, 1, 20, 10);
      home.inHome("tc qdisc del dev lan0 root; ip link del mhs-up; nft flush ruleset");
      home.translate();

      String told = source.ask("limits");

      assertTrue(told.contains("enforced"), told);
      assertHolds(20, measured(home, 1, 5201, "-R"), "down");
      assertHolds(10, measured(home, 1, 5201, ""), "up");
    }
  }
}
