package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Finding;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.read.OwnAddress;
import dev.mhs.tck.LimitControllerContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of a gateway with a played kernel: what holds for every controller, and for this. */
class LocalLimitsContractTest extends LimitControllerContract {
  private static final DeviceKey TV = new DeviceKey.ByMac(MacAddress.of(LocalWorld.TV));

  private final Path folder;

  LocalLimitsContractTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Override
  protected Source open(SourceContext context) {
    return source(gateway());
  }

  private LocalWorld gateway() {
    try {
      LocalWorld world = new LocalWorld(Files.createTempDirectory(folder, "world"));
      world.tree.ethernet("lan0", "02:00:00:00:00:ab", FixtureTree.UP);
      world.tree.file("proc/sys/net/ipv4/ip_forward", "1\n");
      world.own =
          List.of(
              new OwnAddress("eth0", IpLiteral.of("192.168.7.2"), 24),
              new OwnAddress("lan0", IpLiteral.of("10.1.0.1"), 24));
      world.neighbors = "10.1.0.7 dev lan0 lladdr " + LocalWorld.TV + " REACHABLE\n";
      world.played.roots.put("lan0", "fq_codel 0:");
      world.played.roots.put("eth0", "fq_codel 0:");
      return world;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Source source(LocalWorld world) {
    return world.source(new LocalSettings(Scan.OFF, Set.of(), false));
  }

  @Override
  protected Limit limit() {
    return limit("10.1.0.7");
  }

  private static Limit limit(String address) {
    return new Limit(
        TV, List.of(IpLiteral.of(address)), BitRate.ofMegabits(20), BitRate.ofMegabits(4));
  }

  @Override
  protected Limit impossible() {
    return limit("192.168.7.9"); // at the uplink
  }

  @Test
  void onlyTheHouseholdsSideIsTouched() throws InterruptedException {
    LocalWorld world = gateway();
    try (Source source = source(world)) {
      source.limits().orElseThrow().apply(limit());

      assertEquals("htb 4d01:", world.played.roots.get("lan0"));
      assertEquals("fq_codel 0:", world.played.roots.get("eth0"));
    }
  }

  @Test
  void aLimitTellsTheAddressesThatItsDeviceHasNow() throws InterruptedException {
    LocalWorld world = gateway();
    try (Source source = source(world)) {
      LimitController limits = source.limits().orElseThrow();
      limits.apply(limit());

      world.neighbors = "10.1.0.99 dev lan0 lladdr " + LocalWorld.TV + " REACHABLE\n";

      LimitInForce told = LocalWorld.ok(limits.limits()).getFirst();
      assertEquals(List.of(IpLiteral.of("10.1.0.99")), told.limit().addresses());
      assertTrue(told.enforced());
    }
  }

  @Test
  void whatTheKernelLostAltogetherIsBroughtBack() throws InterruptedException {
    LocalWorld world = gateway();
    try (Source source = source(world)) {
      source.limits().orElseThrow().apply(limit());
    }
    world.played.table = null; // as "nft flush ruleset" does, and a restart of the machine
    world.played.roots.remove("mhs-up");
    try (Source next = source(world)) {
      LimitInForce told = LocalWorld.ok(next.limits().orElseThrow().limits()).getFirst();

      assertEquals(limit().download(), told.limit().download());
      assertTrue(told.enforced());
    }
  }

  @Test
  void whatWasRemovedStaysRemovedWhateverTheKernelLoses() throws InterruptedException {
    LocalWorld world = gateway();
    try (Source source = source(world)) {
      LimitController limits = source.limits().orElseThrow();
      limits.apply(limit());
      limits.apply(new Limit(TV, List.of(), null, null));
    }
    try (Source next = source(world)) {
      assertEquals(List.of(), LocalWorld.ok(next.limits().orElseThrow().limits()));
    }
  }

  @Test
  void aWishThatCannotComeBackIsToldAsNotEnforced() throws InterruptedException {
    LocalWorld world = gateway();
    try (Source source = source(world)) {
      source.limits().orElseThrow().apply(limit());
    }
    world.played.table = null;
    world.played.roots.put("lan0", "cake 8001:");
    try (Source next = source(world)) {
      LimitInForce told = LocalWorld.ok(next.limits().orElseThrow().limits()).getFirst();

      assertTrue(String.valueOf(told.reason()).startsWith("lan0 has a queue of its own"));
    }
  }

  @Test
  void thisMachineItselfIsRefused() throws InterruptedException {
    try (Source source = source(gateway())) {
      LimitOutcome.Refused refused =
          assertInstanceOf(
              LimitOutcome.Refused.class, source.limits().orElseThrow().apply(limit("10.1.0.1")));

      assertTrue(refused.detail().contains("this machine itself"), refused.detail());
    }
  }

  @Test
  void whoIsNoGatewayLimitsNobodyAndRunsNothing() throws InterruptedException {
    LocalWorld world = gateway();
    world.tree.file("proc/sys/net/ipv4/ip_forward", "0\n");
    world.played.refusals.put("", "nothing may be run");
    try (Source source = source(world)) {
      LimitController limits = source.limits().orElseThrow();

      assertInstanceOf(Poll.Unsupported.class, limits.limits());
      assertInstanceOf(LimitOutcome.Refused.class, limits.apply(limit()));
      assertEquals(List.of(), slowness(source));
    }
  }

  @Test
  void aGatewayThatMayNotSaysWhatItTakes() throws InterruptedException {
    LocalWorld world = gateway();
    world.played.refusals.put("nft", "Operation not permitted (you must be root)");
    try (Source source = source(world)) {
      assertInstanceOf(Poll.Unsupported.class, source.limits().orElseThrow().limits());

      assertEquals(1, slowness(source).size());
      assertTrue(slowness(source).getFirst().contains("CAP_NET_ADMIN"));
    }
  }

  private static List<String> slowness(Source source) {
    return source.findings().stream()
        .map(Finding::what)
        .filter(what -> what.contains("slowed down"))
        .toList();
  }
}
