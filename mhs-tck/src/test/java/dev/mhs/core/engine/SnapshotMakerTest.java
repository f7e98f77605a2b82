package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.Capability;
import dev.mhs.api.Choice;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Port;
import dev.mhs.api.Presence;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotMakerTest {
  private static final Duration PUSH = Duration.ofSeconds(2);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
  private static final DeviceKey KEY = new DeviceKey.ByMac(MAC);

  private final MutableClock clock = new MutableClock();
  private final FakeSource fake = FakeSource.of(clock).cadence(new Cadence(HOUR, HOUR, HOUR));
  private final Deadlines deadlines = new Deadlines();
  @TempDir private Path storage;
  private Feed feed;
  private SnapshotMaker maker;

  @SuppressWarnings("NullAway.Init") // JUnit gives the folder, and then makes the rest
  SnapshotMakerTest() {}

  @BeforeEach
  void oneSource() {
    FoundProvider provider = Providers.of(new FakeProvider("fake", 50, fake)).found().getFirst();
    feed =
        new Feed(
            new SourceSpec(new SourceId("fake"), "fake", null, SourceSettings.NONE),
            provider,
            new Feed.Surroundings(
                clock,
                deadlines,
                () -> true,
                storage,
                new Makers(task -> {}),
                (one, traffic) -> {},
                () -> {}));
    EngineSettings settings =
        new EngineSettings(PUSH, PresenceRules.DEFAULT, ZoneOffset.UTC, storage);
    maker = new SnapshotMaker(settings, List.of(feed), List.of(), new Aliases());
    fake.onDevices()
        .answersWith(
            () ->
                List.of(
                    Sighting.of(MAC)
                        .address(IpLiteral.of("192.168.88.1"))
                        .evidence(new Evidence(Evidence.Kind.ANSWERED, clock.instant()))
                        .build()));
  }

  @AfterEach
  void close() {
    feed.close();
    deadlines.close();
  }

  @Test
  void aDeviceIsShownWithItsRate() {
    reads(1000);
    start();
    look();
    clock.advance(PUSH);
    readsAnew(5000);

    Snapshot snapshot = look();

    assertEquals(Presence.ONLINE, snapshot.devices().getFirst().device().presence());
    assertEquals(2, snapshot.seq());
    assertNotNull(snapshot.devices().getFirst().rate());
    assertEquals(4000, snapshot.devices().getFirst().rate().downloadBytes());
  }

  @Test
  void aRateThatIsNotRenewedIsNoLongerShown() {
    reads(1000);
    start();
    look();
    clock.advance(PUSH);
    readsAnew(5000);
    look();

    clock.advance(Duration.ofSeconds(4));
    assertNotNull(look().devices().getFirst().rate());
    clock.advance(Duration.ofSeconds(2));
    assertNull(look().devices().getFirst().rate());
  }

  @Test
  void aProcessThatStoodStillForAnHourTurnsNobodyOffline() {
    start();
    look();

    clock.advance(HOUR);

    assertEquals(Presence.ONLINE, look().devices().getFirst().device().presence());
  }

  @Test
  void aRateOverALongGapIsNotShownForHours() {
    reads(1000);
    start();
    look();
    clock.advance(Duration.ofMinutes(20));
    readsAnew(5000);
    assertNotNull(look().devices().getFirst().rate());

    clock.advance(Duration.ofMinutes(3));
    assertNull(look().devices().getFirst().rate());
  }

  @Test
  void portsHaveNoSingleSource() {
    start();

    assertEquals(
        new Choice(Capability.PORTS, null, "every box tells about its own"),
        look().choices().get(Capability.PORTS));
  }

  @Test
  void besideTheRouterTheHostsWayOutIsNotTheLine() {
    fake.onPorts().answersWith(() -> List.of(box(Box.Role.ROUTER), box(Box.Role.HOST)));
    start();

    assertEquals(List.of(true, false), wanMarks(look()));
  }

  @Test
  void withoutARouterTheHostsWayOutIsTheLine() {
    fake.onPorts().answersWith(() -> List.of(box(Box.Role.HOST), box(Box.Role.SWITCH)));
    start();

    assertEquals(List.of(true, true), wanMarks(look()));
  }

  private Box box(Box.Role role) {
    Port wan = new Port("wan", "ether", Port.Link.UP, null, null, null, true, null);
    return new Box(role.name(), role.name(), null, role, clock.moment(), List.of(wan));
  }

  private static List<Boolean> wanMarks(Snapshot snapshot) {
    return snapshot.boxes().stream().map(state -> state.box().ports().getFirst().wan()).toList();
  }

  private void start() {
    feed.start();
    Await.until("all have answered", () -> feed.status().capabilities().size() == 4 && polled(1));
  }

  private Snapshot look() {
    return maker.make(clock.moment());
  }

  private void reads(long total) {
    Usage usage = new Usage.Totals(total, total, CounterWidth.BITS_64, 0);
    fake.onBandwidth()
        .answersWith(
            () -> new BandwidthReading(clock.moment(), "fake", Map.of(KEY, usage), null, null));
  }

  private void readsAnew(long total) {
    reads(total);
    long before = feed.status().capabilities().getFirst().polls();
    feed.hurry();
    Await.until("all have answered anew", () -> polled(before + 1));
  }

  private boolean polled(long times) {
    return feed.status().capabilities().stream().allMatch(one -> one.polls() >= times);
  }
}
