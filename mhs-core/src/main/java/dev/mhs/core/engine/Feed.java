package dev.mhs.core.engine;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.Box;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.Choice;
import dev.mhs.api.Cost;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import dev.mhs.core.maker.Makers;
import dev.mhs.core.merge.Report;
import dev.mhs.core.plugin.FoundProvider;
import dev.mhs.core.poll.Answer;
import dev.mhs.core.poll.Deadlines;
import dev.mhs.core.poll.Health;
import dev.mhs.core.poll.PollLoop;
import dev.mhs.core.poll.PollState;
import dev.mhs.core.rate.RateMeter;
import dev.mhs.core.select.Candidate;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One configured source: it is opened on a thread of its own, gets a loop for each capability, and
 * its last answers can be read at any time without waiting. Thread-safe.
 */
final class Feed implements AutoCloseable {
  /** What a feed shares with all others. */
  record Surroundings(
      TimeSource time,
      Deadlines deadlines,
      BooleanSupplier watched,
      Path storage,
      Makers makers,
      TrafficHeard trafficHeard,
      Runnable devicesTold) {}

  /** Hears each reading of any source. */
  @FunctionalInterface
  interface TrafficHeard {
    void heard(Feed feed, Traffic traffic);
  }

  private static final System.Logger LOG = System.getLogger(Feed.class.getName());
  private static final Duration OPENING_DEADLINE = Duration.ofSeconds(10);

  private final SourceSpec spec;
  private final FoundProvider found;
  private final Surroundings around;
  private final Thread opener;

  private volatile @Nullable String problem;
  private volatile @Nullable Source source;
  private volatile boolean closed;
  private final AtomicBoolean sourceClosed = new AtomicBoolean();
  private volatile List<Finding> findings = List.of();
  private final AtomicReference<CostMeter> cost;
  private volatile Traffic traffic = Traffic.NONE;
  private volatile RateMeter<DeviceKey> limitMeter = RateMeter.fresh();
  private volatile PortMeter ports = PortMeter.NONE;
  private volatile Map<Capability, PollLoop<?>> loops = Map.of();
  private volatile @Nullable Silence silence;
  private final Set<Capability> standby = ConcurrentHashMap.newKeySet();
  private volatile @Nullable PollLoop<List<Sighting>> deviceLoop;
  private volatile @Nullable PollLoop<List<LimitInForce>> limitLoop;
  private volatile @Nullable DeviceSource deviceSource;
  private volatile boolean knowsPlacesOnly;
  private volatile @Nullable LimitController limitController;

  /**
   * The box fell silent: one of its capabilities went down without an answer.
   *
   * @param at when that was noticed
   * @param down what became of that capability
   */
  private record Silence(Moment at, Health.Down down) {}

  Feed(SourceSpec spec, FoundProvider found, Surroundings around) {
    this.spec = spec;
    this.found = found;
    this.around = around;
    this.cost = new AtomicReference<>(CostMeter.begun(around.time().moment()));
    this.opener = Thread.ofPlatform().daemon().name("open-" + spec.id()).unstarted(this::open);
    this.opener.setContextClassLoader(found.classLoader());
  }

  SourceId id() {
    return spec.id();
  }

  int priority() {
    return spec.priority() == null ? found.priority() : spec.priority();
  }

  void start() {
    opener.start();
  }

  private void open() {
    var overdue =
        around.deadlines().watch(OPENING_DEADLINE, () -> problem = "it does not finish opening");
    try {
      Source opened = found.provider().open(new FeedContext(spec, around.time(), around.storage()));
      source = opened;
      startLoops(opened);
      problem = null;
    } catch (SettingException wrong) {
      refuse(wrong.getMessage(), null);
    } catch (Throwable bug) { // a plugin's, whatever it is, ends no more than the plugin
      refuse(bug.toString(), bug);
    } finally {
      overdue.cancel(false);
    }
    if (closed) {
      stop(); // it was opened too late, and the loops were not there yet to be stopped
      closeSource();
    }
  }

  private void refuse(@Nullable String why, @Nullable Throwable bug) {
    problem = "it cannot be opened: " + why;
    LOG.log(System.Logger.Level.WARNING, "Source " + id() + " cannot be opened: " + why, bug);
  }

  private void startLoops(Source opened) {
    Map<Capability, PollLoop<?>> made = new EnumMap<>(Capability.class);
    opened.devices().ifPresent(devices -> made.put(Capability.DEVICES, loop(devices)));
    opened.bandwidth().ifPresent(bandwidth -> made.put(Capability.BANDWIDTH, loop(bandwidth)));
    opened.ports().ifPresent(sockets -> made.put(Capability.PORTS, loop(sockets)));
    opened.limits().ifPresent(limits -> made.put(Capability.LIMITS, loop(limits)));
    note(opened);
    loops = Map.copyOf(made);
    if (!closed) {
      made.values().forEach(PollLoop::start);
    }
  }

