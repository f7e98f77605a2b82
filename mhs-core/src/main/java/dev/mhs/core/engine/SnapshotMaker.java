package dev.mhs.core.engine;

import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Capability;
import dev.mhs.api.Choice;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Throughput;
import dev.mhs.core.limit.LimitWatch;
import dev.mhs.core.merge.DeviceTable;
import dev.mhs.core.merge.Look;
import dev.mhs.core.merge.Report;
import dev.mhs.core.people.Aliases;
import dev.mhs.core.select.Candidate;
import dev.mhs.core.select.Selection;
import dev.mhs.core.session.SessionChange;
import dev.mhs.core.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a snapshot of what all sources have left behind, without waiting for any. Holds what is
 * carried from one snapshot to the next. For one thread.
 */
final class SnapshotMaker {
  /** A rate is shown for so long at least, even when it was measured over a shorter time. */
  private static final Duration SHORTEST_SHOWN = Duration.ofSeconds(5);

  /** And no longer than so, even when it was measured over a long gap. */
  private static final Duration LONGEST_SHOWN = Duration.ofMinutes(2);

  private final EngineSettings settings;
  private final List<Feed> feeds;
  private final List<SourceStatus> neverOpened;
  private final Aliases aliases;

  private long seq;
  private @Nullable Moment last;
  private @Nullable SourceId basis; // who answered for devices last, be it well now or not
  private @Nullable Feed limitBasis; // the same for limits
  private LimitWatch watch = LimitWatch.NONE;
  private DeviceTable devices = DeviceTable.EMPTY;
  private final Map<DeviceKey, Instant> heard = new HashMap<>();
  private Sessions sessions = Sessions.NONE;
  private List<SessionChange> sessionChanges = List.of(); // of the last snapshot

  SnapshotMaker(
      EngineSettings settings, List<Feed> feeds, List<SourceStatus> neverOpened, Aliases aliases) {
    this.settings = settings;
    this.feeds = feeds;
    this.neverOpened = neverOpened;
    this.aliases = aliases;
  }

  void remember(DeviceTable table) {
    devices = table;
  }

  void resume(Sessions earlier) {
    sessions = earlier;
  }

  DeviceTable devices() {
    return devices;
  }

  /** What the last snapshot told about sessions that the one before did not. */
  List<SessionChange> sessionChanges() {
    return sessionChanges;
  }

  Snapshot make(Moment now) {
    Map<Capability, Choice> choices = choices();
    @Nullable Feed bandwidth = chosen(choices, Capability.BANDWIDTH);
    Traffic traffic = bandwidth == null ? Traffic.NONE : fresh(bandwidth.traffic(), now);
    listen(traffic);
    List<Device> known = look(choices, now);
    Map<DeviceKey, LimitInForce> limits = new HashMap<>();
    List<LimitInForce> allLimits = limits(limitBasis(choices), bandwidth, traffic, limits, now);
    last = now;
    return new Snapshot(
        ++seq,
        now.at(),
        choices,
        lastScan(),
        traffic.line(),
        traffic.own(),
        traffic.attribution().ratio(),
        deviceStates(known, traffic, bandwidth, limits),
        sessions.recent(),
        boxes(now),
        allLimits,
        Stream.concat(feeds.stream().map(Feed::status), neverOpened.stream()).toList());
  }

