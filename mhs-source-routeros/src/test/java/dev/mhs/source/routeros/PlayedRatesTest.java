package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Source;
import dev.mhs.simulator.world.Moved;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.Scenario.Counting;
import dev.mhs.simulator.world.Scenario.Uplink;
import dev.mhs.simulator.world.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rates of a played household, read through the real client, beside what was truly moved. */
class PlayedRatesTest {
  private static final long WORTH_COMPARING = 1_000_000;

  @TempDir Path storage;
  private final Map<DeviceKey, Long> downloaded = new HashMap<>();
  private final Map<DeviceKey, Long> uploaded = new HashMap<>();
  private long own;
  private Duration pause = Duration.ofSeconds(2);

  @ParameterizedTest
  @CsvSource({
    "INCLUSIVE, DHCP, 2",
    "EXCLUSIVE, DHCP, 2",
    "EXCLUSIVE, PPPOE, 2",
    "EXCLUSIVE, DHCP, 10"
  })
  void totalsOverFiveMinutesAreWithinTwoPercentOfTheTruth(
      Counting counting, Uplink uplink, int pauseSeconds) throws Exception {
    pause = Duration.ofSeconds(pauseSeconds);
    Scenario scenario = Scenario.usual().with(counting).with(uplink);
    try (PlayedHousehold home = new PlayedHousehold(scenario, storage);
        Source source = home.router()) {
      BandwidthSource bandwidth = source.bandwidth().orElseThrow();
      home.pass(Duration.ofMinutes(2));
      BandwidthReading first = reading(bandwidth);
      Truth before = home.simulator.world().truth();
      BandwidthReading last = watch(home, bandwidth, Duration.ofMinutes(5));
      Truth truth = home.simulator.world().truth().minus(before);

      int compared = 0;
      for (Map.Entry<String, Moved> entry : truth.devices().entrySet()) {
        compared += compare(entry.getKey(), entry.getValue());
      }
      assertTrue(compared >= 3, "only " + compared + " devices moved enough to be compared");
      double ratio = attributed() / (double) line(first, last);
      assertTrue(ratio >= 0.9 && ratio <= 1.05, "attributed: " + ratio);
      String findings = source.findings().toString();
      assertTrue(findings.contains(counting == Counting.INCLUSIVE ? "include" : "leave out"));
      assertTrue(findings.contains("account for"), findings);
    }
  }

  @ParameterizedTest
  @EnumSource(Counting.class)
  void aRestartOfTheRouterMakesNoSpikeAndNoEnd(Counting counting) throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(Scenario.usual().with(counting), storage);
        Source source = home.router()) {
      BandwidthSource bandwidth = source.bandwidth().orElseThrow();
      reading(bandwidth);
      watch(home, bandwidth, Duration.ofMinutes(2));
      Truth before = home.simulator.world().truth();
      downloaded.clear();
      home.simulator.world().rebootRouter();
      for (int poll = 0; poll < 90; poll++) {
        home.pass(pause);
        if (bandwidth.bandwidth() instanceof Poll.Ok<BandwidthReading>(BandwidthReading now)) {
          add(now);
        }
      }
      Truth truth = home.simulator.world().truth().minus(before);
      truth
          .devices()
          .forEach(
              (mac, moved) ->
                  assertTrue(
                      downloaded.getOrDefault(key(mac), 0L) <= moved.allDown() * 1.02 + 100_000,
                      mac + " was measured at more than it moved"));
      assertTrue(downloaded.values().stream().anyMatch(bytes -> bytes > WORTH_COMPARING));
    }
  }

  @Test
  void theRoutersOwnTrafficIsNoDevices() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(Scenario.usual(), storage);
        Source source = home.router()) {
      BandwidthSource bandwidth = source.bandwidth().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      reading(bandwidth);
      Truth before = home.simulator.world().truth();
      watch(home, bandwidth, Duration.ofMinutes(3));
      Moved truth = home.simulator.world().truth().minus(before).own();

      double ratio = own / (double) (truth.allDown() + truth.allUp());
      assertTrue(ratio > 0.95 && ratio < 1.05, "the router's own was measured at " + ratio);
    }
  }

  private BandwidthReading watch(PlayedHousehold home, BandwidthSource bandwidth, Duration time)
      throws InterruptedException {
    BandwidthReading last = null;
    for (Duration at = Duration.ZERO; at.compareTo(time) < 0; at = at.plus(pause)) {
      home.pass(pause);
      last = reading(bandwidth);
      add(last);
    }
    if (last == null) {
      throw new AssertionError("nothing was watched");
    }
    return last;
  }

  private void add(BandwidthReading reading) {
    reading
        .devices()
        .forEach(
            (key, usage) -> {
              Usage.Delta delta = (Usage.Delta) usage;
              downloaded.merge(key, delta.downloadBytes(), Long::sum);
              uploaded.merge(key, delta.uploadBytes(), Long::sum);
            });
    if (reading.own() instanceof Usage.Delta delta) {
      own += delta.downloadBytes() + delta.uploadBytes();
    }
  }

  private int compare(String mac, Moved truth) {
    if (truth.allDown() < WORTH_COMPARING) {
      return 0;
    }
    double down = downloaded.getOrDefault(key(mac), 0L) / (double) truth.allDown();
    double up = uploaded.getOrDefault(key(mac), 0L) / (double) truth.allUp();
    assertTrue(down > 0.98 && down < 1.02, mac + " downloaded " + down + " of the truth " + truth);
    assertTrue(up > 0.98 && up < 1.02, mac + " uploaded " + up + " of the truth " + truth);
    return 1;
  }

  private long attributed() {
    return downloaded.values().stream().mapToLong(Long::longValue).sum()
        + uploaded.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long line(BandwidthReading first, BandwidthReading last) {
    if (first.wan() instanceof Usage.Totals before && last.wan() instanceof Usage.Totals after) {
      return after.downloadBytes()
          - before.downloadBytes()
          + after.uploadBytes()
          - before.uploadBytes();
    }
    throw new AssertionError("the line was not found");
  }

  private static DeviceKey key(String mac) {
    return new DeviceKey.ByMac(MacAddress.of(mac));
  }

  private static BandwidthReading reading(BandwidthSource bandwidth) throws InterruptedException {
    return FakeHousehold.reading(bandwidth.bandwidth());
  }
}
