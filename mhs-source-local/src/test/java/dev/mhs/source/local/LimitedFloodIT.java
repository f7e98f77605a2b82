package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

  /** Megabits per second, down or up, while the client floods for 3 s. */
  private static double measured(Household home, Household.Asked source, boolean down)
      throws Exception {
    source.ask("bandwidth");
    home.in("c1", "iperf3 -c 10.67.0.2 -u -b 40M -t 3 " + (down ? "-R" : "") + " >/dev/null");
    String told = source.ask("bandwidth");
    Matcher delta = DELTA.matcher(told);
    assertTrue(delta.find(), told);
    return Long.parseLong(delta.group(down ? 1 : 2)) * 8 / 1e6 / Double.parseDouble(delta.group(3));
  }

  @Test
  void whatIsMeasuredIsWhatPassedNotWhatWasThrownAway() throws Exception {
    try (Household home = Household.of(1)) {
      home.openToTheWorld(1);
      home.serve("world", "Server listening", "iperf3", "-s", "--forceflush");
      var source = home.start("passive", "ip");
      home.in("c1", "exec 3<>/dev/udp/10.66.0.1/9; echo hello >&3", "bash");
      Await.until(() -> source.line(Household.mac(1)).contains("10.66.0.11"));
      String limited = source.ask("limit " + Household.mac(1) + " 10.66.0.11 5 5");
      assertTrue(limited.contains("enforced=true"), limited);

      double up = measured(home, source, false);
      double down = measured(home, source, true);

      assertTrue(up > 2 && up < 5.5, "up: " + up);
      assertTrue(down > 2 && down < 5.5, "down: " + down);
    }
  }
}
