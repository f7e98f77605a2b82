package dev.mhs.source.local;

import static dev.mhs.source.local.LocalWorld.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Port;
import dev.mhs.api.Usage;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.read.OwnAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports and bandwidth: what the counters of this machine's interfaces are taken for. */
class LocalCountersTest {
  private static final String MAC = "02:00:00:00:00:ab";

  @TempDir Path folder;
  private LocalWorld world;
  private LocalSource source;

  @BeforeEach
  void makeWorld() {
    world = new LocalWorld(folder);
    world.tree.moved("eth0", 1000, 200).file("sys/class/net/eth0/speed", "1000\n");
    source = world.source(new LocalSettings(Scan.OFF, Set.of(), true));
  }

  @AfterEach
  void close() {
    source.close();
  }

  private Box box() throws InterruptedException {
    return ok(source.ports().orElseThrow().ports()).getFirst();
  }

  private Port port(String name) throws InterruptedException {
    return box().ports().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> names() throws InterruptedException {
    return box().ports().stream().map(Port::name).toList();
  }

  private BandwidthReading bandwidth() throws InterruptedException {
    return ok(source.bandwidth().orElseThrow().bandwidth());
  }

  private static Port.Counters counters(Port port) {
    Port.Counters counters = port.counters();
    assertNotNull(counters);
    return counters;
  }

  @Test
  void theMachineIsABoxWithItsSockets() throws InterruptedException {
    assertEquals("local", box().id());
    assertEquals("nas.home.arpa", box().name());
    assertEquals(Box.Role.HOST, box().role());
    assertEquals(List.of("eth0"), names());
    Port eth0 = port("eth0");
    assertEquals("ether", eth0.type());
    assertEquals(Port.Link.UP, eth0.link());
    assertEquals(BitRate.ofMegabits(1000), eth0.linkSpeed());
    assertEquals(MacAddress.of(LocalWorld.NAS), eth0.mac());
    assertTrue(eth0.wan());
    assertEquals(1000, counters(eth0).rxBytes());
    assertEquals(CounterWidth.BITS_64, counters(eth0).width());
  }

  @Test
  void aBridgeAndItsMembersAreListedAndOnlyTheWanIsMarked() throws InterruptedException {
    world
        .tree
        .virtual("vm0", "02:00:00:00:00:bb")
        .bridge("br0", LocalWorld.NAS, List.of("eth0", "vm0"))
        .file(
            "proc/net/route", "Iface\nbr0\t00000000\t0107A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");

    assertEquals(List.of("eth0", "vm0", "br0"), names());
    assertEquals("bridge", port("br0").type());
    assertEquals(List.of("br0"), box().ports().stream().filter(Port::wan).map(Port::name).toList());
  }

  @Test
  void loopbackAndTheNetworksOfContainersAreLeftOut() throws InterruptedException {
    world
        .tree
        .virtual("veth12ab", "02:00:00:00:00:bb")
        .bridge("docker0", "02:42:00:00:00:01", List.of("veth12ab"))
        .virtual("veth34cd", "02:00:00:00:00:bc")
        .bridge("br-0123456789ab", "02:42:00:00:00:02", List.of("veth34cd"))
        .virtual("cali9876", "02:00:00:00:00:bd")
        .link("ifb0", 1, "02:00:00:00:00:be", 0x82);

    assertEquals(List.of("eth0"), names());
  }

  @Test
  void aSpeedThatADriverMadeUpIsNone() throws InterruptedException {
    world
        .tree
        .link("tun0", 65534, "", 0x1091)
        .file("sys/class/net/tun0/speed", "10\n")
        .bridge("br0", LocalWorld.NAS, List.of("eth0"))
        .file("sys/class/net/br0/speed", "1000\n");

    assertNull(port("tun0").linkSpeed());
    assertEquals("tunnel", port("tun0").type());
    assertNull(port("br0").linkSpeed());
  }

  @Test
  void anInterfaceThatIsMadeAnewBeginsANewEpoch() throws InterruptedException {
    long before = counters(port("eth0")).epoch();
    assertEquals(before, counters(port("eth0")).epoch());

    world.tree.remove("sys/class/net/eth0").ethernet("eth0", LocalWorld.NAS, FixtureTree.UP);

    assertNotEquals(before, counters(port("eth0")).epoch());
  }

  @Test
  void aRebootBeginsANewEpoch() throws InterruptedException {
    long before = counters(port("eth0")).epoch();

    world.tree.file("proc/sys/kernel/random/boot_id", "another\n");

    assertNotEquals(before, counters(port("eth0")).epoch());
  }

  @Test
  void anUnpluggedSocketIsShownAsDown() throws InterruptedException {
    world.tree.ethernet("eth1", "02:00:00:00:00:ab", FixtureTree.SWITCHED_OFF);

    assertEquals(Port.Link.DOWN, port("eth1").link());
  }

  @Test
  void whatTheWanReceivesIsDownloaded() throws InterruptedException {
    BandwidthReading reading = bandwidth();

    assertEquals("interface", reading.method());
    var totals = (Usage.Totals) reading.wan();
    assertNotNull(totals);
    assertEquals(1000, totals.downloadBytes());
    assertEquals(200, totals.uploadBytes());
    assertEquals(counters(port("eth0")).epoch(), totals.epoch());
    assertNull(reading.own());
  }

  @Test
  void aMachineThatForwardsNothingMovedItAllItself() throws InterruptedException {
    BandwidthReading reading = bandwidth();

    assertNotNull(reading.wan());
    assertEquals(
        Map.of(new DeviceKey.ByMac(MacAddress.of(LocalWorld.NAS)), reading.wan()),
        reading.devices());
  }

  @Test
  void whoForwardsDoesNotTakeTheTrafficOfOthersForItsOwn() throws InterruptedException {
    world.tree.file("proc/sys/net/ipv4/ip_forward", "1\n");

    assertEquals(Map.of(), bandwidth().devices());
    assertNotNull(bandwidth().wan());
    assertTrue(
        source.findings().stream().anyMatch(each -> each.what().contains("passes on packets")));
  }

  @Test
  void aBridgeWithMembersMayCarryOthers() throws InterruptedException {
    world
        .tree
        .bridge("br0", LocalWorld.NAS, List.of("eth0"))
        .file(
            "proc/net/route", "Iface\nbr0\t00000000\t0107A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");

    assertEquals(Map.of(), bandwidth().devices());
  }

  @Test
  void withoutADefaultRouteThereIsNoWan() throws InterruptedException {
    world.tree.remove("proc/net/route");

    assertNull(bandwidth().wan());
    assertEquals(Map.of(), bandwidth().devices());
    assertTrue(box().ports().stream().noneMatch(Port::wan));
  }

  @Test
  void aWanThatVanishedIsAbsent() throws InterruptedException {
    world.tree.remove("sys/class/net/eth0");

    assertNull(bandwidth().wan());
    assertEquals(List.of(), box().ports());
  }

  @Test
  void thatSingleDevicesAreNotMeasuredIsSaid() throws InterruptedException {
    bandwidth();

    assertTrue(says("the traffic of devices is not counted: Operation not permitted"));
    assertTrue(says("the rates of other devices are not measured from here"));
  }

  private boolean says(String what) {
    return source.findings().stream().anyMatch(each -> each.what().contains(what));
  }

  private static DeviceKey address(String text) {
    return new DeviceKey.ByAddress(IpLiteral.of(text));
  }

  @Test
  void whatTheKernelCountedIsWhatDevicesMoved() throws InterruptedException {
    world.kernel.permit();
    assertEquals(Map.of(), bandwidth().devices());
    assertNull(bandwidth().wan(), "nothing was measured yet");
    world.time.pass(Duration.ofSeconds(2));
    world.kernel.moved("192.168.7.2", 700, 30);

    BandwidthReading reading = bandwidth();

    assertEquals("nftables", reading.method());
    Usage moved = new Usage.Delta(700, 30, Duration.ofSeconds(2));
    assertEquals(Map.of(address("192.168.7.2"), moved), reading.devices());
    assertEquals(moved, reading.wan(), "elsewhere than on a router the line is what was counted");
    assertTrue(says("counted in the kernel (nftables)"));
  }

  @Test
  void onARouterTheLineIsTheInterfaceAndSilentDevicesMovedNothing() throws InterruptedException {
    source.close();
    source = world.source(new LocalSettings(Scan.PASSIVE, Set.of(), true));
    world.tree.file("proc/sys/net/ipv4/ip_forward", "1\n").ethernet("eth1", MAC, FixtureTree.UP);
    world.own =
        List.of(
            new OwnAddress("eth0", IpLiteral.of("10.0.0.2"), 24),
            new OwnAddress("eth1", IpLiteral.of("192.168.7.2"), 24));
    world.neighbors = "192.168.7.9 dev eth1 lladdr " + LocalWorld.TV + " REACHABLE\n";
    world.kernel.permit();
    ok(source.devices().orElseThrow().devices());
    bandwidth();
    world.time.pass(Duration.ofSeconds(2));
    world.kernel.moved("192.168.7.8", 5, 6);

    BandwidthReading reading = bandwidth();

    assertEquals(
        new Usage.Delta(5, 6, Duration.ofSeconds(2)),
        reading.devices().get(address("192.168.7.8")));
    assertEquals(
        new Usage.Delta(0, 0, Duration.ofSeconds(2)),
        reading.devices().get(new DeviceKey.ByMac(MacAddress.of(LocalWorld.TV))));
    assertInstanceOf(Usage.Totals.class, reading.wan());
    CountingPlan plan = world.kernel.plan();
    assertNotNull(plan);
    assertEquals(Set.of("eth1"), plan.entries());
  }

  @Test
  void packetsThatWentByUncountedMakeEstimatesOfRates() throws InterruptedException {
    world.kernel.permit();
    bandwidth();
    world.time.pass(Duration.ofSeconds(2));
    world.kernel.missed = 7;

    assertEquals("nftables (estimated)", bandwidth().method());
    assertTrue(says("7 packets went by uncounted lately, so the rates of devices are estimates"));

    world.time.pass(Duration.ofSeconds(2));
    world.kernel.missed = 0;
    assertEquals("nftables", bandwidth().method());
  }

  @Test
  void aRefusalIsTriedAgainAfterAMinute() throws InterruptedException {
    bandwidth();
    bandwidth();
    assertEquals(1, world.kernel.looks);

    world.kernel.permit();
    world.time.pass(Duration.ofSeconds(61));

    assertEquals("nftables", bandwidth().method());
  }

  @Test
  void aRefusalIsTriedAgainAtOnceWhereAnInterfaceWasMadeAnew() throws InterruptedException {
    bandwidth();
    world.kernel.permit();
    assertEquals("interface", bandwidth().method());

    world.tree.remove("sys/class/net/eth0").ethernet("eth0", LocalWorld.NAS, FixtureTree.UP);

    assertEquals("nftables", bandwidth().method());
  }

  @Test
  void countingBeginsAsSoonAsThereIsANetwork() throws InterruptedException {
    world.kernel.permit();
    List<OwnAddress> later = world.own;
    world.own = List.of();
    assertEquals("interface", bandwidth().method());
    assertTrue(says("no interface with a network behind it"));

    world.own = later;

    assertEquals("nftables", bandwidth().method());
  }

  @Test
  void whoSwitchedCountingOffIsNotAskedAgain() throws InterruptedException {
    source.close();
    source = world.source(new LocalSettings(Scan.OFF, Set.of(), false));

    assertEquals("interface", bandwidth().method());
    assertEquals(0, world.kernel.looks);
    assertTrue(says("local.counting is off"));
  }

  @Test
  void closingLetsGoOfTheKernel() {
    source.close();

    assertTrue(world.kernel.closed);
  }
}
