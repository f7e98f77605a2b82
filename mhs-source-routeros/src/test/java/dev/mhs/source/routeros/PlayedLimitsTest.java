package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.Source;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.rest.Fault;
import dev.mhs.simulator.rest.User;
import dev.mhs.simulator.world.Habit;
import dev.mhs.simulator.world.Item;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Moved;
import dev.mhs.simulator.world.Place;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.RouterTables;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a limit on a played router, and what it does to the device's traffic. */
@Timeout(60)
class PlayedLimitsTest {
  private static final String MAC = "3C:7C:3F:5A:20:01";
  private static final DeviceKey DEVICE = new DeviceKey.ByMac(MacAddress.parse(MAC).orElseThrow());

  @TempDir Path storage;

  @ParameterizedTest
  @EnumSource(Release.class)
  void aLimitIsMadeChangedFoundChangedByOthersAndRemovedWithoutATrace(Release release)
      throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely().with(release), storage);
        Source source = home.router()) {
      Table queues = home.simulator.world().tables().queues();
      home.simulator.world().tables().allowFastPath(false);
      queues.add(Map.of("name", "office", "target", "192.168.88.0/28", "max-limit", "9M/90M"));
      queues.add(Map.of("name", "guests", "target", "192.168.88.128/25", "max-limit", "1M/9M"));
      List<Item> before = queues.items();
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      assertTrue(megabits(home) > 100, "unlimited");

      apply(limits, 20, 2);
      assertEquals(20, megabits(home), 0.5);
      apply(limits, 7.5, 1);
      assertEquals(7.5, megabits(home), 0.2);
      assertEquals(before.size() + 1, queues.items().size());

      Item ours = queues.items().stream().filter(one -> !before.contains(one)).findFirst().get();
      queues.set(ours.id(), Map.of("max-limit", "1M/12M"));
      home.pass(limits.cadence().idle());
      assertTrue(limits.cadence().idle().compareTo(Duration.ofSeconds(30)) <= 0);
      LimitInForce seen = ours(limits).orElseThrow();
      assertEquals(BitRate.ofMegabits(12), seen.limit().download());
      assertTrue(seen.enforced(), seen.toString());
      assertEquals(12, megabits(home), 0.3);

      queues.set(ours.id(), Map.of("disabled", "yes"));
      home.pass(limits.cadence().idle());
      assertFalse(ours(limits).orElseThrow().enforced());

      assertInstanceOf(LimitOutcome.Applied.class, limits.apply(limit(null, null)));
      assertEquals(before, queues.items(), "the queue list ends as it began");
      assertTrue(megabits(home) > 100, "unlimited again");
    }
  }

  @Test
  void aLimitThatFastTrackPassesByIsNotCalledEnforced() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely(), storage);
        Source source = home.router()) {
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      assertInstanceOf(LimitOutcome.Applied.class, limits.apply(limit(5.0, 1.0)));
      LimitInForce limit = ours(limits).orElseThrow();
      assertTrue(megabits(home) > 100, "and truly it does not hold");
      assertFalse(limit.enforced());
      assertNotNull(limit.reason());
      assertTrue(limit.reason().contains("FastTrack"), limit.reason());
    }
  }

  @Test
  void aDeviceThatIsKeptOutOfFastTrackIsHeldAndTheRouterEndsAsItBegan() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely(), storage);
        Source source = home.router(Map.of("fasttrack", "exempt"))) {
      RouterTables tables = home.simulator.world().tables();
      List<List<Item>> before = configured(tables);
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      assertTrue(megabits(home) > 100, "unlimited");

      apply(limits, 5, 1);
      assertEquals(5, megabits(home), 0.3);
      home.pass(Duration.ofMinutes(1));
      assertTrue(ours(limits).orElseThrow().enforced());
      assertEquals(5, megabits(home), 0.3);

      assertInstanceOf(LimitOutcome.Applied.class, limits.apply(limit(null, null)));
      assertEquals(before, configured(tables), "queues, firewall and lists end as they began");
      assertTrue(megabits(home) > 100, "unlimited again");
    }
  }

  @Test
  void aQueueOfTheRouterThatStandsBeforeOursIsFound() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely(), storage);
        Source source = home.router()) {
      home.simulator.world().tables().allowFastPath(false);
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      apply(limits, 5, 1);
      home.simulator
          .world()
          .tables()
          .queues()
          .addDynamic(Map.of("name", "hs-1", "target", "192.168.88.50", "max-limit", "9M/40M"), 0);
      assertEquals(40, megabits(home), 1, "truly the first one holds");
      home.pass(limits.cadence().idle());
      LimitInForce limit = ours(limits).orElseThrow();
      assertFalse(limit.enforced());
    }
  }

  @Test
  void whereIdsAreWantedInBodiesLimitsGoThroughAllTheSame() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely(), storage);
        Source source = home.router()) {
      home.simulator.world().tables().allowFastPath(false);
      home.simulator.router().wantIdsInBodies(true);
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      apply(limits, 20, 2);
      apply(limits, 10, 2);
      assertEquals(10, megabits(home), 0.5);
      assertInstanceOf(LimitOutcome.Applied.class, limits.apply(limit(null, null)));
      assertEquals(List.of(), home.simulator.world().tables().queues().items());
    }
  }

  @Test
  void whoMayOnlyReadIsToldSoAndNothingChanges() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely(), storage);
        Source source = home.router()) {
      User reader = User.reader(Simulator.USER.name(), Simulator.USER.password());
      home.simulator.router().users(List.of(reader));
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      LimitOutcome outcome = limits.apply(limit(5.0, 1.0));
      LimitOutcome.Refused refused = assertInstanceOf(LimitOutcome.Refused.class, outcome);
      assertTrue(refused.detail().contains("write"), refused.detail());
      assertEquals(List.of(), home.simulator.world().tables().queues().items());
    }
  }

  @Test
  void aRouterThatFailsMidwayLeavesNoHalfLimit() throws Exception {
    try (PlayedHousehold home = new PlayedHousehold(lonely(), storage);
        Source source = home.router()) {
      LimitController limits = source.limits().orElseThrow();
      home.pass(Duration.ofMinutes(1));
      for (Fault fault :
          List.of(new Fault.Refuses(), new Fault.Fails(), new Fault.TalksNonsense())) {
        home.simulator.router().fault(fault);
        LimitOutcome outcome = limits.apply(limit(5.0, 1.0));
        assertFalse(outcome instanceof LimitOutcome.Applied, fault + ": " + outcome);
        home.simulator.router().fault(new Fault.None());
        home.pass(limits.cadence().idle());
        assertEquals(Optional.empty(), ours(limits));
        assertEquals(List.of(), home.simulator.world().tables().queues().items());
      }
    }
  }

  private static Scenario lonely() {
    Member one =
        new Member(
            "lonely",
            MAC,
            50,
            Place.router("ether3"),
            Member.Traits.PLAIN,
            List.of(Habit.download(60_000, 600), Habit.keepalive(10)));
    return Scenario.usual().with(List.of(one));
  }

  private static void apply(LimitController limits, double download, double upload)
      throws InterruptedException {
    LimitOutcome outcome = limits.apply(limit(download, upload));
    LimitInForce made = assertInstanceOf(LimitOutcome.Applied.class, outcome).inForce();
    assertNotNull(made);
    assertTrue(made.enforced(), made.toString());
    assertTrue(made.ours());
    assertEquals(BitRate.ofMegabits(download), made.limit().download());
    assertEquals(BitRate.ofMegabits(upload), made.limit().upload());
  }

  private static Limit limit(@Nullable Double download, @Nullable Double upload) {
    return new Limit(
        DEVICE,
        List.of(lonely().members().getFirst().address()),
        download == null ? null : BitRate.ofMegabits(download),
        upload == null ? null : BitRate.ofMegabits(upload));
  }

  private static Optional<LimitInForce> ours(LimitController limits) throws InterruptedException {
    if (limits.limits() instanceof Poll.Ok<List<LimitInForce>>(List<LimitInForce> all)) {
      return all.stream().filter(LimitInForce::ours).findFirst();
    }
    throw new AssertionError("no limits were read");
  }

  private static List<List<Item>> configured(RouterTables tables) {
    return List.of(
        tables.queues().items(),
        tables.filter().items(),
        tables.filter6().items(),
        tables.addressLists().items(),
        tables.addressLists6().items());
  }

  private static double megabits(PlayedHousehold home) {
    Moved before = home.simulator.world().truth().device(MAC);
    home.pass(Duration.ofSeconds(10));
    Moved moved = home.simulator.world().truth().device(MAC).minus(before);
    return BitRate.of(moved.allDown(), Duration.ofSeconds(10)).bitsPerSecond() / 1e6;
  }
}
