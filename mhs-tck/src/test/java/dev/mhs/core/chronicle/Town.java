package dev.mhs.core.chronicle;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.CapabilityStatus.State;
import dev.mhs.api.Choice;
import dev.mhs.api.Cost;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Port;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Sourced;
import dev.mhs.core.alert.AlertDesk;
import dev.mhs.core.alert.AlertSettings;
import dev.mhs.core.alert.QuietHours;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.people.Aliases;
import dev.mhs.core.people.Watches;
import dev.mhs.core.session.Sessions;
import dev.mhs.tck.MutableClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A network that the test changes, with a chronicle that follows it; may be restarted. */
final class Town {
  static final SourceId MIKROTIK = new SourceId("mikrotik");
  static final SourceId LOCAL = new SourceId("local");
  static final Duration LEARNING = Duration.ofMinutes(10);
  static final Duration GRACE = Duration.ofMinutes(5);
  static final Duration PUSH = Duration.ofSeconds(2);

  final MutableClock clock = new MutableClock();
  final KeptJournal journal = new KeptJournal();
  final FakeChannel phone = new FakeChannel("ntfy");
  final FakeChannel hook = new FakeChannel("webhook");

  private final boolean watchAll;
  private final @Nullable QuietHours quiet;
  private final ZoneId zone;
  private Numbers numbers = new Numbers(clock);

  private final Map<Integer, Presence> presences = new TreeMap<>();
  private final Map<Integer, InetAddress> addresses = new TreeMap<>();
  private final Map<Integer, Instant> seen = new TreeMap<>();
  private final List<LimitInForce> limits = new ArrayList<>();
  private State router = State.UP;
  private long boots;
  private @Nullable SourceId limitSource = MIKROTIK;
  private Sessions sessions = Sessions.NONE;
  private long seq;

  State localState = State.UP;
  List<FakeChannel> channels = List.of(phone, hook);
  Aliases aliases = new Aliases();
  Watches watches = new Watches(false);
  Chronicle chronicle;
  AlertDesk desk;

  Town() {
    this(false, null, ZoneOffset.UTC);
  }

  Town(boolean watchAll, @Nullable QuietHours quiet, ZoneId zone) {
    this.watchAll = watchAll;
    this.quiet = quiet;
    this.zone = zone;
    AlertSettings settings = settings();
    desk = newDesk(settings);
    chronicle = newChronicle(settings);
  }

  private AlertSettings settings() {
    return new AlertSettings(true, true, true, GRACE, LEARNING, quiet, zone);
  }

  private AlertDesk newDesk(AlertSettings settings) {
    return new AlertDesk(settings, channels, journal, numbers, clock);
  }

  private Chronicle newChronicle(AlertSettings settings) {
    watches = new Watches(watchAll);
    aliases = new Aliases();
    Chronicle next =
        new Chronicle(
            new Chronicle.Parts(journal, numbers, desk, settings, aliases, watches, clock));
    journal.whenRead(next::read);
    return next;
  }

  /** Ends the process without a word and starts a new one on what was kept. */
  void restart() {
    sessions = Sessions.of(sessions.open(), clock.instant());
    numbers = new Numbers(clock);
    AlertSettings settings = settings();
    desk = newDesk(settings);
    chronicle = newChronicle(settings);
    presences.replaceAll((index, presence) -> Presence.UNKNOWN);
  }

  static MacAddress mac(int index) {
    return new MacAddress(0x00005E005300L + index); // documentation range: RFC 7042 §2.1.1
  }

  static DeviceKey key(int index) {
    return new DeviceKey.ByMac(mac(index));
  }

  void put(int index, Presence presence) {
    presences.put(index, presence);
    addresses.putIfAbsent(index, IpLiteral.of("192.0.2." + index));
    if (presence == Presence.ONLINE) {
      seen.put(index, clock.instant());
    }
  }

  void putAll(int first, int last, Presence presence) {
    for (int i = first; i <= last; i++) {
      put(i, presence);
    }
  }

  void move(int index, String address) {
    addresses.put(index, IpLiteral.of(address));
  }

  void router(State state) {
    router = state;
    limitSource = state == State.UP ? MIKROTIK : null;
  }

  void reboot() {
    boots++;
  }

