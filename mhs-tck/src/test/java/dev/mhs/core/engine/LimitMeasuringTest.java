package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Evidence;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitMeasurement;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.Usage;
import dev.mhs.core.maker.Makers;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.people.Aliases;
import dev.mhs.core.plugin.FoundProvider;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.poll.Deadlines;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.tck.Await;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import dev.mhs.tck.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits from a source's answer to the snapshot, with what their devices really move. */
class LimitMeasuringTest {
  private static final Duration PUSH = Duration.ofSeconds(2);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
  private static final DeviceKey KEY = new DeviceKey.ByMac(MAC);
  private static final BitRate LIMIT = BitRate.ofMegabits(5);

  private final MutableClock clock = new MutableClock();
  private final Deadlines deadlines = new Deadlines();
  private final List<Feed> feeds = new ArrayList<>();
  private final FakeSource router = fake();
  @TempDir private Path storage;
  private @Nullable SnapshotMaker maker;
  private long down;
  private long up;
  private long through;

  @BeforeEach
  void aLimitedDevice() {
    router
        .onDevices()
        .answersWith(
            () ->
                List.of(
                    Sighting.of(MAC)
                        .address(IpLiteral.of("192.168.88.1"))
                        .evidence(new Evidence(Evidence.Kind.ANSWERED, clock.instant()))
                        .build()));
    counting(router);
    router.onLimits().answersWith(() -> List.of(ours(true, null)));
  }

  @AfterEach
  void close() {
    feeds.forEach(Feed::close);
    deadlines.close();
  }

  @Test
  void whoMovesClearlyMoreForHalfAMinuteIsNotHeldAndTheFiguresSaySo() {
    start(router);

    Snapshot early = pass(20, 50, 1);
    assertTrue(limit(early).enforced(), "a burst proves nothing");
    LimitInForce found = limit(pass(40, 50, 1));

    assertFalse(found.enforced());
    String reason = String.valueOf(found.reason());
    assertTrue(reason.contains("moved 50 Mbit/s down"), reason);
    assertTrue(reason.contains("the limit is 5"), reason);
    LimitMeasurement measured = measured(found);
    assertEquals(50, measured.download().megabits(), 0.01);
    assertEquals(1, measured.upload().megabits(), 0.01);
    assertEquals(false, measured.biting());
  }

  @Test
  void whoIsHeldIsToldWithWhatItMoved() {
    start(router);

    LimitInForce found = limit(pass(60, 4.8, 0.5));

    assertTrue(found.enforced());
    assertNull(found.reason());
    assertEquals(4.8, measured(found).download().megabits(), 0.01);
    assertEquals(0.5, measured(found).upload().megabits(), 0.01);
    assertEquals(true, measured(found).biting());
  }

  @Test
  void whoRestsProvesNothing() {
    start(router);

    LimitInForce found = limit(pass(60, 0.1, 0.01));

    assertTrue(found.enforced());
    assertNull(measured(found).biting());
  }

  @Test
  void aLimitThatBeginsToBiteIsEnforcedAgain() {
    start(router);
    assertFalse(limit(pass(60, 50, 1)).enforced());

    LimitInForce found = limit(pass(60, 4.9, 1));

    assertTrue(found.enforced());
    assertEquals(true, measured(found).biting());
  }

  @Test
  void whatTheBoxSaysItselfIsNotOverruled() {
    router.onLimits().answersWith(() -> List.of(ours(false, "FastTrack")));
    start(router);

    LimitInForce found = limit(pass(60, 50, 1));

    assertFalse(found.enforced());
    assertEquals("FastTrack", found.reason());
    assertEquals(false, measured(found).biting());
  }

  @Test
  void whatWentThroughTheLimitCountsWhereNobodyElseCounts() {
    router.onBandwidth().fails(FailureKind.REFUSED, "cannot count");
    router
        .onLimits()
        .answersWith(
            () -> {
              Usage counted = new Usage.Totals(through, through, CounterWidth.BITS_64, 0);
              LimitInForce said = ours(true, null);
              return List.of(new LimitInForce(said.limit(), true, null, true, counted, null));
            });
    start(router);

    LimitInForce found = limit(pass(60, 4.7, 4.7));

    assertEquals(4.7, measured(found).download().megabits(), 0.01);
    assertEquals(true, measured(found).biting());
  }

  /** What another box counts may never cross the one that limits. */
  @Test
  void whatAnotherBoxCountsSaysNothingAboutTheLimit() {
    router.onBandwidth().fails(FailureKind.REFUSED, "cannot count");
    FakeSource other =
        FakeSource.of(clock, Capability.BANDWIDTH).cadence(new Cadence(HOUR, HOUR, HOUR));
    counting(other);
    start(router, other);

    Snapshot snapshot = pass(60, 50, 1);

    assertEquals(new SourceId("fake1"), snapshot.source(Capability.BANDWIDTH));
    assertTrue(limit(snapshot).enforced());
    assertNull(limit(snapshot).measured());
  }

