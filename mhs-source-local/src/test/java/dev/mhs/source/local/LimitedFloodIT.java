package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who sends, or is sent, more than a limit allows, without heeding what gets lost. */
@Tag("netns")
class LimitedFloodIT {
  private static final Pattern DELTA =
      Pattern.compile(
          "10\\.66\\.0\\.11 .*downloadBytes=(\\d+), uploadBytes=(\\d+), over=PT([0-9.]+)S");

  @BeforeAll
  static void namespacesCanBeMade() {
    boolean possible = Household.possible();
    assertTrue(
        possible || !"true".equals(System.getenv("CI")),
        "network namespaces are needed: run as root with iproute2 installed");
    assumeTrue(
        possible, "SKIPPED: network namespaces are needed: run as root with iproute2 installed");
  }

  /** What was measured between two readings. */
  private record Window(long bytes, double seconds) {}

  private static Window window(Household.Asked source, boolean down) {
    Matcher delta = DELTA.matcher(source.ask("bandwidth"));
    return delta.find()
        ? new Window(Long.parseLong(delta.group(down ? 1 : 2)), Double.parseDouble(delta.group(3)))
        : new Window(0, 0);
  }

  /** Returns the bytes that have come through the queue, as the interface behind it counts. */
  private static long arrived(Household home, boolean down) throws Exception {
    String counter = "cat /sys/class/net/e0/statistics/rx_bytes";
    return Long.parseLong(home.output(down ? "c1" : "world", counter).strip());
  }

  private static boolean nothingWaits(Household home, boolean down) {
    try {
      return home.output("tc -s class show dev " + (down ? "lan0" : "mhs-up"))
          .lines()
          .filter(line -> line.contains("backlog"))
          .allMatch(line -> line.contains("backlog 0b"));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void assertAllMeasured(long arrived, long measured, String what) {
    assertTrue(Math.abs(arrived - measured) < arrived / 50, arrived + " arrived: " + what);
  }

  /** Floods for 4 s and reads twice a second. */
  private static void assertMeasuredIsWhatArrived(
      Household home, Household.Asked source, boolean down) throws Exception {
    source.ask("bandwidth");
    long before = arrived(home, down);
    Process flood =
        home.begin(
            "c1", "iperf3 -c 10.67.0.2 -u -b 40M -t 4 " + (down ? "-R" : "") + " >/dev/null");
    List<Window> windows = new ArrayList<>();
    while (!flood.waitFor(500, TimeUnit.MILLISECONDS)) {
      windows.add(window(source, down));
    }
    Await.until(() -> nothingWaits(home, down));
    windows.add(window(source, down));
    long arrived = arrived(home, down) - before;

    String way = (down ? "down " : "up ") + windows;
    assertAllMeasured(arrived, windows.stream().mapToLong(Window::bytes).sum(), way);
    assertTrue(windows.size() >= 6, way);
    // Together: when each reading was made is known no better than a busy machine lets us.
    List<Window> full = windows.subList(2, 6);
    long bytes = full.stream().mapToLong(Window::bytes).sum();
    double seconds = full.stream().mapToDouble(Window::seconds).sum();
    assertEquals(5, bytes * 8 / 1e6 / seconds, 0.5, way);
  }

  /** Something that is done while a client is held to 5 Mbit/s. */
  private interface Flood {
    void flow(Household home, Household.Asked source) throws Exception;
  }

  private static void whileLimited(Flood flood) throws Exception {
    try (Household home = Household.of(1)) {
      home.openToTheWorld(1);
      var source = home.start("passive", "ip");
      home.in("c1", "exec 3<>/dev/udp/10.66.0.1/9; echo hello >&3", "bash");
      Await.until(() -> source.line(Household.mac(1)).contains("10.66.0.11"));
      String limited = source.ask("limit " + Household.mac(1) + " 10.66.0.11 5 5");
      assertTrue(limited.contains("enforced=true"), limited);
      flood.flow(home, source);
    }
  }

  @Test
  void whatIsMeasuredIsWhatPassedNotWhatWasThrownAway() throws Exception {
    whileLimited(
        (home, source) -> {
          home.serve("world", "Server listening", "iperf3", "-s", "--forceflush");
          assertMeasuredIsWhatArrived(home, source, false);
          assertMeasuredIsWhatArrived(home, source, true);
        });
  }

  @Test
  void whatWaitsWhileNothingNewComesIsMeasuredWhenItPasses() throws Exception {
    whileLimited(
        (home, source) -> {
          home.in(
              "world",
              "nft 'table ip silent {\nchain in {\ntype filter hook input priority 0;"
                  + " udp dport 9 drop\n}\n}'");
          source.ask("bandwidth");
          long before = arrived(home, false);
          home.in(
              "c1",
              "exec 3>/dev/udp/10.67.0.2/9; dd if=/dev/zero bs=1400 count=80 status=none >&3",
              "bash");
          long first = window(source, false).bytes();
          Await.until(() -> nothingWaits(home, false));
          long rest = window(source, false).bytes();

          long arrived = arrived(home, false) - before;
          assertTrue(arrived > 80 * 1400, "all arrived, but " + arrived);
          assertAllMeasured(arrived, first + rest, first + " and " + rest);
        });
  }
}