  private Map<Capability, Choice> choices() {
    Map<Capability, Choice> choices = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      List<Candidate> candidates =
          feeds.stream().map(feed -> feed.candidate(capability)).flatMap(Optional::stream).toList();
      Choice choice = Selection.choose(capability, candidates, settings.zone());
      choices.put(
          capability,
          capability == Capability.PORTS && choice.source() != null
              ? new Choice(capability, null, "every box tells about its own")
              : choice);
    }
    return choices;
  }

  private @Nullable Feed chosen(Map<Capability, Choice> choices, Capability capability) {
    Choice choice = choices.get(capability);
    return choice == null || choice.source() == null ? null : feed(choice.source());
  }

  /** Who answers for limits, or did last: a router that fails keeps its queues. */
  private @Nullable Feed limitBasis(Map<Capability, Choice> choices) {
    Feed chosen = chosen(choices, Capability.LIMITS);
    limitBasis = chosen == null ? limitBasis : chosen;
    return limitBasis;
  }

  private @Nullable Feed feed(SourceId id) {
    return feeds.stream().filter(feed -> feed.id().equals(id)).findFirst().orElse(null);
  }

  /** Tells whether a snapshot made now would show somebody whom the last one does not show. */
  boolean hasNewcomers(Moment now) {
    return devices.lacks(devicesBy(choices(), now));
  }

  private List<Device> look(Map<Capability, Choice> choices, Moment now) {
    devices = devicesBy(choices, now);
    SourceId looking = looking(choices);
    basis = looking == null ? basis : looking;
    List<Device> known = devices.devices();
    Sessions.Turn turn = sessions.next(known, looking != null, elapsed(now), now);
    sessions = turn.after();
    sessionChanges = turn.changes();
    return known;
  }

  private DeviceTable devicesBy(Map<Capability, Choice> choices, Moment now) {
    SourceId looking = looking(choices);
    List<Report> reports = feeds.stream().map(Feed::report).flatMap(Optional::stream).toList();
    return devices.next(
        reports,
        new Look(
            now.at(),
            elapsed(now),
            looking == null ? basis : looking,
            looking,
            heard,
            settings.presence()));
  }

  private static @Nullable SourceId looking(Map<Capability, Choice> choices) {
    Choice choice = choices.get(Capability.DEVICES);
    return choice == null ? null : choice.source();
  }

  private Duration elapsed(Moment now) {
    return last == null ? Duration.ZERO : shorter(now.since(last), longestLook());
  }

  /** While the process itself stood still (a machine that slept) nobody looked either. */
  private Duration longestLook() {
    return settings.pushInterval().multipliedBy(3);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private @Nullable Instant lastScan() {
    return Optional.ofNullable(basis)
        .map(this::feed)
        .flatMap(Feed::report)
        .map(Report::at)
        .orElse(null);
  }

  /** Bytes that a device sent prove that it is there; bytes sent to it prove nothing. */
  private void listen(Traffic traffic) {
    heard.keySet().removeIf(key -> devices.resolve(key) == null);
    byDevice(traffic, devices)
        .forEach(
            (key, moved) -> {
              if (moved.uploadBytes() > 0) {
                heard.put(key, moved.at());
              }
            });
  }

  /** What each device moved, by the identity that the table gives it. */
  static Map<DeviceKey, Throughput> byDevice(Traffic traffic, DeviceTable devices) {
    Map<DeviceKey, Throughput> byDevice = new HashMap<>();
    traffic
        .devices()
        .forEach(
            (key, moved) -> {
              DeviceKey known = devices.resolve(key);
              if (known != null) {
                byDevice.merge(known, moved, SnapshotMaker::together);
              }
            });
    return byDevice;
  }

  /** Two addresses of one device, counted in the same reading. */
  private static Throughput together(Throughput one, Throughput other) {
    return new Throughput(
        one.downloadBytes() + other.downloadBytes(),
        one.uploadBytes() + other.uploadBytes(),
        one.at(),
        one.over().compareTo(other.over()) >= 0 ? one.over() : other.over());
  }

  private static Traffic fresh(Traffic traffic, Moment now) {
    Moment read = traffic.meter().at();
    if (read == null) {
      return Traffic.NONE;
    }
    Duration longest =
        traffic.meter().throughput().values().stream()
            .map(Throughput::over)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    return now.since(read).compareTo(shownFor(longest)) <= 0 ? traffic : Traffic.NONE;
  }

  /** A rate is old when two further readings of the same pace should have come. */
  private static Duration shownFor(Duration over) {
    Duration shown = shorter(over.multipliedBy(5).dividedBy(2), LONGEST_SHOWN);
    return shown.compareTo(SHORTEST_SHOWN) > 0 ? shown : SHORTEST_SHOWN;
  }

  /** Every limit, and that of each device: its own among several. What was measured is added. */
  private List<LimitInForce> limits(
      @Nullable Feed feed,
      @Nullable Feed bandwidth,
      Traffic traffic,
      Map<DeviceKey, LimitInForce> byDevice,
      Moment now) {
    if (feed == null) {
      return List.of();
    }
    List<LimitInForce> all = feed.limits();
    for (LimitInForce one : all) {
      DeviceKey known = devices.resolve(one.limit().device());
      if (known != null) {
        byDevice.merge(known, one, (earlier, later) -> earlier.ours() ? earlier : later);
      }
    }
    // Another box may see traffic that never crosses the one that limits.
    boolean isSameBox = bandwidth != null && bandwidth.id().equals(feed.id());
    watch =
        watch.next(
            now,
            byDevice,
            isSameBox ? byDevice(traffic, devices) : Map.of(),
            resolved(feed.throughLimits()));
    List<LimitInForce> told = all.stream().map(said -> judged(said, byDevice)).toList();
    byDevice.replaceAll(watch::judged);
    return told;
  }

  /** What was measured belongs to the one limit that is the device's. */
  private LimitInForce judged(LimitInForce said, Map<DeviceKey, LimitInForce> byDevice) {
    DeviceKey known = devices.resolve(said.limit().device());
    return known != null && said.equals(byDevice.get(known)) ? watch.judged(known, said) : said;
  }

  private Map<DeviceKey, Throughput> resolved(Map<DeviceKey, Throughput> bySource) {
    Map<DeviceKey, Throughput> byDevice = new HashMap<>();
    bySource.forEach(
        (key, moved) -> {
          DeviceKey known = devices.resolve(key);
          if (known != null) {
            byDevice.put(known, moved);
          }
        });
    return byDevice;
  }

  private List<DeviceState> deviceStates(
      List<Device> known,
      Traffic traffic,
      @Nullable Feed bandwidth,
      Map<DeviceKey, LimitInForce> limits) {
    Map<DeviceKey, Throughput> rates = byDevice(traffic, devices);
    String rateSource = bandwidth == null ? null : bandwidth.id() + "/" + traffic.method();
    List<DeviceState> states = new ArrayList<>();
    for (Device device : known) {
      Throughput rate = rates.get(device.key());
      states.add(
          new DeviceState(
              aliases.named(device),
              rate,
              rate == null ? null : rateSource,
              limits.get(device.key())));
    }
    return states;
  }

  private List<BoxState> boxes(Moment now) {
    List<BoxState> boxes = new ArrayList<>();
    for (Feed feed : feeds) {
      PortMeter ports = feed.ports();
      ports
          .boxes()
          .forEach(
              box -> {
                boolean old =
                    now.since(Objects.requireNonNullElse(ports.readAt(box), box.at()))
                            .compareTo(shownFor(ports.measuredOver(box)))
                        > 0;
                boxes.add(new BoxState(box, feed.id(), old ? Map.of() : ports.rates(box)));
              });
    }
    boolean routerKnowsTheLine =
        boxes.stream()
            .filter(state -> state.box().role() == Box.Role.ROUTER)
            .anyMatch(state -> state.box().ports().stream().anyMatch(Port::wan));
    return routerKnowsTheLine ? boxes.stream().map(SnapshotMaker::behindRouter).toList() : boxes;
  }

  /** To a host its way out is the line; seen beside the router it is a port like any other. */
  private static BoxState behindRouter(BoxState state) {
    Box box = state.box();
    if (box.role() != Box.Role.HOST) {
      return state;
    }
    List<Port> ports = box.ports().stream().map(Port::withoutWan).toList();
    Box behind = new Box(box.id(), box.name(), box.model(), box.role(), box.at(), ports);
    return new BoxState(behind, state.source(), state.rates());
  }
}
