package dev.mhs.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.simulator.SteppedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class WorldTest {
  private static final String DOWNLOADER = "3C:7C:3F:00:00:01";
  private static final String ADDRESS = "192.168.88.50";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SteppedClock clock = new SteppedClock();

  @Test
  void aClockThatGoesOnWhileTheWorldIsMadeDoesNoHarm() {
    AtomicLong looks = new AtomicLong();

    World world = new World(Scenario.usual(), () -> Instant.ofEpochSecond(looks.incrementAndGet()));

    assertTrue(world.truth().line().allDown() >= 0);
    assertTrue(looks.get() > 1);
  }

  @Test
  void theSameSeedGivesTheSameBytesHoweverOftenOneLooks() {
    World rarely = new World(Scenario.usual(), clock);
    World often = new World(Scenario.usual(), clock);
    World other = new World(Scenario.usual().withSeed(2), clock);
    for (int second = 0; second < 120; second++) {
      clock.advance(Duration.ofSeconds(1));
      often.connections();
    }
    assertEquals(rarely.truth(), often.truth());
    assertNotEquals(rarely.truth(), other.truth());
  }

  @Test
  void theLineCarriesWhatTheDevicesAndTheRouterMove() {
    World world = new World(Scenario.usual(), clock);
    clock.advance(Duration.ofMinutes(5));

    Truth truth = world.truth();
    long down = truth.devices().values().stream().mapToLong(Moved::allDown).sum();
    assertEquals(truth.line().allDown(), down + truth.own().allDown());
    assertTrue(truth.line().allDown() > 500_000_000, "a family at home: " + truth.line());
    assertTrue(truth.own().allUp() > 0);
    assertTrue(truth.line().down6() > 0);
    assertTrue(truth.devices().values().stream().allMatch(one -> one.allUp() > 0));
  }

  @Test
  void interfacesCountWhatWasMovedAndTheFramesAroundIt() {
    World world = new World(Scenario.usual(), clock);
    clock.advance(Duration.ofMinutes(2));

    Truth truth = world.truth();
    Port line = world.router().port("ether1");
    assertRatio(truth.line().allDown(), line.rx());
    assertRatio(truth.line().allUp(), line.tx());
    Moved desk = truth.device("A4:BB:6D:5A:10:02"); // alone on a port of the switch
    Port socket = world.switchBox().port("ether3");
    assertRatio(desk.allDown(), socket.tx());
    assertRatio(desk.allUp(), socket.rx());
    assertEquals(world.switchBox().port("ether1").rx(), world.router().port("ether5").tx());
  }

  @Test
  void endedConnectionsLingerAndTheirIdsAreGivenAgain() {
    World world = new World(Scenario.usual(), clock);
    Set<String> listed = new HashSet<>();
    Map<String, Set<Integer>> ports = new java.util.HashMap<>();
    boolean sawClosed = false;
    for (int second = 0; second < 300; second += 2) {
      clock.advance(Duration.ofSeconds(2));
      for (Connection one : world.connections()) {
        listed.add(one.id());
        ports.computeIfAbsent(one.id(), id -> new HashSet<>()).add(one.sourcePort());
        sawClosed |= one.isClosed();
        assertTrue(one.timeout(world.seconds()) > 0);
      }
    }
    assertTrue(sawClosed);
    assertTrue(ports.values().stream().anyMatch(one -> one.size() > 1), "ids are reused");
    assertTrue(listed.size() < 1_000);
  }

  @Test
  void theLineIsNeverFasterThanItIs() {
    World world = new World(Scenario.usual().withLine(20e6, 4e6), clock);
    clock.advance(MINUTE);
    Truth before = world.truth();
    clock.advance(MINUTE);
    Moved moved = world.truth().minus(before).line();
    assertTrue(moved.allDown() <= Bits.bytes(20e6, 60) + 1, moved.toString());
    assertTrue(moved.allUp() <= Bits.bytes(4e6, 60) + 1, moved.toString());
    assertTrue(moved.allDown() > Bits.bytes(15e6, 60), "it is full: " + moved);
  }

  @Test
  void aQueueDoesNothingToWhatIsFast() {
    World world = lonely();
    world.tables().queues().add(Map.of("target", ADDRESS, "max-limit", "1M/5M"));
    clock.advance(MINUTE);
    assertTrue(megabits(world) > 100, "fasttracked: " + megabits(world));
    assertTrue(world.isFastTrackActive());
  }

  @Test
  void aQueueHoldsWhatIsNotFast() {
    World world = lonely();
    world.tables().allowFastPath(false);
    Item queue = world.tables().queues().add(Map.of("target", ADDRESS, "max-limit", "1M/5M"));
    clock.advance(MINUTE);
    assertEquals(5, megabits(world), 0.1);
    assertEquals(5e6, (double) world.queueCounts(queue.id()).rateDown(), 3e5);

    world.tables().queues().set(queue.id(), Map.of("disabled", "yes"));
    assertTrue(megabits(world) > 100);
    world.tables().queues().set(queue.id(), Map.of("disabled", "no", "max-limit", "0/8M"));
    assertEquals(8, megabits(world), 0.1);
    world.tables().queues().addDynamic(Map.of("target", ADDRESS, "max-limit", "1M/2M"), 0);
    assertEquals(2, megabits(world), 0.1);
  }

  @Test
  void aChildIsHeldByItsParentToo() {
    World world = lonely();
    world.tables().allowFastPath(false);
    world
        .tables()
        .queues()
        .add(Map.of("name", "all", "target", "192.168.88.0/24", "max-limit", "9M/9M"));
    world
        .tables()
        .queues()
        .add(Map.of("name", "one", "target", ADDRESS, "parent", "all", "max-limit", "40M/40M"));
    clock.advance(MINUTE);
    assertEquals(9, megabits(world), 0.1);
  }

  @Test
  void rulesBeforeTheFastTrackRuleExemptWhatIsEstablishedAfterwards() {
    World world = lonely();
    world.tables().queues().add(Map.of("target", ADDRESS, "max-limit", "1M/5M"));
    clock.advance(MINUTE);
    exempt(world, "src-address-list");
    assertTrue(megabits(world) > 100, "one direction is not enough, and what is fast stays fast");

    exempt(world, "dst-address-list");
    assertTrue(megabits(world) > 100, "what is fast stays fast");
    for (Connection one : world.connections()) {
      world.removeConnection(one.id(), false);
    }
    assertEquals(5, megabits(world), 0.1);
    assertTrue(world.connections().stream().noneMatch(Connection::isFast));

    Item listed = world.tables().addressLists().items().getFirst();
    world.tables().addressLists().remove(listed.id());
    assertTrue(megabits(world) > 100, "no longer exempted");
  }

  @Test
  void aRebootTakesCountersConnectionsAndUptime() {
    World world = new World(Scenario.usual(), clock);
    clock.advance(MINUTE);
    Truth truth = world.truth();
    assertFalse(world.connections().isEmpty());

    world.rebootRouter();

    assertEquals(0, world.connections().size());
    assertEquals(0, world.router().port("ether1").rx());
    assertEquals(1, world.router().boots());
    assertEquals(truth, world.truth(), "what was moved stays moved");
  }

  @Test
  void whoIsAwayMovesNothing() {
    World world = lonely();
    clock.advance(Duration.ofSeconds(10));
    world.move(DOWNLOADER, false);
    clock.advance(Duration.ofSeconds(1));
    Moved then = world.truth().device(DOWNLOADER);
    clock.advance(MINUTE);
    assertEquals(then, world.truth().device(DOWNLOADER));
    world.move(DOWNLOADER, true);
    assertTrue(megabits(world) > 1);
  }

  @Test
  void aPortThatIsSwitchedOffCarriesNothing() {
    World world = lonely();
    clock.advance(MINUTE);
    world.setPort(world.router(), "ether3", Map.of("disabled", "yes"));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(0, megabits(world), 0.001);
    assertEquals(1, world.router().port("ether3").linkDowns());
    assertNull(world.router().port("bridge").made());
  }

  private World lonely() {
    Member one =
        new Member(
            "lonely",
            DOWNLOADER,
            50,
            Place.router("ether3"),
            Member.Traits.PLAIN,
            List.of(Habit.download(60_000, 600)));
    return new World(Scenario.usual().with(List.of(one)), clock);
  }

  @Test
  void atNightPeopleSleepAndThingsDoNot() {
    Truth night = threeHoursFrom(Instant.parse("2026-08-01T01:00:00Z"));
    Truth evening = threeHoursFrom(Instant.parse("2026-08-01T18:00:00Z"));

    assertTrue(
        2 * night.line().allDown() < evening.line().allDown(),
        night.line() + ", " + evening.line());
    String camera = "9C:8E:CD:5A:10:14";
    assertAlike(evening.device(camera).allUp(), night.device(camera).allUp(), 0.02);
  }

  private static Truth threeHoursFrom(Instant begin) {
    AtomicReference<Instant> now = new AtomicReference<>(begin);
    World world =
        new World(Scenario.usual().with(Household.EVERYDAY).withNights(ZoneOffset.UTC), now::get);
    world.pace(Duration.ofMillis(400));
    now.set(begin.plus(Duration.ofHours(3)));
    return world.truth();
  }

  @Test
  void aFasterPaceMovesAboutTheSame() {
    World exact = new World(Scenario.usual(), clock);
    World fast = new World(Scenario.usual(), clock);
    fast.pace(Duration.ofMillis(400));
    clock.advance(Duration.ofMinutes(30));

    assertAlike(exact.truth().line().allDown(), fast.truth().line().allDown(), 0.2);
    assertThrows(IllegalArgumentException.class, () -> fast.pace(Duration.ZERO));
  }

  private void exempt(World world, String key) {
    if (world.tables().addressLists().items().isEmpty()) {
      world.tables().addressLists().add(Map.of("list", "slow", "address", ADDRESS));
    }
    Item fast =
        world.tables().filter().items().stream()
            .filter(item -> item.text("action").equals("fasttrack-connection"))
            .findFirst()
            .orElseThrow();
    world
        .tables()
        .filter()
        .add(
            Map.of(
                "chain",
                "forward",
                "action",
                "accept",
                "connection-state",
                "established,related",
                key,
                "slow",
                "place-before",
                fast.id()));
  }

  private double megabits(World world) {
    Moved before = world.truth().device(DOWNLOADER);
    clock.advance(Duration.ofSeconds(10));
    return Bits.rate((double) world.truth().device(DOWNLOADER).minus(before).allDown(), 10) / 1e6;
  }

  private static void assertRatio(long moved, long counted) {
    double ratio = counted / (double) moved;
    assertTrue(ratio > 1 && ratio < 1.06, counted + " of " + moved);
  }

  private static void assertAlike(long expected, long actual, double tolerance) {
    assertEquals(1, (double) actual / expected, tolerance, actual + " instead of " + expected);
  }
}
