package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mhs.source.local.count.Way;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All ways of counting at once on one router, on the same traffic, beside the counters of the
 * devices' own interfaces; and what is left where rights or programs are missing.
 */
@Tag("netns")
class WaysOfCountingIT {
  private static final int CLIENTS = 3;

  /** Beside the traffic of a test: ARP, and what a connection of control says. */
  private static final long SLACK = 60_000;

  /** What 64,000 addresses, and reading them, may take. */
  private static final long MEMORY_KILOBYTES = 20_000;

  /** A packet to the world. */
  private static final String HELLO = "exec 3<>/dev/udp/10.67.0.2/9; echo hello >&3";

  private static final Pattern DELTA =
      Pattern.compile("10\\.66\\.0\\.1([1-3]) .*downloadBytes=(\\d+), uploadBytes=(\\d+), over=");

  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  /** What a way counted for each client, added up over its readings. */
  private static final class Counter {
    private final Household.Asked source;
    private final Way way;
    final long[] down = new long[CLIENTS + 1];
    final long[] up = new long[CLIENTS + 1];
    long kilobytesBefore;

    Counter(Household home, Way way) throws Exception {
      this.way = way;
      source = home.start("off", "ip", way.word());
      assertTrue(said("bandwidth").contains("method " + way.word() + "\n"), said("findings"));
    }

    String said(String question) {
      return source.ask(question);
    }

    void read() {
      String reading = said("bandwidth");
      assertTrue(reading.contains("method " + way.word() + "\n"), reading + said("findings"));
      for (String line : reading.lines().toList()) {
        Matcher delta = DELTA.matcher(line);
        if (delta.find()) {
          int client = Integer.parseInt(delta.group(1));
          down[client] += Long.parseLong(delta.group(2));
          up[client] += Long.parseLong(delta.group(3));
        }
      }
    }

    void noteMemory() throws IOException {
      kilobytesBefore = source.residentKilobytes();
    }

    double within() {
      return way == Way.PCAP ? 0.05 : 0.02;
    }
  }

  private static Household router() throws Exception {
    Household home = Household.of(CLIENTS);
    try {
      home.openToTheWorld(CLIENTS);
      home.inHome("sysctl -q -w net.netfilter.nf_conntrack_acct=1");
      for (int client = 1; client <= CLIENTS; client++) {
        String port = "520" + client;
        home.serve("world", "Server listening", "iperf3", "-s", "-p", port, "--forceflush");
      }
      return home;
    } catch (Exception failed) {
      home.close();
      throw failed;
    }
  }

  private static Map<Way, Counter> all(Household home) throws Exception {
    // The first packets make the connections that the tracker shows.
    home.in("c1", HELLO, "bash");
    Map<Way, Counter> counters = new EnumMap<>(Way.class);
    for (Way way : Way.values()) {
      counters.put(way, new Counter(home, way));
    }
    return counters;
  }

  private static boolean isClose(long expected, long counted, double within) {
    return Math.abs(expected - counted) <= within * expected + SLACK;
  }

  private static void assertClose(long expected, long counted, double within, String what) {
    assertEquals((double) expected, (double) counted, within * expected + SLACK, what);
  }

  private static void assertRight(Household home, Map<Way, Counter> counters, long[][] before)
      throws Exception {
    long[][] now = own(home);
    for (Counter each : counters.values()) {
      for (int client = 1; client <= CLIENTS; client++) {
        assertRight(
            each, client, now[client][0] - before[client][0], now[client][1] - before[client][1]);
      }
    }
  }

  /** The heads of the last packets come a tenth of a second late, or later on a busy machine. */
  private static void assertRight(Counter counter, int client, long down, long up)
      throws InterruptedException {
    double within = counter.within();
    Await.happens(
        () -> {
          counter.read();
          return counter.way != Way.PCAP
              || (isClose(down, counter.down[client], within)
                  && isClose(up, counter.up[client], within));
        },
        5);
    String who = counter.way + ", client " + client;
    assertClose(down, counter.down[client], within, "down: " + who);
    assertClose(up, counter.up[client], within, "up: " + who);
  }

  private static long[][] own(Household home) throws Exception {
    long[][] own = new long[CLIENTS + 1][];
    for (int client = 1; client <= CLIENTS; client++) {
      own[client] = new long[] {home.counter(client, "rx_bytes"), home.counter(client, "tx_bytes")};
    }
    return own;
  }

  private static String flow(int client, int megabits, int seconds, String more) {
    return "iperf3 -c 10.67.0.2 -p 520%d -b %dM -t %d %s >/dev/null"
        .formatted(client, megabits, seconds, more);
  }

  @Test
  @Tag("alone")
  void eachWayCountsWhatTheDevicesInterfacesDoAtAnyRate() throws Exception {
    try (Household home = router()) {
      Map<Way, Counter> counters = all(home);
      long[][] before = own(home);

      for (int megabits : List.of(5, 50, 500)) {
        for (String way : List.of("", "-R")) {
          home.in("c1", flow(1, megabits, 2, way));
          assertRight(home, counters, before);
        }
      }
      long moved = home.counter(1, "rx_bytes") - before[1][0];
      assertTrue(moved > 100_000_000, "the traffic did flow: " + moved);
    }
  }

