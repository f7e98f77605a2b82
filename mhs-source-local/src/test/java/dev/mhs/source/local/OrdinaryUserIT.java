package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All of it as an ordinary user: with the two rights that the service has, and without any. */
@Tag("netns")
class OrdinaryUserIT {
  private static final List<String> BOTH = OrdinaryUser.with(List.of("net_raw", "net_admin"));
  private static final List<String> NONE = OrdinaryUser.with(List.of());

  private static OrdinaryUser user;
  private static Household home;

  @BeforeAll
  static void buildAHome() throws Exception {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
    user = new OrdinaryUser();
    home = Household.of(2);
    home.openToTheWorld(2);
    home.inHome("sysctl -q -w net.netfilter.nf_conntrack_acct=1");
  }

  @AfterAll
  static void leaveNothing() throws Exception {
    if (home != null) {
      home.close();
    }
    if (user != null) {
      user.close();
    }
  }

  private static Household.Asked start(List<String> rights, String scan, String counting)
      throws Exception {
    return home.startAs(user, rights, scan, counting, "nmap,arp,ping");
  }

  private static String state() throws Exception {
    return home.output("nft -s list ruleset; tc qdisc show; ip -br link | awk '{ print $1 }'");
  }

  /** The second client says something to the world, in a packet whose size is known. */
  private static void talk() throws Exception {
    home.in("c2", "head -c 1400 /dev/zero >/dev/udp/10.67.0.2/9", "bash");
  }

  @Test
  void withTwoRightsEverybodyIsFoundCountedInTheKernelAndSlowedDown() throws Exception {
    String before = state();
    var source = start(BOTH, "active", "nftables");
    assertTrue(source.ask("bandwidth").startsWith("method nftables"), source.ask("findings"));

    for (int client = 1; client <= 2; client++) {
      String mac = Household.mac(client);
      Await.until(() -> source.line(mac).contains("by nmap+arp"), 60);
      assertTrue(source.line(mac).contains("ANSWERED"), source.line(mac));
    }
    talk();
    String counted = source.ask("bandwidth");
    assertTrue(counted.contains("uploadBytes=1442"), counted);
    String limited = source.ask("limit " + Household.mac(2) + " 10.66.0.12 5 5");
    assertTrue(limited.contains("Applied") && limited.contains("enforced=true"), limited);
    source.ask("limit " + Household.mac(2) + " 10.66.0.12 0 0");
    source.end();

    assertEquals(before, state());
  }

  @Test
  void withTwoRightsConnectionsAndHeadsOfPacketsAreCountedToo() throws Exception {
    talk();
    for (String way : List.of("conntrack", "pcap")) {
      var source = start(BOTH, "off", way);
      String begun = source.ask("bandwidth");
      assertTrue(begun.startsWith("method " + way + "\n"), begun + source.ask("findings"));
      talk();
      Await.until(() -> source.ask("bandwidth").contains("uploadBytes=1442"));
      source.end();
    }
  }

  @Test
  void withoutAnyRightItStartsListsEverybodyAndSaysWhatIsMissing() throws Exception {
    home.inHome("ip neigh flush dev lan0"); // whom others met before
    var source = start(NONE, "active", "auto");

    String counted = source.ask("bandwidth");
    assertTrue(counted.startsWith("method interface\n"), counted);
    Await.until(() -> source.tells(1, "NEIGHBOR_REACHABLE"), 60);
    Await.until(() -> source.tells(2, "NEIGHBOR_REACHABLE"), 60);
    assertTrue(source.ask("ports").contains("lan0 bridge"), source.ask("ports"));
    assertEquals("no limits\n", source.ask("limits"));
    String findings = source.ask("findings");
    assertTrue(findings.contains("may not hear frames (CAP_NET_RAW)"), findings);
    assertTrue(findings.contains("the traffic of devices is not counted: "), findings);
    assertTrue(findings.contains("devices cannot be slowed down"), findings);
    assertTrue(findings.contains("sudo setpriv"), findings);
    assertFalse(findings.contains("sudo ./mhs"), "it never asks for root: " + findings);
  }
}
