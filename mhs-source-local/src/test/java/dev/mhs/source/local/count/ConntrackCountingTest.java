package dev.mhs.source.local.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.FixtureTree;
import dev.mhs.source.local.count.CountingPlan.Sight;
import dev.mhs.source.local.count.KernelCounting.Look;
import dev.mhs.source.local.read.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConntrackCountingTest {
  private static final InetAddress TV = IpLiteral.of("10.0.0.7");
  private static final InetAddress NAS = IpLiteral.of("fd00::8");
  private static final CountingPlan PLAN = plan();

  private final Path folder;
  private final FixtureTree tree;
  private final List<String> ran = new ArrayList<>();
  private Outcome asked =
      new Outcome.Failed(
          "conntrack v1.4.7 (conntrack-tools): Operation failed: Operation not permitted");
  private ConntrackCounting counting;

  ConntrackCountingTest(@TempDir Path folder) {
    this.folder = folder;
    tree =
        new FixtureTree(folder)
            .file("proc/sys/net/ipv4/ip_forward", "1\n")
            .file("proc/sys/net/netfilter/nf_conntrack_acct", "1\n");
    counting = new ConntrackCounting(tree.files(), List.of(folder), this::run);
  }

  @BeforeEach
  void aTable() {
    table(tcp(10, 1_000, 20, 20_000), UDP6);
  }

  private Outcome run(List<String> command) {
    ran.add(String.join(" ", command.subList(1, command.size())));
    return asked;
  }

  private static CountingPlan plan() {
    Set<Network> household =
        Set.of(Network.of(IpLiteral.of("10.0.0.1"), 24), Network.of(IpLiteral.of("fd00::1"), 64));
    return new CountingPlan(
        Set.of("lan0"), Set.of("lan0"), Set.of(), household, household, Sight.ALL, Set.of(2));
  }

  /** As Linux 6.18 prints it, with the counters given. */
  private static String tcp(long sentPackets, long sent, long receivedPackets, long received) {
    return "ipv4     2 tcp      6 431999 ESTABLISHED src=10.0.0.7 dst=8.8.8.8 sport=40000 dport=443"
        + " packets=%d bytes=%d src=8.8.8.8 dst=192.0.2.1 sport=443 dport=40000 packets=%d bytes=%d"
            .formatted(sentPackets, sent, receivedPackets, received)
        + " [ASSURED] mark=0 zone=0 use=2";
  }

  /** From outside, to a device behind the firewall. */
  private static final String UDP6 =
      "ipv6     10 udp      17 29 src=2001:0db8:0000:0000:0000:0000:0000:0001"
          + " dst=fd00:0000:0000:0000:0000:0000:0000:0008 sport=5 dport=6 packets=1 bytes=100"
          + " src=fd00:0000:0000:0000:0000:0000:0000:0008"
          + " dst=2001:0db8:0000:0000:0000:0000:0000:0001 sport=6 dport=5 packets=2 bytes=50"
          + " mark=0 zone=0 use=2";

  private void table(String... lines) {
    tree.file("proc/net/nf_conntrack", String.join("\n", lines) + "\n");
  }

  private Look.Counted look() throws InterruptedException {
    return assertInstanceOf(Look.Counted.class, counting.look(PLAN));
  }

  private String refusal() throws InterruptedException {
    return assertInstanceOf(Look.Unavailable.class, counting.look(PLAN)).why();
  }

  @Test
  void whatWasMovedBeforeTheFirstLookDoesNotCount() throws InterruptedException {
    Look.Counted first = look();

    assertTrue(first.began());
    assertEquals(Map.of(), first.counts());
    assertEquals(Way.CONNTRACK, first.way());
  }

  @Test
  void growthIsCountedAsFramesForTheHouseholdsEnd() throws InterruptedException {
    look();
    table(tcp(15, 1_500, 30, 30_000), UDP6.replace("bytes=100", "bytes=300"));

    Map<InetAddress, Counts> counts = look().counts();

    assertEquals(new Counts(10_000 + 10 * 14, 500 + 5 * 14), counts.get(TV));
    assertEquals(new Counts(200, 0), counts.get(NAS));
  }

  @Test
  void aNewConnectionCountsInFullAndOneThatBeganAnewToo() throws InterruptedException {
    table(UDP6);
    look();
    table(tcp(10, 1_000, 20, 20_000), UDP6);
    assertEquals(new Counts(20_280, 1_140), look().counts().get(TV));
    table(tcp(1, 100, 1, 100), UDP6); // the same ports again

    assertEquals(new Counts(20_280 + 114, 1_140 + 114), look().counts().get(TV));
  }

  @Test
  void aConnectionThatEndedTakesNothingAway() throws InterruptedException {
    look();
    table(tcp(15, 1_500, 30, 30_000), UDP6);
    Counts before = look().counts().get(TV);
    table(UDP6);

    assertEquals(before, look().counts().get(TV));
  }

  @Test
  void whatStaysWithinTheHouseholdIsLeftOut() throws InterruptedException {
    String within =
        tcp(10, 1_000, 20, 20_000).replace("8.8.8.8", "10.0.0.9").replace("192.0.2.1", "10.0.0.7");
    table(UDP6);
    look();
    table(within, UDP6);

    assertEquals(new Counts(0, 0), look().counts().getOrDefault(TV, Counts.NONE));
  }

  @Test
  void noPrefixOfALineFails() throws InterruptedException {
    look();
    String line = tcp(10, 1_000, 20, 20_000);
    for (int length = 0; length < line.length(); length++) {
      table(line.substring(0, length), UDP6);
      look();
    }
  }

  @Test
  void whatIsMissingIsSaidWithWhatMendsIt() throws InterruptedException {
    tree.file("proc/sys/net/netfilter/nf_conntrack_acct", "0\n");
    assertEquals(
        new Look.Unavailable(
            "the kernel does not count by connection",
            "sysctl -w net.netfilter.nf_conntrack_acct=1"),
        counting.look(PLAN));

    tree.file("proc/sys/net/ipv4/ip_forward", "0\n");
    assertTrue(refusal().contains("does not route"));
  }

  @Test
  void anEmptyTableMeansThatNothingIsTracked() throws InterruptedException {
    tree.file("proc/net/nf_conntrack", "");

    assertEquals("no rule of the firewall has the kernel track connections", refusal());
  }

  @Test
  void whereTheFileIsNotThereTheProgramIsAsked() throws InterruptedException, IOException {
    tree.remove("proc/net/nf_conntrack");
    assertEquals("conntrack is not installed", refusal());
    assertTrue(Files.createFile(folder.resolve("conntrack")).toFile().setExecutable(true));
    assertTrue(refusal().contains("Operation not permitted"));
    asked = new Outcome.Printed(tcp(10, 1_000, 20, 20_000).substring(11) + "\n");

    assertTrue(look().began());
    assertEquals(List.of("-L -f ipv4", "-L -f ipv6"), ran.subList(1, 3));
  }
}
