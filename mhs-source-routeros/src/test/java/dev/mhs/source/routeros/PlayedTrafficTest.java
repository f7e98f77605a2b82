package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Source;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Moved;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the source says of everybody's bytes against what was truly moved, over five minutes of
 * simulated time, read through HTTPS every five seconds. The source begins without knowing how this
 * router counts.
 */
@Timeout(120)
class PlayedTrafficTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final int POLLS = 60;
  private static final double TOLERANCE = 0.02;

  @TempDir Path storage;

  /** Bytes of somebody as the source told them. */
  private record Told(long down, long up) {
    static final Told NOTHING = new Told(0, 0);

    Told plus(Usage.Delta more) {
      return new Told(down + more.downloadBytes(), up + more.uploadBytes());
    }
  }

  static Stream<Arguments> routers() {
    return Stream.of(Release.values())
        .flatMap(
            release ->
                Stream.of(Scenario.Counting.values())
                    .map(counting -> Arguments.of(release, counting)));
  }

  @ParameterizedTest
  @MethodSource("routers")
  void eachDeviceIsToldWhatItMoved(Release release, Scenario.Counting counting) throws Exception {
    Scenario scenario = Scenario.usual().with(release).with(counting);
    try (PlayedHousehold home = new PlayedHousehold(scenario, storage);
        Source source = home.router()) {
      home.pass(Duration.ofSeconds(30));
      BandwidthSource bandwidth = source.bandwidth().orElseThrow();
      Totals totals = new Totals(home, bandwidth);

      totals.poll(POLLS);

      Truth truth = home.simulator.world().truth().minus(totals.before);
      for (Member member : scenario.members()) {
        Moved moved = truth.device(member.mac());
        Told told = totals.devices.getOrDefault(key(member), Told.NOTHING);
        String who = member.name() + " " + member.mac();
        assertClose(measured(release, moved.down(), moved.down6()), told.down, "down " + who);
        assertClose(measured(release, moved.up(), moved.up6()), told.up, "up " + who);
      }
      assertClose(truth.own().down(), totals.own.down, "the router's own");
      assertClose(truth.own().up(), totals.own.up, "the router's own");
      assertAttributed(release, totals);
    }
  }

  @Test
  void aRebootLosesNoMoreThanThePauseBeforeIt() throws Exception {
    Scenario scenario = Scenario.usual();
    try (PlayedHousehold home = new PlayedHousehold(scenario, storage);
        Source source = home.router()) {
      home.pass(Duration.ofSeconds(30));
      Totals totals = new Totals(home, source.bandwidth().orElseThrow());
      totals.poll(10);
      Truth then = home.simulator.world().truth();
      home.simulator.world().rebootRouter();
      Truth lost = home.simulator.world().truth();
      // Until it is noticed, by its uptime, nothing is counted: 30 s at the most.
      totals.poll(7);
      Truth resumed = home.simulator.world().truth();
      Map<DeviceKey, Told> before = Map.copyOf(totals.devices);
      totals.poll(20);

      assertEquals(then, lost);
      Truth truth = home.simulator.world().truth().minus(resumed);
      for (Member member : scenario.members()) {
        Moved moved = truth.device(member.mac());
        long told =
            totals.devices.getOrDefault(key(member), Told.NOTHING).down
                - before.getOrDefault(key(member), Told.NOTHING).down;
        assertClose(moved.allDown(), told, member.name());
      }
    }
  }

  @Test
  void overPppoeTheLineIsCountedOnce() throws Exception {
    Scenario scenario = Scenario.usual().with(Scenario.Uplink.PPPOE);
    try (PlayedHousehold home = new PlayedHousehold(scenario, storage);
        Source source = home.router()) {
      home.pass(Duration.ofSeconds(30));
      Totals totals = new Totals(home, source.bandwidth().orElseThrow());
      totals.poll(20);
      assertAttributed(Release.V7_20, totals);
    }
  }

  /** IPv6 is told only where the version counts it; elsewhere it is said not to be measured. */
  private static long measured(Release release, long four, long six) {
    return release.countsSix() ? four + six : four;
  }

  private static void assertAttributed(Release release, Totals totals) {
    long told = totals.own.down + totals.devices.values().stream().mapToLong(Told::down).sum();
    double ratio = told / (double) totals.line;
    // Without counters for IPv6, its share of the line cannot be anybody's.
    double least = release.countsSix() ? 0.9 : 0.5;
    assertTrue(ratio >= least && ratio <= 1.05, "attributed " + ratio);
  }

  private static void assertClose(long moved, long told, String what) {
    double off = Math.abs(told - moved) / (double) Math.max(moved, 1);
    assertTrue(off <= TOLERANCE, what + ": told " + told + ", moved " + moved);
  }

  private static DeviceKey key(Member member) {
    return new DeviceKey.ByMac(MacAddress.parse(member.mac()).orElseThrow());
  }

  /** Adds up what readings say. */
  private static final class Totals {
    private final PlayedHousehold home;
    private final BandwidthSource bandwidth;
    private final Truth before;
    private final Map<DeviceKey, Told> devices = new HashMap<>();
    private Told own = Told.NOTHING;
    private long line;
    private Usage.Totals lineBefore;

    Totals(PlayedHousehold home, BandwidthSource bandwidth) throws InterruptedException {
      this.home = home;
      this.bandwidth = bandwidth;
      this.lineBefore = assertInstanceOf(Usage.Totals.class, read().wan());
      this.before = home.simulator.world().truth();
    }

    void poll(int times) throws InterruptedException {
      for (int one = 0; one < times; one++) {
        home.pass(PAUSE);
        add(read());
      }
    }

    private BandwidthReading read() throws InterruptedException {
      Poll<BandwidthReading> poll = bandwidth.bandwidth();
      if (poll instanceof Poll.Ok<BandwidthReading>(BandwidthReading reading)) {
        assertTrue(reading.method().startsWith("conntrack"), reading.method());
        return reading;
      }
      throw new AssertionError(poll.toString());
    }

    private void add(BandwidthReading reading) {
      reading
          .devices()
          .forEach(
              (key, usage) ->
                  devices.merge(
                      key,
                      Told.NOTHING.plus((Usage.Delta) usage),
                      (one, more) -> new Told(one.down + more.down, one.up + more.up)));
      if (reading.own() instanceof Usage.Delta delta) {
        own = own.plus(delta);
      }
      Usage.Totals now = assertInstanceOf(Usage.Totals.class, reading.wan());
      line +=
          now.epoch() == lineBefore.epoch() ? now.downloadBytes() - lineBefore.downloadBytes() : 0;
      lineBefore = now;
    }
  }
}
