package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Source;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Place;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every capability against the shapes of every played version. */
@Timeout(60)
class PlayedVersionsTest {
  @TempDir Path storage;

  @ParameterizedTest
  @EnumSource(Release.class)
  void devicesPortsLineRatesAndLimitsAreListed(Release release) throws Exception {
    Scenario scenario = Scenario.usual().with(release);
    try (PlayedHousehold home = new PlayedHousehold(scenario, storage);
        Source source = home.router()) {
      home.simulator
          .world()
          .tables()
          .queues()
          .add(Map.of("name", "by hand", "target", "192.168.88.21", "max-limit", "2M/20M"));
      home.pass(Duration.ofSeconds(30));

      assertDevices(scenario, ok(source.devices().orElseThrow().devices()));
      assertPorts(ok(source.ports().orElseThrow().ports()), release);
      ok(source.bandwidth().orElseThrow().bandwidth());
      home.pass(Duration.ofSeconds(5));
      assertRates(scenario, ok(source.bandwidth().orElseThrow().bandwidth()));
      assertLimits(ok(source.limits().orElseThrow().limits()));
      assertTrue(
          source.findings().stream()
              .anyMatch(one -> one.what().contains(release.text().split(" ", -1)[0])),
          source.findings().toString());
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void aSwitchShowsItsPortsAndWhoIsBehindThem(Release release) throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(Scenario.usual().with(release), storage);
        Source source = home.switchBox()) {
      home.pass(Duration.ofSeconds(30));
      Box box = ok(source.ports().orElseThrow().ports()).getFirst();
      assertEquals("cellar-switch", box.name());
      assertEquals("CRS310-8G+2S+IN", box.model());
      assertEquals(10, box.ports().size());
      assertEquals(2, box.ports().stream().filter(port -> port.type().equals("sfp")).count());
      assertTrue(box.ports().stream().noneMatch(Port::wan), box.toString());
      assertPlaces(home.simulator.world().scenario(), ok(source.devices().orElseThrow().devices()));
    }
  }

  /** Whoever is at the switch is at the port that the scenario says, and nobody else is there. */
  private static void assertPlaces(Scenario scenario, List<Sighting> sightings) {
    Map<MacAddress, String> told =
        sightings.stream()
            .collect(
                Collectors.toMap(
                    one -> mac(one), one -> String.valueOf(one.fields().get(DeviceField.PORT))));
    Map<MacAddress, String> right =
        scenario.members().stream()
            .filter(member -> member.place().box() == Place.Where.SWITCH)
            .collect(
                Collectors.toMap(
                    member -> MacAddress.parse(member.mac()).orElseThrow(),
                    member -> member.place().port()));
    assertEquals(right, told);
  }

  private static void assertDevices(Scenario scenario, List<Sighting> sightings) {
    Map<MacAddress, Sighting> byMac =
        sightings.stream().collect(Collectors.toMap(one -> mac(one), Function.identity()));
    assertEquals(scenario.members().size(), byMac.size(), "the provider is none of the household");
    for (Member member : scenario.members()) {
      Sighting sighting = byMac.get(MacAddress.parse(member.mac()).orElseThrow());
      assertNotNull(sighting, member.name());
      assertTrue(sighting.addresses().contains(member.address()), member.name());
      assertTrue(sighting.addresses().containsAll(member.addresses6()), member.name());
      String name = member.traits().comment().isEmpty() ? member.name() : member.traits().comment();
      assertEquals(name.isEmpty() ? null : name, sighting.fields().get(DeviceField.HOSTNAME));
      assertTrue(
          sighting.evidence().stream()
              .anyMatch(one -> one.kind().weight() == Evidence.Weight.PROOF),
          member.name());
    }
    Sighting phone = found(byMac, "9E:21:4F:5A:10:08");
    assertTrue(
        phone.evidence().stream().anyMatch(one -> one.kind() == Evidence.Kind.WIFI_ASSOCIATED));
    Sighting nas = found(byMac, "00:11:32:5A:10:01");
    assertEquals("ether5", nas.fields().get(DeviceField.PORT), "behind the switch");
  }

  private static Sighting found(Map<MacAddress, Sighting> sightings, String mac) {
    Sighting sighting = sightings.get(MacAddress.parse(mac).orElseThrow());
    assertNotNull(sighting, mac);
    return sighting;
  }

  private static void assertPorts(List<Box> boxes, Release release) {
    Box box = boxes.getFirst();
    assertEquals("home-gate", box.name());
    assertEquals(7, box.ports().size());
    List<Port> line = box.ports().stream().filter(Port::wan).toList();
    assertEquals(1, line.size());
    assertEquals("ether1", line.getFirst().name());
    assertEquals("provider", line.getFirst().comment());
    assertNotNull(line.getFirst().linkSpeed());
    assertNotNull(line.getFirst().counters());
    assertEquals(2, box.ports().stream().filter(port -> port.type().equals("wifi")).count());
    assertFalse(box.ports().stream().anyMatch(port -> port.name().equals("lo")), release.text());
  }

  private static void assertRates(Scenario scenario, BandwidthReading reading) {
    assertNotNull(reading.wan());
    assertNotNull(reading.own());
    assertEquals(scenario.members().size(), reading.devices().size());
  }

  private static void assertLimits(List<LimitInForce> limits) {
    assertEquals(1, limits.size());
    LimitInForce limit = limits.getFirst();
    assertFalse(limit.ours());
    assertFalse(limit.enforced(), "FastTrack passes by it");
    assertEquals("3c:7c:3f:5a:10:03", limit.limit().device().toString());
    assertNotNull(limit.limit().download());
    assertEquals(20_000_000, limit.limit().download().bitsPerSecond());
  }

  private static MacAddress mac(Sighting sighting) {
    MacAddress mac = sighting.mac();
    assertNotNull(mac);
    return mac;
  }

  private static <T> T ok(Poll<T> poll) {
    if (poll instanceof Poll.Ok<T>(T value)) {
      return value;
    }
    throw new AssertionError(poll.toString());
  }
}
