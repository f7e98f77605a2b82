package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Box;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.source.routeros.limit.FastTrack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a router is asked, over half an hour of all four capabilities at their own pace. */
class KindnessTest {
  private static final Duration LONG = Duration.ofMinutes(30);

  @TempDir Path storage;
  private final FakeHousehold home = new FakeHousehold(50);

  /** A capability and when it is due. */
  private static final class Turn {
    private final Question question;
    private final Supplier<Cadence> cadence;
    private Duration due;

    Turn(Question question, Supplier<Cadence> cadence, Duration first) {
      this.question = question;
      this.cadence = cadence;
      this.due = first;
    }
  }

  @FunctionalInterface
  private interface Question {
    Poll<?> ask() throws InterruptedException;
  }

  /** Which capability comes first is left to chance: just before another is long after it. */
  @ParameterizedTest
  @ValueSource(longs = {50, 150, 5_000, 9_900})
  void nobodyWatchingFiftyDevicesOfBothFamiliesCostHalfARequestASecond(long portsAfter)
      throws Exception {
    home.session
        .with("ip/firewall/connection", "[]")
        .with("ipv6/firewall/connection", "[]")
        .with("ipv6/address", "[{'address':'2001:db8::1/64','interface':'bridge'}]")
        .with("ipv6/neighbor", "[]")
        .with("ip/dhcp-server/lease", "[]")
        .with("interface/bridge/host", "[]")
        .with("interface/wifi/registration-table", "[]")
        .with("ip/dns/static", "[]")
        .with("system/routerboard", "{'model':'hAP','serial-number':'HE1'}")
        .with("system/identity", "{'name':'attic'}")
        .with("queue/simple", "[]")
        .with("ip/firewall/filter", "[]")
        .with("ipv6/firewall/filter", "[]")
        .with("ip/settings", "{'allow-fast-path':'true'}");

    double perSecond = run(false, portsAfter) / (double) LONG.toSeconds();

    assertTrue(perSecond <= 0.5, "requests per second: " + perSecond + ", of " + counts());
    assertEquals(List.of(), home.session.writes());
  }

  @Test
  void theInterfacesAreReadOnceForTheLineAndThePorts() throws Exception {
    home.session.with("ip/firewall/connection", "[]").with("queue/simple", "[]");

    run(true, 200);

    long looks = home.session.count("ip/firewall/connection");
    assertTrue(
        home.session.count("interface") <= looks * 1.2,
        home.session.count("interface") + " readings of the interfaces at " + looks + " looks");
  }

  private long run(boolean watched, long portsAfterMillis) throws InterruptedException {
    RouterBandwidth bandwidth = new RouterBandwidth(home.router, storage);
    RouterDevices devices = new RouterDevices(home.router);
    RouterPorts ports = new RouterPorts(home.router, "mikrotik", Box.Role.ROUTER);
    RouterLimits limits =
        new RouterLimits(home.router, FastTrack.Mode.EXPLAIN, System.getLogger("test"));
    List<Turn> turns =
        List.of(
            new Turn(devices::devices, devices::cadence, Duration.ofMillis(0)),
            new Turn(bandwidth::bandwidth, bandwidth::cadence, Duration.ofMillis(100)),
            new Turn(ports::ports, ports::cadence, Duration.ofMillis(portsAfterMillis)),
            new Turn(limits::limits, limits::cadence, Duration.ofMillis(300)));
    Duration now = Duration.ZERO;
    while (now.compareTo(LONG) < 0) {
      Turn next = first(turns);
      home.pass(next.due.minus(now), 0);
      now = next.due;
      assertInstanceOf(Poll.Ok.class, next.question.ask());
      next.due = now.plus(next.cadence.get().pause(watched)).plusMillis(20);
    }
    return home.session.count();
  }

  private static Turn first(List<Turn> turns) {
    List<Turn> sorted = new ArrayList<>(turns);
    sorted.sort((one, other) -> one.due.compareTo(other.due));
    return sorted.getFirst();
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    home.session.paths().forEach(path -> counts.merge(path, 1L, Long::sum));
    return counts;
  }
}
