package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Presence;
import dev.mhs.api.Sighting;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Usage;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.session.SessionChange;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceProvider;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.tck.Await;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import dev.mhs.tck.Logged;
import dev.mhs.tck.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
  private static final Duration PUSH = Duration.ofMillis(20);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Cadence FAST =
      new Cadence(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(100));
  private static final SourceId ROUTER = new SourceId("router");
  private static final SourceId LOCAL = new SourceId("local");
  private static final DeviceKey KEY = new DeviceKey.ByMac(mac(1));
  private static final Limit LIMIT =
      new Limit(KEY, List.of(IpLiteral.of("192.168.88.1")), BitRate.ofMegabits(5), null);

  private final SystemTime time = new SystemTime();
  private final FakeSource router = FakeSource.of(time).cadence(FAST);
  private final FakeSource local =
      FakeSource.of(time, Capability.DEVICES, Capability.BANDWIDTH).cadence(FAST);
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private TrafficListener listener = (devices, line) -> {};
  private Duration pushInterval = PUSH;
  private @Nullable Engine engine;
  @TempDir private Path storage;

  @BeforeEach
  void twoSourcesThatSeeADevice() {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
    seeing(router, 1);
    seeing(local, 1);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    router.fails(FailureKind.UNREACHABLE, "over");
    local.fails(FailureKind.UNREACHABLE, "over");
    if (engine != null) {
      engine.close();
    }
    awaitNoThreads();
    Thread.setDefaultUncaughtExceptionHandler(null);
    assertEquals(List.of(), uncaught);
  }

  @Test
  void theSourceOfTheHighestPriorityAnswers() {
    start();

    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.DEVICES)));
    await("the device is online", () -> presence(1) == Presence.ONLINE);
    assertEquals(LOCAL.name(), status(LOCAL).type());
    assertEquals(2, latest().sources().size());
  }

  @Test
  void theMakerFollowsFromTheAddressWhoeverSeesTheDevice() {
    DeviceKey shop = new DeviceKey.ByMac(MacAddress.of("18:fd:74:01:02:03"));
    router
        .onDevices()
        .answersWith(
            () ->
                List.of(
                    Sighting.of(MacAddress.of("18:fd:74:01:02:03"))
                        .address(IpLiteral.of("192.168.88.1"))
                        .build()));
    start();

    await(
        "the maker is named",
        () ->
            latest().devices().stream()
                .filter(state -> state.device().key().equals(shop))
                .anyMatch(
                    state -> "Routerboard.com".equals(state.device().text(DeviceField.VENDOR))));
  }

  @Test
  void whoMerelyStandsByIsAskedAsRarelyAsIfNobodyLooked() {
    Cadence patient = new Cadence(FAST.watched(), Duration.ofHours(1), LONG);
    router.cadence(patient);
    local.cadence(patient);
    start();
    Await.until("both answer", () -> ROUTER.equals(chosen(Capability.DEVICES)) && isUp(LOCAL));
    long chosenAt = latest().seq();
    Await.until("it was noted", () -> latest().seq() > chosenAt + 1);

    int standing = local.onDevices().calls();
    int asked = router.onDevices().calls();
    Await.until("the router is asked on", () -> router.onDevices().calls() > asked + 50);
    int more = local.onDevices().calls() - standing;
    assertTrue(more <= 1, () -> "it was asked " + more + " times while it stood by");

    router.onDevices().cannot("it has moved out");
    Await.until("the other is needed", () -> LOCAL.equals(chosen(Capability.DEVICES)));
    int needed = local.onDevices().calls();
    Await.until("it is asked again", () -> local.onDevices().calls() > needed + 50);
  }

  @Test
  void whoKnowsPlacesOnlyNamesPortsAndNeverAnswersForDevices() {
    start(provider("router", 100, context -> places()), new FakeProvider("local", 10, local));

    await("the local source is chosen", () -> LOCAL.equals(chosen(Capability.DEVICES)));
    await(
        "the switch names the port",
        () ->
            latest().devices().stream()
                .anyMatch(state -> "ether7".equals(state.device().text(DeviceField.PORT))));
    assertEquals(1, latest().devices().size(), "it adds nobody");
    assertEquals(
        "the only source",
        Objects.requireNonNull(latest().choices().get(Capability.DEVICES)).reason());
  }

  private static Source places() {
    return new Source() {
      @Override
      public Optional<DeviceSource> devices() {
        return Optional.of(
            new DeviceSource() {
              @Override
              public Poll<List<Sighting>> devices() {
                return new Poll.Ok<>(
                    List.of(
                        Sighting.of(mac(1)).field(DeviceField.PORT, "ether7").build(),
                        Sighting.of(mac(9)).field(DeviceField.PORT, "ether8").build()));
              }

              @Override
              public boolean knowsPlacesOnly() {
                return true;
              }

              @Override
              public Cadence cadence() {
                return FAST;
              }
            });
      }

      @Override
      public void close() {
        // it holds nothing
      }
    };
  }

  @Test
  void sessionsAreToldToListenersAndOneThatFailsHindersNobody() {
    List<SessionChange> changes = new CopyOnWriteArrayList<>();
    start();
    await("the first device is online", () -> presence(1) == Presence.ONLINE);
    engine()
        .onSessionChange(
            (change, snapshot) -> {
              throw new IllegalStateException("a listener of the test");
            });
    engine()
        .onSessionChange(
            (change, snapshot) -> {
              assertEquals(2, snapshot.devices().size());
              changes.add(change);
            });

    seeing(router, 1, 2);
    seeing(local, 1, 2);
    await("a session was opened", () -> !changes.isEmpty());

    assertInstanceOf(SessionChange.Opened.class, changes.getFirst());
    assertEquals(new DeviceKey.ByMac(mac(2)), changes.getFirst().session().device());
  }

  @Test
  void aSourceThatHangsForEverDelaysNobody() throws InterruptedException {
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.DEVICES)));

    router.onDevices().hangsForEver();
    router.onBandwidth().hangsForEver();
    router.onPorts().hangsForEver();
    router.onLimits().hangsForEver();

    await("the other is chosen", () -> LOCAL.equals(chosen(Capability.DEVICES)));
    assertPushesGoOn();
    int calls = local.onDevices().calls();
    assertTrue(local.onDevices().awaitCalls(calls + 5, LONG), "the other is fresh");
    assertNotNull(latest().lastScan());
    assertEquals(1, router.onDevices().running());
  }

  @Test
  void sourcesThatThrowOrAnswerGarbageDelayNobody() {
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.DEVICES)));

    try (Logged loop = new Logged(dev.mhs.core.poll.PollLoop.class);
        Logged feed = new Logged(Feed.class)) {
      router.onDevices().throwing(() -> new IllegalStateException("a bug"));
      router.onBandwidth().returnsNull();
      router.onPorts().throwing(() -> new StackOverflowError("deep"));
      router.onLimits().does(() -> null);

      await("all are down", () -> states(ROUTER).allMatch(CapabilityStatus.State.DOWN::equals));
      await("the other is chosen", () -> LOCAL.equals(chosen(Capability.DEVICES)));
      assertPushesGoOn();
      assertEquals(4, loop.messages().size(), () -> "logged " + loop.messages());
      assertEquals(4, feed.messages().size(), () -> "logged " + feed.messages());
    }
  }

  @Test
  void aFailingSourceNeverEmptiesTheTable() {
    seeing(router, 1, 2, 3);
    start();
    await("all are there", () -> latest().devices().size() == 3);

    router.fails(FailureKind.UNREACHABLE, "gone");
    local.fails(FailureKind.UNREACHABLE, "gone");
    await("nobody answers", () -> chosen(Capability.DEVICES) == null);

    assertEquals(3, latest().devices().size());
    assertEquals(Presence.ONLINE, presence(1), "nobody looks, and so nothing is concluded");
  }

  @Test
  void fiftyFailoversLeaveNoThreadBehind() {
    start();
    await("both are there", () -> ROUTER.equals(chosen(Capability.DEVICES)) && isUp(LOCAL));
    long before = ourThreads();
    for (int i = 0; i < 50; i++) {
      router.onDevices().fails(FailureKind.TIMED_OUT, "gone");
      await("the other is chosen", () -> LOCAL.equals(chosen(Capability.DEVICES)));
      seeing(router, 1);
      await("the router is back", () -> ROUTER.equals(chosen(Capability.DEVICES)));
    }

    assertEquals(before, ourThreads());
    assertEquals(1, router.onDevices().mostAtOnce());
    assertEquals(1, router.onBandwidth().mostAtOnce());
  }

  @Test
  void whatMovesIsHeardOnceFromTheChosenSource() {
    AtomicInteger heard = new AtomicInteger();
    listener = (devices, line) -> heard.addAndGet(devices.isEmpty() ? 0 : 1);
    counting(router);
    counting(local);
    start();

    await(
        "the device moves",
        () -> latest().devices().stream().anyMatch(state -> state.rate() != null));
    await("it was heard", () -> heard.get() > 0);
    assertEquals("router/fake", latest().devices().getFirst().rateSource());
  }

  @Test
  void aLimitIsAppliedAndReadBack() throws InterruptedException {
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.LIMITS)));

    Optional<LimitOutcome> outcome = engine().commands().limit(LIMIT, "the test");

    assertInstanceOf(LimitOutcome.Applied.class, outcome.orElseThrow());
    await("it is listed", () -> latest().limits().size() == 1);
    await(
        "the device shows it",
        () -> latest().devices().stream().anyMatch(one -> one.limit() != null));
  }

  @Test
  void withoutASourceThatLimitsACommandIsNotAccepted() throws InterruptedException {
    router.onLimits().cannot("too old");
    start();
    await("it is known", () -> states(ROUTER).anyMatch(CapabilityStatus.State.UNSUPPORTED::equals));

    assertTrue(engine().commands().limit(LIMIT, "the test").isEmpty());
  }

  @Test
  void aRescanReachesAllSourcesAndIsNotRepeatedAtOnce() {
    start();
    await("the router answers", () -> isUp(ROUTER));
    await("the other answers", () -> isUp(LOCAL));

    assertTrue(engine().commands().rescan().isEmpty());
    await("both rescan", () -> router.rescans() == 1 && local.rescans() == 1);
    assertTrue(engine().commands().rescan().isPresent());
    assertEquals(1, router.rescans());
  }

  @Test
  void aRescanAsksAlsoWhatWasGivenUp() throws InterruptedException {
    router.fails(FailureKind.UNAUTHORIZED, "wrong password");
    start();
    Await.until(
        "it is given up",
        () -> states(ROUTER).filter(CapabilityStatus.State.DOWN::equals).count() == 4);
    router.onBandwidth().answers(new BandwidthReading(time.moment(), "fake", Map.of(), null, null));
    int calls = router.onBandwidth().calls();

    assertTrue(engine().commands().rescan().isEmpty());

    assertTrue(router.onBandwidth().awaitCalls(calls + 1, LONG));
  }

  @Test
  void closingDuringAHangReturnsInTimeAndLeavesOnlyTheHungThread() throws InterruptedException {
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.DEVICES)));
    int calls = router.onDevices().calls();
    router.onDevices().hangsForEver();
    assertTrue(router.onDevices().awaitCalls(calls + 1, LONG));
    await("it hangs", () -> router.onDevices().running() == 1);

    long begun = System.nanoTime();
    engine().close();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, () -> "closing took " + took);
    await("only the hung one is left", () -> ourThreads() == 1);
    assertEquals(1, router.closings());
    assertEquals(1, local.closings());
    engine().close();
    assertEquals(1, router.closings());
  }

  @Test
  void closingASourceThatHangsReturnsInTime() {
    CountDownLatch release = new CountDownLatch(1);
    router.onClose(() -> awaitQuietly(release));
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.DEVICES)));

    long begun = System.nanoTime();
    engine().close();
    Duration took = Duration.ofNanos(System.nanoTime() - begun);

    assertTrue(took.compareTo(Duration.ofSeconds(3)) < 0, () -> "closing took " + took);
    assertEquals(1, local.closings());
    release.countDown();
  }

  @Test
  void aSettingThatCannotBeUsedIsToldAndTheOthersGoOn() {
    try (Logged log = new Logged(Feed.class)) {
      start(
          provider(
              "router",
              100,
              context -> {
                throw new SettingException("host is missing");
              }),
          new FakeProvider("local", 10, local));

      await("the other is chosen", () -> LOCAL.equals(chosen(Capability.DEVICES)));
      await(
          "its mistake is told",
          () -> "it cannot be opened: host is missing".equals(status(ROUTER).problem()));
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void whatTheConfigurationWantsAndNobodyOffersIsTold() {
    start(new FakeProvider("local", 10, local));

    assertEquals("there is no source of type \"router\"", status(ROUTER).problem());
  }

  @Test
  void eachSourceHasAFolderOfItsOwn() {
    List<Path> folders = new ArrayList<>();
    start(
        provider(
            "router",
            100,
            context -> {
              folders.add(context.storage());
              return router;
            }),
        new FakeProvider("local", 10, local));
    await("it is open", () -> status(ROUTER).capabilities().size() == 4);

    assertEquals(List.of(storage.resolve("router")), folders);
    assertTrue(folders.getFirst().toFile().isDirectory());
  }

  @Test
  void aSourceThatIsOpenedTooLateIsClosedWithAllItsLoops() {
    CountDownLatch release = new CountDownLatch(1);
    start(
        provider(
            "router",
            100,
            context -> {
              awaitThroughInterrupts(release);
              return router;
            }),
        new FakeProvider("local", 10, local));
    await("it is being opened", () -> Await.threads("open-router") == 1);

    engine().close();
    release.countDown();

    Await.until("it is closed", () -> router.closings() == 1);
    awaitNoThreads();
    assertEquals(0, router.onDevices().calls());
  }

  @Test
  void aSourceThatIsClosedWhileItIsOpenedIsClosedOnce() {
    CountDownLatch release = new CountDownLatch(1);
    router
        .onDevices()
        .cadenceFrom(
            () -> {
              awaitThroughInterrupts(release);
              return FAST;
            });
    start();
    Await.until("the other is open", () -> local.onDevices().calls() > 0);
    Await.until("it is being opened", () -> Await.threads("open-router") == 1);

    engine().close();
    release.countDown();

    awaitNoThreads();
    assertEquals(1, router.closings());
    assertEquals(0, router.onDevices().calls());
  }

  @Test
  void anErrorWhileOpeningIsTold() {
    try (Logged log = new Logged(Feed.class)) {
      start(
          provider(
              "router",
              100,
              context -> {
                throw new StackOverflowError("deep");
              }),
          new FakeProvider("local", 10, local));

      await("it is told", () -> status(ROUTER).problem() != null);
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void whoIsFoundAfterTheStartIsShownBeforeTheNextBeat() {
    startWithoutBeats(new MutableClock());

    Await.until("the device is shown", () -> presence(1) == Presence.ONLINE);
    seeing(router, 1, 2);
    Await.until("another, too", () -> presence(2) == Presence.ONLINE);
  }

  @Test
  void whoIsFoundWhenSomebodyHasAskedForAScanIsShownBeforeTheNextBeat() {
    MutableClock clock = new MutableClock();
    startWithoutBeats(clock);
    Await.until("the device is shown", () -> presence(1) == Presence.ONLINE);
    clock.advance(Beat.EXPECTANT);
    seeing(router, 1, 2);
    int asked = router.onDevices().calls();
    Await.until("it was told of another", () -> router.onDevices().calls() > asked + 5);

    assertEquals(Optional.empty(), engine().commands().rescan());

    Await.until("it is shown", () -> presence(2) == Presence.ONLINE);
  }

  @Test
  void whatGoesOutEarlyIsNoBeatAndNumberedLikeAnyOther() {
    List<Long> pushes = new CopyOnWriteArrayList<>();
    List<Long> beats = new CopyOnWriteArrayList<>();
    startWithoutBeats(new MutableClock());
    engine().subscribe(snapshot -> pushes.add(snapshot.seq()));
    engine().onBeat(snapshot -> beats.add(snapshot.seq()));
    seeing(router, 1, 2);
    Await.until("one is shown", () -> presence(2) == Presence.ONLINE);
    seeing(router, 1, 2, 3);
    Await.until("and another", () -> presence(3) == Presence.ONLINE);
    engine().close(); // so that all have heard

    assertTrue(pushes.size() >= 2, pushes::toString);
    for (int i = 1; i < pushes.size(); i++) {
      assertEquals(pushes.get(i - 1) + 1, pushes.get(i));
    }
    assertTrue(beats.size() <= 1, () -> beats + " of " + pushes); // the first of all, if at all
  }

  @Test
  void aSubscriberThatThrowsIsNotTheOthersConcern() {
    AtomicInteger pushes = new AtomicInteger();
    try (Logged log = new Logged(Engine.class)) {
      start();
      engine()
          .subscribe(
              snapshot -> {
                throw new IllegalStateException("a bug");
              });
      engine().subscribe(snapshot -> pushes.incrementAndGet());

      await("the other hears", () -> pushes.get() > 3);
      assertFalse(log.messages().isEmpty());
    }
  }

  @Test
  void aSubscriberThatThrowsAnErrorDoesNotStopThePush() {
    AtomicInteger pushes = new AtomicInteger();
    try (Logged log = new Logged(Engine.class)) {
      start();
      engine()
          .subscribe(
              snapshot -> {
                pushes.incrementAndGet();
                throw new StackOverflowError("deep");
              });

      await("it is pushed again", () -> pushes.get() > 3);
      assertFalse(log.messages().isEmpty());
    }
  }

  @Test
  void nothingIsPushedAfterClosing() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicBoolean closed = new AtomicBoolean();
    AtomicBoolean late = new AtomicBoolean();
    start();
    await("both are open", () -> isUp(ROUTER) && isUp(LOCAL));
    engine()
        .subscribe(
            snapshot -> {
              inside.countDown();
              awaitQuietly(release);
              late.compareAndSet(false, closed.get());
            });
    awaitQuietly(inside);

    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              engine().close();
              closed.set(true);
            });
    Await.until("it is closing", () -> router.closings() == 1 && local.closings() == 1);
    release.countDown();

    closing.orTimeout(20, TimeUnit.SECONDS).join();
    assertFalse(late.get());
  }

  @Test
  void aListenerThatThrowsIsNotTheSourcesFault() {
    listener =
        (devices, line) -> {
          throw new IllegalStateException("a bug of ours");
        };
    counting(router);
    try (Logged log = new Logged(Engine.class)) {
      start();
      await("it was heard", () -> !log.messages().isEmpty());
    }

    assertTrue(isUp(ROUTER));
    assertEquals(0, status(ROUTER).capabilities().get(1).failures());
  }

  @Test
  void aBoxThatHangsIsGivenUpForWhatWaitsLongToo() throws InterruptedException {
    router.onBandwidth().cadence(new Cadence(FAST.watched(), FAST.idle(), LONG.multipliedBy(3)));
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.BANDWIDTH)));

    router.onBandwidth().hangs();
    router.onDevices().hangs();

    await("the local source measures", () -> LOCAL.equals(chosen(Capability.BANDWIDTH)));

    router
        .onBandwidth()
        .answersWith(() -> new BandwidthReading(time.moment(), "test", Map.of(), null, null));

    await("who answers again is relied upon", () -> ROUTER.equals(chosen(Capability.BANDWIDTH)));
    assertEquals(LOCAL, chosen(Capability.DEVICES), "for that alone");
  }

  @Test
  void limitsAreStillShownWhenTheRouterFails() throws InterruptedException {
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.LIMITS)));
    engine().commands().limit(LIMIT, "the test");
    await("it is listed", () -> latest().limits().size() == 1);

    router.fails(FailureKind.UNREACHABLE, "gone");
    await("nobody limits", () -> chosen(Capability.LIMITS) == null);

    assertEquals(1, latest().limits().size());
  }

  @Test
  void anOutcomeOfNullIsAFailure() throws InterruptedException {
    router.onApply().returnsNull();
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.LIMITS)));

    Optional<LimitOutcome> outcome = engine().commands().limit(LIMIT, "the test");

    assertEquals(
        FailureKind.BUG, assertInstanceOf(LimitOutcome.Failed.class, outcome.orElseThrow()).kind());
  }

  @Test
  void theWordsOfAFailureAreCleaned() {
    router.fails(FailureKind.REFUSED, "no\u202e\nWARN fake " + "x".repeat(1_000_000));
    start();
    await(
        "its first capability failed",
        () -> states(ROUTER).findFirst().equals(Optional.of(CapabilityStatus.State.DOWN)));

    String detail = status(ROUTER).capabilities().getFirst().detail();
    assertNotNull(detail);
    assertTrue(detail.length() <= 1000 && detail.startsWith("no WARN fake x"), detail);
  }

  @Test
  void evidenceFromTheFutureCountsFromWhenItWasHeard() {
    router
        .onDevices()
        .answersWith(
            () ->
                List.of(
                    Sighting.of(mac(1))
                        .evidence(
                            new Evidence(Evidence.Kind.ANSWERED, time.instant().plusSeconds(3600)))
                        .build()));
    start();

    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.DEVICES)));
    await("it is online", () -> presence(1) == Presence.ONLINE);
  }

  @Test
  void aReadingFromTheFutureIsRefusedAndDoesNotStopTheMeter() {
    start();
    await("the router is chosen", () -> ROUTER.equals(chosen(Capability.BANDWIDTH)));
    Moment future = new Moment(time.instant(), time.nanos() + Duration.ofDays(1).toNanos());
    try (Logged log = new Logged(dev.mhs.core.poll.PollLoop.class)) {
      router.onBandwidth().answers(new BandwidthReading(future, "fake", Map.of(), null, null));
      await("it failed", () -> !log.messages().isEmpty());
    }

    counting(router);
    await(
        "the device moves",
        () -> latest().devices().stream().anyMatch(state -> state.rate() != null));
  }

  private void start() {
    start(new FakeProvider("router", 100, router), new FakeProvider("local", 10, local));
  }

  /** After the first push no other one has its turn, since the clock stands still. */
  private void startWithoutBeats(MutableClock clock) {
    pushInterval = HOUR;
    start(clock, new FakeProvider("router", 100, router), new FakeProvider("local", 10, local));
  }

  private void start(SourceProvider... providers) {
    start(time, providers);
  }

  private void start(TimeSource clock, SourceProvider... providers) {
    List<SourceSpec> specs =
        List.of(
            new SourceSpec(ROUTER, "router", null, SourceSettings.NONE),
            new SourceSpec(LOCAL, "local", null, SourceSettings.NONE));
    engine =
        new Engine(
            new EngineSettings(pushInterval, PresenceRules.DEFAULT, ZoneOffset.UTC, storage),
            clock,
            specs,
            Set.of(),
            Providers.of(providers),
            listener);
    engine.start();
  }

  private static FakeProvider provider(
      String type, int priority, Function<SourceContext, Source> opening) {
    return new FakeProvider(type, priority, opening);
  }

  private Engine engine() {
    return Objects.requireNonNull(engine);
  }

  private Snapshot latest() {
    return engine().latest();
  }

  private @Nullable SourceId chosen(Capability capability) {
    return latest().source(capability);
  }

  private Presence presence(int number) {
    return latest().devices().stream()
        .filter(state -> mac(number).equals(state.device().mac()))
        .findFirst()
        .map(state -> state.device().presence())
        .orElse(Presence.UNKNOWN);
  }

  private SourceStatus status(SourceId id) {
    return latest().sources().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  private boolean isUp(SourceId id) {
    return !status(id).capabilities().isEmpty()
        && states(id).allMatch(CapabilityStatus.State.UP::equals);
  }

  private Stream<CapabilityStatus.State> states(SourceId id) {
    return status(id).capabilities().stream().map(CapabilityStatus::state);
  }

  /** Asks all the time, so that no back-off has to be waited for. */
  private void await(String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          engine().hurry();
          return condition.getAsBoolean();
        });
  }

  private void assertPushesGoOn() {
    long seq = latest().seq();
    long begun = System.nanoTime();
    Await.until("ten more are pushed", () -> latest().seq() >= seq + 10);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    assertTrue(took.compareTo(PUSH.multipliedBy(250)) < 0, () -> "ten pushes took " + took);
  }

  private static long ourThreads() {
    return Await.threads("router-")
        + Await.threads("local-")
        + Await.threads("open-")
        + Await.threads("close-")
        + Await.threads("mhs-publisher")
        + Await.threads("mhs-deadlines");
  }

  private static void awaitNoThreads() {
    Await.until("no thread is left", () -> ourThreads() == 0);
  }

  private void seeing(FakeSource fake, int... numbers) {
    fake.onDevices()
        .answersWith(
            () ->
                Arrays.stream(numbers)
                    .mapToObj(
                        number ->
                            Sighting.of(mac(number))
                                .address(IpLiteral.of("192.168.88." + number))
                                .evidence(new Evidence(Evidence.Kind.ANSWERED, time.instant()))
                                .build())
                    .toList());
  }

  private void counting(FakeSource fake) {
    AtomicInteger bytes = new AtomicInteger();
    fake.onBandwidth()
        .answersWith(
            () -> {
              int total = bytes.addAndGet(1000);
              Usage usage = new Usage.Totals(total, total, CounterWidth.BITS_64, 0);
              return new BandwidthReading(time.moment(), "fake", Map.of(KEY, usage), null, null);
            });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static MacAddress mac(int number) {
    return new MacAddress(0x020000000000L + number);
  }

  private static void awaitThroughInterrupts(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException ignored) {
        over = false; // a source that takes no notice
      }
    }
  }
}
