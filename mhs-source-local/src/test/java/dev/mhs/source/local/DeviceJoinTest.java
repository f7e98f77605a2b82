package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.source.local.read.OwnAddress;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceJoinTest {
  private static final Instant NOW = FakeTime.START;
  private static final String TV = "02:00:00:00:00:01";
  private static final String SELF = "02:00:00:00:00:aa";

  private static Observation seen(String address, @Nullable String mac, Kind kind, int secondsAgo) {
    return new Observation(
        address.contains(":") ? Means.NDP : Means.NEIGHBOR,
        IpLiteral.of(address),
        "eth0",
        mac == null ? null : MacAddress.of(mac),
        List.of(new Evidence(kind, NOW.minusSeconds(secondsAgo))));
  }

  /** Knows a name for every address, and one maker. */
  private record Told() implements Descriptions {
    @Override
    public String name(@Nullable MacAddress mac, InetAddress address) {
      return "name-of-" + address.getHostAddress();
    }

    @Override
    public @Nullable String vendor(MacAddress mac) {
      return mac.equals(MacAddress.of(TV)) ? "Loewe" : null;
    }
  }

  private static Observation byArp(String address, String mac, Kind kind, int secondsAgo) {
    Observation seen = seen(address, mac, kind, secondsAgo);
    return new Observation(
        Means.ARP, seen.address(), seen.interfaceName(), seen.mac(), seen.evidence());
  }

  private static List<Sighting> join(Set<String> gateways, Observation... seen) {
    Set<InetAddress> routers = new HashSet<>();
    gateways.forEach(each -> routers.add(IpLiteral.of(each)));
    return DeviceJoin.join(
        new DeviceJoin.Picture(
            List.of(seen),
            List.of(new OwnAddress("eth0", IpLiteral.of("10.0.0.2"), 24)),
            Map.of("eth0", MacAddress.of(SELF)),
            "nas",
            routers,
            NOW),
        new Told());
  }

  private static List<Sighting> others(Observation... seen) {
    return join(Set.of(), seen).stream()
        .filter(each -> !MacAddress.of(SELF).equals(each.mac()))
        .toList();
  }

  @Test
  void severalAddressesOfOneMacAreOneSightingIpv4First() {
    var only =
        others(
                seen("fe80::1", TV, Kind.NEIGHBOR_STALE, 9),
                seen("fd00::10", TV, Kind.NEIGHBOR_STALE, 9),
                seen("10.0.0.10", TV, Kind.NEIGHBOR_REACHABLE, 9),
                seen("10.0.0.9", TV, Kind.NEIGHBOR_REACHABLE, 9))
            .getFirst();

    assertEquals(
        List.of("10.0.0.9", "10.0.0.10", "fd00:0:0:0:0:0:0:10", "fe80:0:0:0:0:0:0:1"),
        only.addresses().stream().map(InetAddress::getHostAddress).toList());
    assertEquals("name-of-10.0.0.9", only.fields().get(DeviceField.HOSTNAME));
    assertEquals("neighbor+ndp", only.fields().get(DeviceField.SCAN_METHOD));
  }

  @Test
  void theMachineItselfIsADevice() {
    var self = join(Set.of()).getFirst();

    assertEquals(MacAddress.of(SELF), self.mac());
    assertEquals(List.of(IpLiteral.of("10.0.0.2")), self.addresses());
    assertEquals("nas", self.fields().get(DeviceField.HOSTNAME));
    assertEquals(List.of(new Evidence(Kind.SELF, NOW)), self.evidence());
  }

  @Test
  void aLinkLocalAddressAloneIsNoise() {
    assertEquals(List.of(), others(seen("fe80::1", TV, Kind.NEIGHBOR_REACHABLE, 1)));
  }

  private static List<MacAddress> selves(OwnAddress... own) {
    Map<String, MacAddress> macs =
        Map.of("lan0", MacAddress.of(SELF), "p1", MacAddress.of("02:00:00:00:00:ab"));
    return DeviceJoin.join(
            new DeviceJoin.Picture(List.of(), List.of(own), macs, "nas", Set.of(), NOW), new Told())
        .stream()
        .map(Sighting::mac)
        .toList();
  }

  @Test
  void aPortThatHasALinkLocalAddressOnlyIsNoDevice() {
    var bridge = new OwnAddress("lan0", IpLiteral.of("10.0.0.2"), 24);
    var port = new OwnAddress("p1", IpLiteral.of("fe80::ab"), 64);

    assertEquals(List.of(MacAddress.of(SELF)), selves(bridge, port));
    assertEquals(List.of(MacAddress.of("02:00:00:00:00:ab")), selves(port), "it has no other");
  }

  @Test
  void aGatewayMayBeKnownByItsLinkLocalAddressAlone() {
    var all = join(Set.of("fe80::1"), seen("fe80::1", TV, Kind.NEIGHBOR_REACHABLE, 1));

    assertTrue(all.stream().anyMatch(each -> MacAddress.of(TV).equals(each.mac())));
  }

  @Test
  void aGatewayIsToldEvenBeforeItsMacIsKnown() {
    var gateway = join(Set.of("10.0.0.1")).getLast();

    assertNull(gateway.mac());
    assertEquals(List.of(IpLiteral.of("10.0.0.1")), gateway.addresses());
    assertEquals(List.of(), gateway.evidence());
  }

  @Test
  void aGatewayThatDoesNotAnswerIsDenied() {
    var gateway =
        join(Set.of("10.0.0.1"), seen("10.0.0.1", null, Kind.NEIGHBOR_FAILED, 3)).getLast();

    assertEquals(
        List.of(new Evidence(Kind.NEIGHBOR_FAILED, NOW.minusSeconds(3))), gateway.evidence());
  }

  @Test
  void aGatewayWithAMacIsToldOnce() {
    var all = join(Set.of("10.0.0.1"), seen("10.0.0.1", TV, Kind.NEIGHBOR_REACHABLE, 3));

    assertEquals(2, all.size());
  }

  @Test
  void groupsAndTheAddressesOfNobodyAreLeftOut() {
    assertEquals(
        List.of(),
        others(
            seen("224.0.0.1", "01:00:5e:00:00:01", Kind.NEIGHBOR_STALE, 1),
            seen("224.0.0.251", TV, Kind.NEIGHBOR_STALE, 1),
            seen("255.255.255.255", TV, Kind.NEIGHBOR_STALE, 1),
            seen("ff02::1", TV, Kind.NEIGHBOR_STALE, 1),
            seen("10.0.0.66", "00:00:00:00:00:00", Kind.NEIGHBOR_STALE, 1)));
  }

  @Test
  void aDeviceThatMovedToAnotherAddressHasNotLeft() {
    var moved =
        others(
                seen("10.0.0.10", TV, Kind.NEIGHBOR_FAILED, 2),
                seen("10.0.0.11", TV, Kind.NEIGHBOR_REACHABLE, 20))
            .getFirst();

    assertEquals(
        List.of(new Evidence(Kind.NEIGHBOR_REACHABLE, NOW.minusSeconds(20))), moved.evidence());
  }

  @Test
  void anOldProofDoesNotHideADenial() {
    var left =
        others(
                seen("10.0.0.10", TV, Kind.NEIGHBOR_FAILED, 2),
                seen("fd00::10", TV, Kind.NEIGHBOR_REACHABLE, 3600))
            .getFirst();

    assertTrue(left.evidence().stream().anyMatch(each -> each.kind() == Kind.NEIGHBOR_FAILED));
  }

  @Test
  void ofEachKindTheNewestIsKept() {
    var only =
        others(
                seen("10.0.0.10", TV, Kind.NEIGHBOR_STALE, 90),
                seen("10.0.0.11", TV, Kind.NEIGHBOR_STALE, 20))
            .getFirst();

    assertEquals(List.of(new Evidence(Kind.NEIGHBOR_STALE, NOW.minusSeconds(20))), only.evidence());
  }

  @Test
  void aRouterThatAnswersForAWholeNetworkDoesNotFillThePage() {
    List<Observation> many = new ArrayList<>();
    for (int host = 10; host < 250; host++) {
      many.add(seen("10.0.0." + host, TV, Kind.NEIGHBOR_REACHABLE, 1));
    }

    assertEquals(64, others(many.toArray(Observation[]::new)).getFirst().addresses().size());
  }

  @Test
  void theOrderOfTheCacheDoesNotMatter() {
    long seed = 20261124;
    Random random = new Random(seed);
    Kind[] kinds = {Kind.NEIGHBOR_REACHABLE, Kind.NEIGHBOR_STALE, Kind.NEIGHBOR_FAILED};
    for (int round = 0; round < 300; round++) {
      Observation[] seen = new Observation[random.nextInt(12)];
      for (int i = 0; i < seen.length; i++) {
        String address = (random.nextBoolean() ? "10.0.0." : "fe80::") + (10 + random.nextInt(20));
        String mac = "02:00:00:00:00:0" + random.nextInt(5);
        seen[i] = seen(address, mac, kinds[random.nextInt(3)], random.nextInt(300));
      }
      List<Sighting> before = join(Set.of("10.0.0.1"), seen);
      Collections.shuffle(Arrays.asList(seen), random);

      assertEquals(before, join(Set.of("10.0.0.1"), seen), "seed " + seed);
      assertEquals(
          before.size(),
          before.stream().map(Sighting::key).distinct().count(),
          "each device once, seed " + seed);
    }
  }

  @Test
  void aMachineThatHasButATunnelIsADeviceWithoutAMac() {
    var own = List.of(new OwnAddress("wg0", IpLiteral.of("10.9.0.2"), 24));

    var all =
        DeviceJoin.join(
            new DeviceJoin.Picture(List.of(), own, Map.of(), "nas", Set.of(), NOW), new Told());

    assertEquals(1, all.size());
    assertNull(all.getFirst().mac());
    assertEquals(List.of(new Evidence(Kind.SELF, NOW)), all.getFirst().evidence());
  }

  @Test
  void whatSeveralMeansFoundIsOneDeviceThatNamesThemAll() {
    var only =
        others(
                seen("10.0.0.9", TV, Kind.NEIGHBOR_STALE, 9),
                byArp("10.0.0.9", TV, Kind.ANSWERED, 3))
            .getFirst();

    assertEquals("arp+neighbor", only.fields().get(DeviceField.SCAN_METHOD));
    assertEquals("Loewe", only.fields().get(DeviceField.VENDOR));
    assertEquals(2, only.evidence().size());
  }

  @Test
  void anAddressThatADeviceGaveUpIsNotTold() {
    var only =
        others(
                byArp("10.0.0.9", TV, Kind.ANSWERED, 90),
                byArp("10.0.0.9", TV, Kind.NEIGHBOR_FAILED, 30),
                byArp("10.0.0.77", TV, Kind.ANSWERED, 3))
            .getFirst();

    assertEquals(List.of(IpLiteral.of("10.0.0.77")), only.addresses());
    assertEquals(List.of(Kind.ANSWERED), only.evidence().stream().map(Evidence::kind).toList());
  }

  @Test
  void theOnlyAddressOfASilentDeviceIsKept() {
    var only =
        others(
                byArp("10.0.0.9", TV, Kind.ANSWERED, 190),
                byArp("10.0.0.9", TV, Kind.NEIGHBOR_FAILED, 30))
            .getFirst();

    assertEquals(List.of(IpLiteral.of("10.0.0.9")), only.addresses());
    assertEquals(2, only.evidence().size());
  }

  @Test
  void anAddressBelongsToWhoWasProvenToHaveItLast() {
    String before = "02:00:00:00:00:02";

    var all =
        others(
            seen("10.0.0.9", before, Kind.NEIGHBOR_STALE, 1),
            byArp("10.0.0.9", TV, Kind.ANSWERED, 3));

    assertEquals(List.of(MacAddress.of(TV)), all.stream().map(Sighting::mac).toList());
  }

  @Test
  void whoAnsweredWithoutAMacIsJoinedByAddressOrToldByIt() {
    var all =
        others(
            seen("10.0.0.9", TV, Kind.NEIGHBOR_STALE, 9),
            seen("10.0.0.9", null, Kind.ANSWERED, 2),
            seen("10.0.0.8", null, Kind.ANSWERED, 2));

    assertEquals(2, all.size());
    assertEquals(
        Set.of(Kind.ANSWERED, Kind.NEIGHBOR_STALE),
        Set.copyOf(all.getFirst().evidence().stream().map(Evidence::kind).toList()));
    assertNull(all.get(1).mac());
    assertEquals(List.of(IpLiteral.of("10.0.0.8")), all.get(1).addresses());
  }
}
