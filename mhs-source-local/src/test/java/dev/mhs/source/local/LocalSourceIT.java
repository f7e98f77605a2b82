package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real source among real neighbors, in network namespaces. */
@Tag("netns")
class LocalSourceIT {
  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  @Test
  void aSweepFindsEverybodyAndNoticesWhoLeaves() throws Exception {
    try (Household home = Household.of(3)) {
      var source = home.look("active", "ip", "ping");

      for (int client = 1; client <= 3; client++) {
        int one = client;
        Await.until(() -> source.tells(one, "NEIGHBOR_REACHABLE"));
      }
      assertEquals(4, source.ask("devices").lines().count(), "three clients and ourselves");

      home.in("c3", "ip link set e0 down");
      Await.until(() -> source.tells(3, "NEIGHBOR_FAILED"), 60);
      assertFalse(source.tells(1, "NEIGHBOR_FAILED"));

      home.in("c3", "ip link set e0 up");
      Await.until(() -> source.tells(3, "NEIGHBOR_REACHABLE"), 60);
    }
  }

  @Test
  void withoutIpTheProcTableProvesAndDeniesToo() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.look("active", "proc", "ping");

      Await.until(() -> source.tells(1, "ANSWERED"));
      Await.until(() -> source.tells(2, "ANSWERED"));

      home.in("c2", "ip link set e0 down");
      Await.until(() -> source.tells(2, "NEIGHBOR_FAILED"), 90);
      assertFalse(source.tells(1, "NEIGHBOR_FAILED"));
    }
  }

  @Test
  void passiveSendsNothingAndSeesWhoTalksToUs() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.start("passive", "ip");
      for (int round = 0; round < 20; round++) {
        assertFalse(source.tells(2, ""));
      }
      assertEquals("0", sent(home).strip());

      home.in("c2", "exec 3<>/dev/udp/10.66.0.1/9; echo hello >&3", "bash");

      Await.until(() -> source.tells(2, "NEIGHBOR_"));
      assertFalse(source.tells(1, "NEIGHBOR_"));
    }
  }

  private static String sent(Household home) throws Exception {
    return home.output("cat /sys/class/net/lan0/statistics/tx_packets");
  }

  @Test
  void theBridgeIsTheWanAndItsMembersAreListed() throws Exception {
    try (Household home = Household.of(2)) {
      var source = home.start("off", "ip");

      assertEquals(
          List.of("lan0 bridge wan", "p1 veth", "p2 veth"),
          source.ask("ports").lines().sorted().toList());
    }
  }
}