  private PollLoop<List<Sighting>> loop(DeviceSource devices) {
    deviceSource = devices;
    knowsPlacesOnly = devices.knowsPlacesOnly();
    PollLoop<List<Sighting>> loop =
        loop(
            Capability.DEVICES,
            () -> vetted(devices.devices(), this::sightings),
            devices::cadence,
            answer -> {});
    deviceLoop = loop;
    return loop;
  }

  private List<Sighting> sightings(List<Sighting> said) {
    return around.makers().named(Vetting.sightings(said, around.time().instant()));
  }

  private PollLoop<BandwidthReading> loop(BandwidthSource bandwidth) {
    return loop(
        Capability.BANDWIDTH,
        () -> vetted(bandwidth.bandwidth(), said -> Vetting.reading(said, around.time().moment())),
        bandwidth::cadence,
        reading -> {
          Traffic next = traffic.next(reading, ports.fastest());
          if (!next.equals(traffic)) {
            traffic = next;
            around.trafficHeard().heard(this, next);
          }
        });
  }

  private PollLoop<List<Box>> loop(PortSource sockets) {
    return loop(
        Capability.PORTS,
        () -> vetted(sockets.ports(), said -> Vetting.boxes(said, around.time().moment())),
        sockets::cadence,
        boxes -> ports = ports.next(boxes));
  }

  private PollLoop<List<LimitInForce>> loop(LimitController limits) {
    limitController = limits;
    PollLoop<List<LimitInForce>> loop =
        loop(
            Capability.LIMITS,
            () -> vetted(limits.limits(), Vetting::limits),
            limits::cadence,
            this::count);
    limitLoop = loop;
    return loop;
  }

  private void count(List<LimitInForce> limits) {
    Map<DeviceKey, Usage> counters = new HashMap<>();
    for (LimitInForce one : limits) {
      Usage usage = one.counted();
      if (usage != null && (one.ours() || !counters.containsKey(one.limit().device()))) {
        counters.put(one.limit().device(), usage);
      }
    }
    limitMeter = limitMeter.next(around.time().moment(), counters, key -> ports.fastest());
  }

  private static <T> Poll<T> vetted(Poll<T> result, UnaryOperator<T> vetting) {
    return switch (result) {
      case Poll.Ok<T>(T value) -> new Poll.Ok<>(vetting.apply(value));
      case Poll.Unsupported<T>(String reason) -> new Poll.Unsupported<>(Vetting.sentence(reason));
      case Poll.Failed<T>(FailureKind kind, String detail) ->
          new Poll.Failed<>(kind, Vetting.sentence(detail));
    };
  }

  private <T> PollLoop<T> loop(
      Capability capability,
      PollLoop.Question<T> question,
      Supplier<Cadence> cadence,
      Consumer<T> onAnswer) {
    PollLoop.Listener<T> listener =
        new PollLoop.Listener<>() {
          @Override
          public void answered(Answer<T> answer) {
            onAnswer.accept(answer.value());
          }

          @Override
          public void changed(Health before, Health after) {
            if (after instanceof Health.Down down && !(before instanceof Health.Down)) {
              wentDown(down);
            }
            logChange(capability, before, after);
          }

          @Override
          public void noted() {
            if (capability == Capability.DEVICES) {
              around.devicesTold().run();
            }
          }
        };
    PollLoop.Question<T> andNote =
        () -> {
          try {
            return question.ask();
          } finally {
            Source opened = source;
            if (opened != null) {
              note(opened);
            }
          }
        };
    return new PollLoop<>(
        new PollLoop.Spec<>(
            id() + "-" + Wording.of(capability),
            andNote,
            cadence,
            cadence.get(),
            () -> around.watched().getAsBoolean() && !standby.contains(capability),
            found.classLoader(),
            listener),
        around.time(),
        around.deadlines());
  }

  /**
   * A box that hangs is silent to all of its capabilities, some of which may wait long for an
   * answer, or be asked rarely: the others are asked at once, and until they answer nobody relies
   * on what they said before.
   */
  private void wentDown(Health.Down down) {
    FailureKind kind = down.failure().kind();
    if (kind == FailureKind.TIMED_OUT || kind == FailureKind.UNREACHABLE) {
      silence = new Silence(around.time().moment(), down);
      loops.values().stream()
          .filter(loop -> loop.state().health().isUsable())
          .forEach(PollLoop::hurry);
    }
  }

  /** Returns how a capability fares, taking into account what the others of the box met. */
  private Health health(PollLoop<?> loop) {
    PollState<?> state = loop.state();
    Silence noticed = silence;
    Answer<?> answer = state.answer();
    if (noticed == null || answer == null || !state.health().isUsable()) {
      return state.health();
    }
    boolean hasAnsweredSince = !noticed.at().since(answer.at()).isPositive();
    return hasAnsweredSince ? state.health() : noticed.down();
  }

  /** On a loop's own thread, since a source that hangs here must not hold up the push. */
  private void note(Source opened) {
    findings = List.copyOf(opened.findings());
    Cost told = opened.cost();
    Moment now = around.time().moment();
    cost.updateAndGet(meter -> meter.next(now, told));
  }