  void limit(int index, @Nullable Integer megabits) {
    limits.removeIf(one -> one.limit().device().equals(key(index)));
    if (megabits != null) {
      limits.add(new LimitInForce(wanted(index, megabits), true, null, true));
    }
  }

  static Limit wanted(int index, @Nullable Integer megabits) {
    BitRate rate = megabits == null ? null : BitRate.ofMegabits(megabits);
    return new Limit(key(index), List.of(), rate, rate);
  }

  /** Lets time pass, with a push every 2 s, or a few long ones when it is much. */
  void pass(Duration time) throws InterruptedException {
    Duration step = time.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofSeconds(60) : PUSH;
    for (Duration left = time; left.isPositive(); left = left.minus(step)) {
      clock.advance(left.compareTo(step) < 0 ? left : step);
      push();
    }
  }

  void push() throws InterruptedException {
    presences.forEach(
        (index, presence) -> {
          if (presence == Presence.ONLINE) {
            seen.put(index, clock.instant());
          }
        });
    Snapshot snapshot = snapshot();
    List<Device> devices = snapshot.devices().stream().map(DeviceState::device).toList();
    Sessions.Turn turn =
        sessions.next(devices, snapshot.source(Capability.DEVICES) != null, PUSH, clock.moment());
    sessions = turn.after();
    turn.changes().forEach(change -> chronicle.changed(change, snapshot));
    chronicle.accept(snapshot);
    desk.step();
  }

  private Snapshot snapshot() {
    SourceId answers = router == State.UP ? MIKROTIK : LOCAL;
    Map<Capability, Choice> choices = new EnumMap<>(Capability.class);
    choices.put(Capability.DEVICES, new Choice(Capability.DEVICES, answers(answers), "why"));
    choices.put(Capability.LIMITS, new Choice(Capability.LIMITS, limitSource, "why"));
    return new Snapshot(
        ++seq,
        clock.instant(),
        choices,
        clock.instant(),
        null,
        null,
        null,
        presences.keySet().stream().map(this::state).toList(),
        List.of(),
        List.of(box()),
        limits,
        List.of(source(MIKROTIK, router), source(LOCAL, localState)));
  }

  private @Nullable SourceId answers(SourceId wanted) {
    return wanted.equals(LOCAL) && localState != State.UP ? null : wanted;
  }

  private DeviceState state(int index) {
    Instant lastSeen = seen.get(index);
    InetAddress address = addresses.get(index);
    Device device =
        new Device(
            key(index),
            mac(index),
            address == null ? List.of() : List.of(address),
            Map.of(DeviceField.HOSTNAME, new Sourced<>("device-" + index, MIKROTIK, Instant.EPOCH)),
            presences.getOrDefault(index, Presence.UNKNOWN),
            Instant.EPOCH,
            lastSeen,
            List.of());
    return new DeviceState(aliases.named(device), null, null, null);
  }

  private BoxState box() {
    Port port =
        new Port(
            "ether1",
            "ether",
            Port.Link.UP,
            null,
            null,
            null,
            true,
            new Port.Counters(1, 1, CounterWidth.BITS_64, boots, null, null));
    Port other =
        new Port(
            "ether2",
            "ether",
            Port.Link.UP,
            null,
            null,
            null,
            false,
            new Port.Counters(1, 1, CounterWidth.BITS_64, boots, null, null));
    return new BoxState(
        new Box("box", "hall", null, Box.Role.ROUTER, clock.moment(), List.of(port, other)),
        MIKROTIK,
        Map.of());
  }

  private SourceStatus source(SourceId id, State state) {
    List<CapabilityStatus> capabilities = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      capabilities.add(
          new CapabilityStatus(
              capability,
              state,
              state == State.UP ? null : "no connection: refused",
              Instant.EPOCH,
              Instant.EPOCH,
              Duration.ZERO,
              1,
              0));
    }
    return new SourceStatus(
        id, id.name(), "Vendor", 100, "built-in", null, capabilities, List.of(), Cost.NONE, null);
  }

  List<EventKind> kinds() {
    return journal.events.stream().map(Event::kind).toList();
  }

  long count(EventKind kind) {
    return kinds().stream().filter(kind::equals).count();
  }
}