  @Test
  void overAMinuteOfSeveralDevicesAtOnceNoByteIsLost() throws Exception {
    try (Household home = router()) {
      Map<Way, Counter> counters = all(home);
      long[][] before = own(home);
      Process[] flows = {
        home.begin("c1", flow(1, 50, 60, "")),
        home.begin("c2", flow(2, 50, 60, "-R")),
        home.begin("c3", flow(3, 5, 60, "-u -l 300"))
      };

      for (Process flow : flows) {
        while (!flow.waitFor(2, TimeUnit.SECONDS)) {
          counters.values().forEach(Counter::read);
        }
        assertEquals(0, flow.exitValue());
      }

      assertRight(home, counters, before);
      assertTrue(home.counter(1, "tx_bytes") - before[1][1] > 350_000_000);
    }
  }

  @Test
  void whatStaysWithinTheHouseholdIsNeverCounted() throws Exception {
    try (Household home = router()) {
      home.serve("c2", "Server listening", "iperf3", "-s", "-p", "5209", "--forceflush");
      Map<Way, Counter> counters = all(home);
      long before = home.counter(1, "tx_bytes");

      home.in("c1", "iperf3 -c 10.66.0.12 -p 5209 -b 50M -t 2 >/dev/null");

      assertTrue(home.counter(1, "tx_bytes") - before > 10_000_000, "the traffic did flow");
      for (Counter each : counters.values()) {
        each.read();
        assertTrue(each.up[1] < SLACK && each.down[2] < SLACK, () -> each.way + " counted it");
      }
    }
  }

  @Test
  @Tag("alone")
  void strangersWhoMakeUpPacketsNeitherStopTheCountingNorHideADevice() throws Exception {
    try (Household home = router()) {
      home.speakIpv6(CLIENTS);
      Map<Way, Counter> counters = all(home);
      long[][] before = own(home);
      for (Counter each : counters.values()) {
        each.read();
        each.noteMemory();
      }
      Process hostile = home.beginJava("c2", HostileSender.class, "e0", home.macOfHome());

      home.in("c1", flow(1, 50, 4, ""));
      home.in("c1", flow(1, 50, 4, "-R"));

      assertEquals(0, hostile.waitFor());
      long down = home.counter(1, "rx_bytes") - before[1][0];
      long up = home.counter(1, "tx_bytes") - before[1][1];
      for (Counter each : counters.values()) {
        assertRight(each, 1, down, up);
        long grown = each.source.residentKilobytes() - each.kilobytesBefore;
        assertTrue(grown < MEMORY_KILOBYTES, each.way + " has grown by " + grown + " kB");
      }
    }
  }

  private static List<String> without(String file) {
    return List.of("sh", "-c", "mount --bind /dev/null \"$0\" && exec \"$@\"", file);
  }

  private static List<String> with(String rights) {
    return List.of("setpriv", "--inh-caps=-all", "--bounding-set=" + rights);
  }

  private static String method(Household home, List<String> through) throws Exception {
    var source = home.start("off", "ip", "auto", through);
    String told = source.ask("bandwidth").lines().findFirst().orElse("") + "\n";
    assertTrue(source.ask("ports").contains("lan0 bridge"), "ports are told in any case");
    told += source.ask("limits") + source.ask("findings");
    source.end();
    return told;
  }

  @Test
  void whatIsMissingIsMadeUpForByTheNextBestWayAndSaid() throws Exception {
    try (Household home = router()) {
      home.in("c1", HELLO, "bash");
      String nft = home.output("readlink -f $(command -v nft)").strip();

      String all = method(home, List.of());
      assertTrue(all.startsWith("method nftables\n"), all);

      String noNft = method(home, without(nft));
      assertTrue(noNft.startsWith("method conntrack\n"), noNft);
      assertTrue(noNft.contains("nft is not installed"), noNft);

      home.inHome("sysctl -q -w net.netfilter.nf_conntrack_acct=0");
      String onlyRaw = method(home, with("-all,+net_raw"));
      assertTrue(onlyRaw.startsWith("method pcap\n"), onlyRaw);

      String nothing = method(home, with("-all"));
      assertTrue(nothing.startsWith("method interface\n"), nothing);
      assertTrue(nothing.contains("the traffic of devices is not counted: "), nothing);
      assertTrue(nothing.contains("CAP_NET_RAW"), nothing);
      assertTrue(nothing.contains("devices cannot be slowed down"), nothing);
    }
  }

  @Test
  void withoutLibpcapItStillStartsAndSaysSo() throws Exception {
    try (Household home = router()) {
      String library =
          home.output("readlink -f $(ldconfig -p | sed -n 's/.*libpcap.so.* => //p' | head -n 1)")
              .strip();
      var source = home.start("off", "ip", "pcap", without(library));

      assertTrue(source.ask("bandwidth").startsWith("method interface\n"));
      String findings = source.ask("findings");
      assertTrue(findings.contains("libpcap is not installed"), findings);
    }
  }

  @Test
  void captureThatCannotKeepUpCallsItsRatesEstimates() throws Exception {
    try (Household home = router()) {
      var source = home.start("off", "ip", "pcap");
      assertTrue(source.ask("bandwidth").startsWith("method pcap\n"));

      source.halt(true);
      // More heads than the kernel keeps for it.
      home.in("c1", "iperf3 -c 10.67.0.2 -p 5201 -u -l 16 -b 100M -k 150000 >/dev/null");
      source.halt(false);

      assertTrue(source.ask("bandwidth").startsWith("method pcap (estimated)\n"));
      assertTrue(source.ask("findings").contains("packets went by uncounted lately"));
      assertTrue(source.ask("bandwidth").startsWith("method pcap\n"), "it keeps up again");
    }
  }
}