  @Test
  void anotherLimitIsMeasuredAnew() {
    start(router);
    assertFalse(limit(pass(60, 50, 1)).enforced());
    router.onLimits().answersWith(() -> List.of(limited(BitRate.ofMegabits(60), true, null)));

    LimitInForce atOnce = limit(pass(2, 50, 1));
    assertTrue(atOnce.enforced());
    assertNull(atOnce.measured());
    assertEquals(true, measured(limit(pass(60, 50, 1))).biting());
  }

  @Test
  void afterRemovalNothingIsLeftAndTheSameLimitBeginsAnew() {
    start(router);
    assertFalse(limit(pass(60, 50, 1)).enforced());

    router.onLimits().answers(List.of());
    Snapshot removed = pass(2, 50, 1);
    assertEquals(List.of(), removed.limits());
    assertNull(device(removed).limit());

    router.onLimits().answersWith(() -> List.of(ours(true, null)));
    LimitInForce anew = limit(pass(2, 50, 1));
    assertTrue(anew.enforced());
    assertNull(anew.measured());
  }

  private FakeSource fake() {
    return FakeSource.of(clock).cadence(new Cadence(HOUR, HOUR, HOUR));
  }

  private void counting(FakeSource source) {
    source
        .onBandwidth()
        .answersWith(
            () -> {
              Usage usage = new Usage.Totals(down, up, CounterWidth.BITS_64, 0);
              return new BandwidthReading(clock.moment(), "fake", Map.of(KEY, usage), null, null);
            });
  }

  private static LimitInForce ours(boolean enforced, @Nullable String reason) {
    return limited(LIMIT, enforced, reason);
  }

  private static LimitInForce limited(BitRate rate, boolean enforced, @Nullable String reason) {
    Limit limit = new Limit(KEY, List.of(IpLiteral.of("192.168.88.1")), rate, rate);
    return new LimitInForce(limit, enforced, reason, true);
  }

  private void start(FakeSource... sources) {
    for (int at = 0; at < sources.length; at++) {
      String name = "fake" + at;
      FoundProvider provider =
          Providers.of(new FakeProvider(name, 50 - at, sources[at])).found().getFirst();
      Feed feed =
          new Feed(
              new SourceSpec(new SourceId(name), name, null, SourceSettings.NONE),
              provider,
              new Feed.Surroundings(
                  clock,
                  deadlines,
                  () -> true,
                  storage,
                  new Makers(task -> {}),
                  (one, traffic) -> {},
                  () -> {}));
      feeds.add(feed);
      feed.start();
      Await.until("it is open", () -> !feed.status().capabilities().isEmpty());
    }
    EngineSettings settings =
        new EngineSettings(PUSH, PresenceRules.DEFAULT, ZoneOffset.UTC, storage);
    maker = new SnapshotMaker(settings, List.copyOf(feeds), List.of(), new Aliases());
    Await.until("all have answered", () -> polls().stream().allMatch(polls -> polls >= 1));
    look();
  }

  /** Lets the device move at these rates, in megabits per second, read every 2 s. */
  private Snapshot pass(int seconds, double downMegabits, double upMegabits) {
    Snapshot last = look();
    for (int passed = 0; passed < seconds; passed += 2) {
      clock.advance(PUSH);
      down += (long) (downMegabits * 1e6 / 8 * PUSH.toSeconds());
      up += (long) (upMegabits * 1e6 / 8 * PUSH.toSeconds());
      through = down;
      readAnew();
      last = look();
    }
    return last;
  }

  private void readAnew() {
    List<Long> before = polls();
    feeds.forEach(Feed::hurry);
    Await.until(
        "all have answered anew",
        () -> {
          List<Long> now = polls();
          for (int at = 0; at < now.size(); at++) {
            if (now.get(at) <= before.get(at)) {
              return false;
            }
          }
          return true;
        });
  }

  private List<Long> polls() {
    return feeds.stream()
        .flatMap(feed -> feed.status().capabilities().stream())
        .map(CapabilityStatus::polls)
        .toList();
  }

  private Snapshot look() {
    return Objects.requireNonNull(maker).make(clock.moment());
  }

  private static DeviceState device(Snapshot snapshot) {
    return snapshot.devices().getFirst();
  }

  /** The list and the device tell the same. */
  private static LimitInForce limit(Snapshot snapshot) {
    LimitInForce found = snapshot.limits().getFirst();
    assertEquals(found, device(snapshot).limit());
    return found;
  }

  private static LimitMeasurement measured(LimitInForce limit) {
    LimitMeasurement measured = limit.measured();
    assertNotNull(measured);
    return measured;
  }
}