  private void logChange(Capability capability, Health before, Health after) {
    String what = "Source " + id() + ", " + Wording.of(capability) + ": ";
    switch (after) {
      case Health.Down down when !(before instanceof Health.Down) ->
          LOG.log(
              System.Logger.Level.WARNING, what + "does not answer: " + down.failure().detail());
      case Health.Up up when before instanceof Health.Down ->
          LOG.log(System.Logger.Level.INFO, what + "answers again");
      case Health.Unsupported unsupported ->
          LOG.log(System.Logger.Level.INFO, what + "not possible here: " + unsupported.reason());
      default -> LOG.log(System.Logger.Level.DEBUG, what + after);
    }
  }

  /** Returns this source as a candidate for a capability, or empty when it does not offer it. */
  Optional<Candidate> candidate(Capability capability) {
    if (capability == Capability.DEVICES && knowsPlacesOnly) {
      return Optional.empty();
    }
    return Optional.ofNullable(loops.get(capability))
        .map(loop -> new Candidate(id(), priority(), health(loop)));
  }

  /**
   * Takes note of who answers for what. While this source merely stands by for a better one, it is
   * asked as rarely as if nobody looked; when it is needed, at once.
   *
   * @param choices who was chosen
   */
  void heed(Map<Capability, Choice> choices) {
    for (Map.Entry<Capability, PollLoop<?>> one : loops.entrySet()) {
      Choice choice = choices.get(one.getKey());
      SourceId chosen = choice == null ? null : choice.source();
      boolean standsBy = chosen != null && !chosen.equals(id()) && isUsable(one.getKey());
      if (standsBy && standby.add(one.getKey())) {
        one.getValue().reconsider();
      } else if (!standsBy && standby.remove(one.getKey())) {
        one.getValue().hurry();
      }
    }
  }

  private boolean isUsable(Capability capability) {
    return candidate(capability).filter(candidate -> candidate.health().isUsable()).isPresent();
  }

  /** Returns the last good answer for devices, or empty when there was none. */
  Optional<Report> report() {
    PollLoop<List<Sighting>> loop = deviceLoop;
    Answer<List<Sighting>> answer = loop == null ? null : loop.state().answer();
    return answer == null
        ? Optional.empty()
        : Optional.of(
            new Report(id(), priority(), answer.at().at(), answer.value(), knowsPlacesOnly));
  }

  /** Returns every limit that was last read back; empty when there was no answer. */
  List<LimitInForce> limits() {
    PollLoop<List<LimitInForce>> loop = limitLoop;
    Answer<List<LimitInForce>> answer = loop == null ? null : loop.state().answer();
    return answer == null ? List.of() : answer.value();
  }

  /** Returns what went through each limit between the last two readings. */
  Map<DeviceKey, Throughput> throughLimits() {
    return limitMeter.throughput();
  }

  Traffic traffic() {
    return traffic;
  }

  PortMeter ports() {
    return ports;
  }

  @Nullable DeviceSource deviceSource() {
    return deviceSource;
  }

  @Nullable PollLoop<List<Sighting>> deviceLoop() {
    return deviceLoop;
  }

  @Nullable LimitController limitController() {
    return limitController;
  }

  @Nullable PollLoop<List<LimitInForce>> limitLoop() {
    return limitLoop;
  }

  /** Asks for everything as soon as possible, also what was given up. */
  void hurry() {
    loops.values().forEach(PollLoop::hurry);
  }

  /** Looks again at how long to wait. */
  void reconsider() {
    loops.values().forEach(PollLoop::reconsider);
  }

  SourceStatus status() {
    CostMeter spent = Objects.requireNonNull(cost.get());
    List<CapabilityStatus> capabilities = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      PollLoop<?> loop = loops.get(capability);
      if (loop != null) {
        capabilities.add(loop.state().status(capability));
      }
    }
    return new SourceStatus(
        id(),
        found.type(),
        found.vendor(),
        priority(),
        found.origin(),
        problem,
        capabilities,
        findings,
        spent.soFar(),
        spent.lastMinute(around.time().moment()));
  }

  /** Interrupts everything under way; {@link #close} then waits for it. */
  void stop() {
    closed = true;
    opener.interrupt();
    loops.values().forEach(PollLoop::close);
  }

  /** Stops, waits a moment for calls under way, and closes the source. */
  @Override
  public void close() {
    stop();
    try {
      for (PollLoop<?> loop : loops.values()) {
        if (!loop.awaitEnd(Duration.ofMillis(500))) {
          LOG.log(System.Logger.Level.WARNING, "Source " + id() + " does not let go of a call");
        }
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    closeSource();
  }

  private void closeSource() {
    Source opened = source;
    if (opened == null || !sourceClosed.compareAndSet(false, true)) {
      return;
    }
    Thread.currentThread().setContextClassLoader(found.classLoader());
    try {
      opened.close();
    } catch (Exception bug) {
      LOG.log(System.Logger.Level.WARNING, "Source " + id() + " threw while it was closed", bug);
    }
  }
}
