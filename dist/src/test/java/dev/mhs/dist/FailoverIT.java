package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Capability;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Presence;
import dev.mhs.api.Sighting;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.core.engine.Engine;
import dev.mhs.core.engine.EngineSettings;
import dev.mhs.core.engine.Impatience;
import dev.mhs.core.engine.SourceSpec;
import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.rest.Fault;
import dev.mhs.simulator.world.Household;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.source.routeros.RouterOsProvider;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The router goes and comes back: the real engine and the real RouterOS source over HTTPS against a
 * played router, and a fake in place of the local source.
 *
 * <p>{@link #withinTenSecondsTheLocalSourceAnswersAndWithinThirtyTheRouterAgain} scales nothing:
 * all pauses, deadlines and back-offs are those of the product, on the machine's own clock. {@link
 * #fiftyFailoversLeaveNothingBehind} skips the pauses between questions (each look asks all sources
 * at once, as a rescan does); deadlines are the product's there too.
 */
@Timeout(600)
class FailoverIT {
  private static final SourceId ROUTER = new SourceId("router");
  private static final SourceId LOCAL = new SourceId("local");
  private static final Duration GONE = Duration.ofSeconds(10);
  private static final Duration BACK = Duration.ofSeconds(30);
  private static final int TIMES = 50;

  /** Often, so that whoever is lost for a moment only is seen to be. */
  private static final Duration PUSH = Duration.ofMillis(100);

  @TempDir Path storage;
  private final SystemTime time = new SystemTime();
  private final List<Member> members = Household.FAMILY.stream().map(FailoverIT::homely).toList();
  private final Simulator simulator =
      Simulator.start(Scenario.usual().with(members), new SystemTime());
  private final FakeSource local =
      FakeSource.of(time, Capability.DEVICES, Capability.BANDWIDTH, Capability.PORTS);
  private final List<String> losses = new CopyOnWriteArrayList<>();
  private @Nullable Engine running;

  private enum Outage {
    REFUSED,
    HANGING,
    FAILING;

    Fault fault() {
      return switch (this) {
        case REFUSED -> new Fault.Refuses();
        case HANGING -> new Fault.Hangs();
        case FAILING -> new Fault.Fails();
      };
    }
  }

  /** What must not grow with each failover. */
  private record Held(int threads, int connections, long bytes) {}

  @BeforeEach
  void start() throws InterruptedException {
    local.cadence(new Cadence(Duration.ofSeconds(2), Duration.ofSeconds(2), GONE));
    local.onDevices().answersWith(this::sightings);
    local
        .onBandwidth()
        .answersWith(() -> new BandwidthReading(time.moment(), "fake", Map.of(), null, null));
    Engine engine = engine();
    running = engine;
    engine.start();
    until("the router answers", BACK, () -> answers(ROUTER));
    until("the router answers as quickly as usual", Duration.ofMinutes(1), this::isQuick);
    until("everybody is there", BACK, () -> online(engine.latest()).size() == members.size());
    engine.subscribe(this::watch);
    engine.onSessionChange((change, snapshot) -> losses.add(change.toString()));
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    simulator.close();
  }

  @Test
  void withinTenSecondsTheLocalSourceAnswersAndWithinThirtyTheRouterAgain() throws Exception {
    for (Outage outage : Outage.values()) {
      long before = simulator.router().requests();
      simulator.router().fault(outage.fault());
      until(outage + ": the local source answers", GONE, () -> answers(LOCAL));
      long asked = simulator.router().requests() - before;
      assertTrue(asked <= 40, outage + ": asked " + asked + " times while it was gone");

      simulator.router().fault(new Fault.None());
      until(outage + ": the router answers again", BACK, () -> answers(ROUTER));
      until("as quickly as usual", Duration.ofMinutes(1), this::isQuick);
      assertEquals(List.of(), losses, outage.toString());
    }
  }

  @Test
  void fiftyFailoversLeaveNothingBehind() throws Exception {
    Held first = new Held(0, 0, 0);
    for (int time = 1; time <= TIMES; time++) {
      // Waiting for a deadline takes its time: one in ten hangs, the others take turns.
      Outage outage =
          time % 10 == 0 ? Outage.HANGING : time % 2 == 0 ? Outage.REFUSED : Outage.FAILING;
      simulator.router().fault(outage.fault());
      hurried(outage + " " + time + ": the local source answers", () -> answers(LOCAL));
      simulator.router().fault(new Fault.None());
      hurried(outage + " " + time + ": the router answers again", () -> answers(ROUTER));
      assertEquals(List.of(), losses, outage + " " + time);
      first = time == 1 ? held() : first;
    }
    Held last = held();
    String both = first + ", then " + last;
    assertTrue(last.threads <= first.threads + 2, both);
    assertTrue(last.connections <= first.connections + 1, both);
    assertTrue(last.bytes <= first.bytes + 16_000_000, both);
  }

