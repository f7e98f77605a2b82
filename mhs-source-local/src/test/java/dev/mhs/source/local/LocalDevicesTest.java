package dev.mhs.source.local;

import static dev.mhs.source.local.LocalWorld.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.limit.WishFile;
import dev.mhs.source.local.name.Interviewer;
import dev.mhs.source.local.read.InterfaceCatalog;
import dev.mhs.source.local.read.NeighborTable;
import dev.mhs.source.local.read.OwnAddress;
import dev.mhs.source.local.read.SysfsCounters;
import dev.mhs.source.local.sweep.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDevicesTest {
  @TempDir Path folder;
  private LocalWorld world;
  private LocalSource source;

  @BeforeEach
  void makeWorld() {
    world = new LocalWorld(folder);
    source = open(Scan.ACTIVE);
  }

  @AfterEach
  void close() {
    source.close();
  }

  private LocalSource open(Scan scan, String... interfaces) {
    return world.source(new LocalSettings(scan, Set.of(interfaces), true));
  }

  private DeviceSource devices() {
    return source.devices().orElseThrow();
  }

  private Optional<Sighting> find(String mac) throws InterruptedException {
    return ok(devices().devices()).stream()
        .filter(each -> MacAddress.of(mac).equals(each.mac()))
        .findFirst();
  }

  private boolean isTold(Finding.Level level, String part) {
    return source.findings().stream()
        .anyMatch(each -> each.level() == level && each.what().contains(part));
  }

  @Test
  void neighborsSelfAndGatewayAreTold() throws InterruptedException {
    world.neighbors =
        "192.168.7.7 dev eth0 lladdr "
            + LocalWorld.TV
            + " ref 1 used 1/2/2probes 1 REACHABLE\n"
            + "192.168.7.1 dev eth0 lladdr "
            + LocalWorld.ROUTER
            + " used 1/70/40probes 1 STALE\n";

    List<Sighting> all = ok(devices().devices());

    assertEquals(
        Set.of(LocalWorld.NAS, LocalWorld.ROUTER, LocalWorld.TV),
        all.stream().map(each -> String.valueOf(each.mac())).collect(Collectors.toSet()));
    assertEquals(
        List.of(Kind.SELF),
        find(LocalWorld.NAS).orElseThrow().evidence().stream().map(e -> e.kind()).toList());
    assertEquals("nas", find(LocalWorld.NAS).orElseThrow().fields().get(DeviceField.HOSTNAME));
  }

  @Test
  void namesFollowAsTheyArrive() throws InterruptedException {
    world.neighbors =
        "192.168.7.7 dev eth0 lladdr " + LocalWorld.TV + " used 1/2/2probes 1 STALE\n";
    assertEquals(null, find(LocalWorld.TV).orElseThrow().fields().get(DeviceField.HOSTNAME));

    Await.until(() -> world.namesAsked.contains(IpLiteral.of("192.168.7.7")));
    Await.until(
        () -> {
          try {
            return "host-192-168-7-7"
                .equals(find(LocalWorld.TV).orElseThrow().fields().get(DeviceField.HOSTNAME));
          } catch (InterruptedException ended) {
            throw new AssertionError(ended);
          }
        });
  }

  @Test
  void theFirstQuestionSweepsTheWholeNetwork() throws InterruptedException {
    devices().devices();

    Await.until(() -> world.sent.size() == 253);
    assertTrue(
        world.sent.stream().allMatch(each -> each.from().equals(IpLiteral.of("192.168.7.2"))));
    assertTrue(world.sent.stream().noneMatch(each -> each.target().equals(each.from())));
  }

  @Test
  void whereListeningBeginsAnewEverybodyIsAsked() throws InterruptedException {
    world.links.refusal = null;
    devices().devices();
    Await.until(() -> world.links.sent.size() == 2 * 253);
    devices().devices();
    assertEquals(2 * 253, world.links.sent.size());

    world.links.end("eth0");
    devices().devices();
    world.time.pass(Duration.ofSeconds(2));
    devices().devices();

    Await.until(() -> world.links.sent.size() == 4 * 253);
  }

  @Test
  void afterASweepThatIsAwaitedAnswersAreLookedForSoon() throws InterruptedException {
    assertEquals(Duration.ofSeconds(5), devices().cadence().watched());
    devices().devices();
    assertEquals(Duration.ofMillis(250), devices().cadence().idle());
    Await.until(() -> world.sent.size() == 253);

    world.time.pass(Duration.ofSeconds(3));
    devices().devices();

    assertEquals(Duration.ofSeconds(5), devices().cadence().watched());
    assertEquals(Duration.ofSeconds(15), devices().cadence().idle());
  }

  @Test
  void rescanSweepsAtTheNextQuestion() throws InterruptedException {
    devices().devices();
    Await.until(() -> world.sent.size() == 253);
    world.time.pass(Duration.ofSeconds(10));
    devices().rescan();

    devices().devices();

    Await.until(() -> world.sent.size() == 2 * 253);
  }

  @Test
  void aStaleNeighborIsAskedAndAReachableOneLeftInPeace() throws InterruptedException {
    world.neighbors =
        "192.168.7.7 dev eth0 lladdr "
            + LocalWorld.TV
            + " ref 1 used 1/2/2probes 1 REACHABLE\n"
            + "192.168.7.1 dev eth0 lladdr "
            + LocalWorld.ROUTER
            + " used 1/70/40probes 1 STALE\n";
    devices().devices();
    Await.until(() -> world.sent.size() == 253);
    world.sent.clear();
    world.time.pass(Duration.ofSeconds(15));

    devices().devices();

    Await.until(() -> !world.sent.isEmpty());
    assertEquals(
        List.of(new Probe(IpLiteral.of("192.168.7.2"), IpLiteral.of("192.168.7.1"), "eth0", true)),
        world.sent);
  }

  @Test
  void passiveSendsNothingAndAsksForNoNames() throws InterruptedException {
    source = open(Scan.PASSIVE);
    world.neighbors =
        "192.168.7.7 dev eth0 lladdr " + LocalWorld.TV + " used 1/2/2probes 1 STALE\n";

    for (int round = 0; round < 10; round++) {
      devices().rescan();
      assertTrue(find(LocalWorld.TV).isPresent());
      world.time.pass(Duration.ofMinutes(5));
    }

    assertEquals(List.of(), world.sent);
    assertEquals(Set.of(), world.namesAsked);
    assertTrue(isTold(Finding.Level.LACKING, "local.scan is passive"));
  }

  @Test
  void offNeverLooksButCountersStillWork() throws InterruptedException {
    source = open(Scan.OFF);

    var poll = assertInstanceOf(Poll.Unsupported.class, devices().devices());

    assertEquals("local.scan is off", poll.reason());
    assertEquals(1, ok(source.ports().orElseThrow().ports()).size());
    assertTrue(isTold(Finding.Level.LACKING, "local.scan is off"));
  }

  @Test
  void withoutAnyNetworkTheListIsEmpty() throws InterruptedException {
    world.own = List.of();
    world.tree.remove("sys/class/net/eth0").remove("proc/net");

    assertEquals(List.of(), ok(devices().devices()));
    assertTrue(isTold(Finding.Level.LACKING, "no interface on which devices could be seen"));
  }

  @Test
  void anInterfaceThatVanishesLeavesTheOthers() throws InterruptedException {
    world.neighbors =
        "192.168.7.7 dev eth0 lladdr " + LocalWorld.TV + " used 1/2/2probes 1 STALE\n";
    assertTrue(find(LocalWorld.TV).isPresent());

    world.tree.remove("sys/class/net/eth0");

    assertTrue(find(LocalWorld.TV).isEmpty());
  }

  @Test
  void anIpv6OnlyNetworkIsTold() throws InterruptedException {
    world.own = List.of(new OwnAddress("eth0", IpLiteral.of("fd00::2"), 64));
    world.tree.file("proc/net/route", "Iface\n");
    world.neighbors =
        "fd00::7 dev eth0 lladdr "
            + LocalWorld.TV
            + " used 1/80/50probes 1 STALE\n"
            + "fe80::7 dev eth0 lladdr "
            + LocalWorld.TV
            + " used 1/80/50probes 1 STALE\n";

    Sighting tv = find(LocalWorld.TV).orElseThrow();

    assertEquals(List.of(IpLiteral.of("fd00::7"), IpLiteral.of("fe80::7")), tv.addresses());
    assertEquals("ndp", tv.fields().get(DeviceField.SCAN_METHOD));
    Await.until(() -> world.sent.size() == 1);
    assertEquals(
        new Probe(IpLiteral.of("fd00::2"), IpLiteral.of("fd00::7"), "eth0", true),
        world.sent.getFirst());
  }

  @Test
  void addressesThatCannotBeReadAreAFailure() throws InterruptedException {
    Machine mute =
        new Machine(
            world.tree.files(),
            new InterfaceCatalog(world.tree.files()),
            () -> {
              throw new IOException("no more files");
            },
            () -> new NeighborTable.Reading(List.of(), NeighborTable.Origin.NOTHING),
            new SysfsCounters(world.tree.files()));
    try (LocalSource broken =
        new LocalSource(
            new LocalSettings(Scan.ACTIVE, Set.of(), true),
            mute,
            new Outside(
                world,
                world.time::pass,
                address -> "",
                world.links,
                (name, own, whom) -> new Interviewer.Answers(),
                world.nmap),
            new Kernel(
                world.kernel, world.played.shaping(), new WishFile(() -> world.tree.path("."))),
            world.time)) {
      var devices = assertInstanceOf(Poll.Failed.class, broken.devices().orElseThrow().devices());
      var ports = assertInstanceOf(Poll.Failed.class, broken.ports().orElseThrow().ports());

      assertEquals(FailureKind.REFUSED, devices.kind());
      assertEquals(FailureKind.REFUSED, ports.kind());
    }
  }

  @Test
  void aLargeNetworkIsBoundedAndToldSo() throws InterruptedException {
    world.own = List.of(new OwnAddress("eth0", IpLiteral.of("10.3.0.2"), 16));

    devices().devices();

    assertTrue(isTold(Finding.Level.LACKING, "10.3.0.0/16 on eth0 has 65534 addresses"));
    Await.until(() -> world.sent.size() == 4096);
  }

  @Test
  void aPublicNetworkIsNotSweptUnlessItIsNamed() throws InterruptedException {
    world.own = List.of(new OwnAddress("eth0", IpLiteral.of("203.0.113.7"), 24));
    devices().devices();
    assertTrue(isTold(Finding.Level.LACKING, "203.0.113.0/24 on eth0 is not a private network"));
    assertEquals(List.of(), world.sent);

    source = open(Scan.ACTIVE, "eth0");
    devices().devices();

    Await.until(() -> world.sent.size() == 253);
  }

  @Test
  void anInterfaceThatIsNamedButNotThereIsTold() throws InterruptedException {
    source = open(Scan.ACTIVE, "eth7");

    assertEquals(List.of(), ok(devices().devices()).stream().filter(s -> s.mac() != null).toList());
    assertTrue(isTold(Finding.Level.BROKEN, "eth7"));
  }

  @Test
  void whatIpLacksIsTold() throws InterruptedException {
    world.origin = NeighborTable.Origin.PROC;
    devices().devices();

    assertTrue(isTold(Finding.Level.LACKING, "ip is not installed"));
  }

  @Test
  void evidenceNeverLiesInTheFuture() throws InterruptedException {
    world.neighbors =
        "192.168.7.7 dev eth0 lladdr " + LocalWorld.TV + " ref 1 used 0/0/0probes 1 REACHABLE\n";

    for (Sighting each : ok(devices().devices())) {
      assertTrue(each.evidence().stream().noneMatch(e -> e.at().isAfter(world.time.instant())));
    }
  }
}