  private Engine engine() {
    Map<String, String> settings =
        Map.of(
            "host", simulator.router().host(),
            "user", Simulator.USER.name(),
            "pass", Simulator.USER.password());
    return new Engine(
        new EngineSettings(PUSH, PresenceRules.DEFAULT, ZoneOffset.UTC, storage),
        time,
        List.of(
            new SourceSpec(ROUTER, "routeros", null, new SourceSettings(settings)),
            new SourceSpec(LOCAL, "fake", null, SourceSettings.NONE)),
        Set.of(),
        Providers.of(new RouterOsProvider(), new FakeProvider("fake", 10, local)),
        (devices, line) -> {});
  }

  private Engine running() {
    return Objects.requireNonNull(running);
  }

  private boolean answers(SourceId source) {
    running().audience().requested(); // somebody looks all the time
    Snapshot latest = running().latest();
    return source.equals(latest.source(Capability.DEVICES))
        && source.equals(latest.source(Capability.BANDWIDTH));
  }

  /** The first poll warms a JVM up; the pause after it is four times as long as it took. */
  private boolean isQuick() {
    running().audience().requested();
    return running().latest().sources().stream()
        .filter(one -> one.id().equals(ROUTER))
        .flatMap(one -> one.capabilities().stream())
        .allMatch(
            one ->
                one.lastPoll() != null
                    && one.lastPoll().compareTo(Duration.ofMillis(500)) < 0
                    && one.polls() > 1);
  }

  /** Nobody may vanish from the list, or be told to be gone, in any snapshot. */
  private void watch(Snapshot snapshot) {
    if (online(snapshot).size() < members.size()) {
      List<String> missing = new ArrayList<>();
      Set<String> there = online(snapshot);
      members.forEach(
          one -> {
            if (!there.contains(one.mac().toLowerCase(Locale.ROOT))) {
              missing.add(one.name() + " " + one.mac());
            }
          });
      losses.add("lost at " + snapshot.at() + ": " + missing);
    }
  }

  private static Set<String> online(Snapshot snapshot) {
    Set<String> macs = new HashSet<>();
    for (DeviceState state : snapshot.devices()) {
      boolean isThere =
          state.device().presence() == Presence.ONLINE
              || state.device().presence() == Presence.IDLE;
      if (isThere) {
        macs.add(state.device().key().toString());
      }
    }
    return macs;
  }

  private List<Sighting> sightings() {
    return members.stream()
        .map(
            one ->
                Sighting.of(MacAddress.parse(one.mac()).orElseThrow())
                    .address(one.address())
                    .evidence(new Evidence(Evidence.Kind.ANSWERED, time.instant()))
                    .build())
        .toList();
  }

  private void until(String what, Duration deadline, BooleanSupplier holds)
      throws InterruptedException {
    Await.until(what, deadline, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  private void hurried(String what, BooleanSupplier holds) throws InterruptedException {
    until(
        what,
        BACK,
        () -> {
          boolean yes = holds.getAsBoolean();
          if (!yes) {
            Impatience.ask(running());
          }
          return yes;
        });
  }

  private Held held() throws IOException {
    return new Held(
        (int) Thread.getAllStackTraces().keySet().stream().filter(FailoverIT::isOurs).count(),
        connections(),
        bytes());
  }

  /** What outlives collections: what is cleaned up after one goes with the next. */
  private static long bytes() {
    Runtime memory = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, memory.totalMemory() - memory.freeMemory());
    }
    return least;
  }

  /** Each restart of the played router leaves one timer of Helidon's server behind: not MHS's. */
  private static boolean isOurs(Thread thread) {
    return !thread.getName().startsWith("helidon-idle-connection-timer");
  }

  /** Established connections to the router's port; the kernel lists them in hexadecimal. */
  private int connections() throws IOException {
    String port = ":%04X".formatted(simulator.router().port());
    int count = 0;
    for (String file : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(file))) {
        String[] words = line.strip().split("\\s+", -1);
        count += words.length > 3 && words[2].endsWith(port) && words[3].equals("01") ? 1 : 0;
      }
    }
    return count;
  }

  /** The same device, but one that does not leave the house. */
  private static Member homely(Member one) {
    Member.Traits traits = new Member.Traits(one.traits().comment(), one.traits().six(), 0, 0);
    return new Member(one.name(), one.mac(), one.host(), one.place(), traits, one.habits());
  }
}
