package dev.mhs.server.wire;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
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
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.PortRates;
import dev.mhs.api.Presence;
import dev.mhs.api.Session;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.api.Sourced;
import dev.mhs.api.Throughput;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots that follow each other as chance has it: devices come, go, change their places and
 * whatever can change about them; so do boxes, ports, limits and sources.
 */
final class RandomSnapshots {
  private static final List<String> NAMES =
      List.of("__proto__", "constructor", "nas", "<b>", "\"quoted\"", "päd\u2028", "😀", "");
  private static final SourceId SOURCE = new SourceId("mikrotik");

  private final Random random;
  private final int most;
  private final List<Integer> present = new ArrayList<>();
  private final Map<Integer, DeviceState> devices = new HashMap<>();
  private List<BoxState> boxes = List.of();
  private List<SourceStatus> sources = List.of();
  private List<Session> transients = List.of();
  private Instant now = Instant.parse("2026-09-21T14:13:20Z");
  private long seq = 40;

  /** Makes a household that never has more than so many devices. */
  RandomSnapshots(long seed, int most) {
    this.random = new Random(seed);
    this.most = most;
  }

  Snapshot next() {
    seq++;
    now = now.plusMillis(1900 + random.nextInt(200));
    if (chance(2)) {
      comeAndGo();
    }
    if (chance(8)) {
      Collections.shuffle(present, random);
    }
    for (int one : present) {
      devices.merge(one, device(one, null), (old, fresh) -> chance(2) ? old : device(one, old));
    }
    if (chance(6)) {
      boxes = newBoxes();
    } else if (chance(2)) {
      boxes = boxes.stream().map(this::moved).toList();
    }
    if (chance(5)) {
      sources = newSources();
    }
    if (chance(3)) {
      transients = newTransients();
    }
    List<DeviceState> list =
        present.stream().map(devices::get).map(Objects::requireNonNull).toList();
    return new Snapshot(
        seq,
        now,
        choices(),
        maybe(now),
        maybe(throughput()),
        maybe(throughput()),
        maybe(random.nextDouble()),
        list,
        transients,
        boxes,
        list.stream().map(DeviceState::limit).filter(Objects::nonNull).toList(),
        sources);
  }

  private void comeAndGo() {
    for (int i = 0; i < 3; i++) {
      int one = random.nextInt(most);
      if (!present.removeIf(other -> other == one)) {
        present.add(random.nextInt(present.size() + 1), one);
      }
    }
  }

  private DeviceState device(int number, @Nullable DeviceState old) {
    boolean named = number % 4 != 0;
    MacAddress mac = new MacAddress(0x00005E005300L + number);
    InetAddress own = IpLiteral.of("192.0.2." + (number + 1));
    DeviceKey key = named ? new DeviceKey.ByMac(mac) : new DeviceKey.ByAddress(own);
    List<InetAddress> addresses = new ArrayList<>();
    if (!named || !chance(9)) {
      addresses.add(chance(9) ? IpLiteral.of("192.0.2." + (100 + number)) : own);
    }
    if (chance(2)) {
      addresses.add(IpLiteral.of("2001:db8::" + (number + 1)));
    }
    Map<DeviceField, Sourced<String>> fields = new EnumMap<>(DeviceField.class);
    for (DeviceField field : DeviceField.values()) {
      if (chance(2)) {
        String text = NAMES.get(random.nextInt(NAMES.size()));
        fields.put(field, new Sourced<>(text, SOURCE, now));
      }
    }
    Device device =
        old != null && chance(3)
            ? old.device()
            : new Device(
                key,
                named ? mac : null,
                addresses,
                fields,
                anyOf(Presence.values()),
                Instant.ofEpochSecond(1789000000L + number),
                maybe(now.minusMillis(random.nextInt(100_000))),
                List.of());
    return new DeviceState(device, maybe(throughput()), maybe("mikrotik/conntrack"), limit(device));
  }

  private @Nullable LimitInForce limit(Device device) {
    if (chance(2)) {
      return null;
    }
    Limit limit =
        new Limit(
            device.key(), device.addresses(), BitRate.ofMegabits(1 + random.nextInt(50)), null);
    boolean enforced = chance(2);
    return new LimitInForce(limit, enforced, enforced ? null : "FastTrack", chance(2));
  }

  private Throughput throughput() {
    return new Throughput(
        random.nextInt(3) * random.nextLong(1_000_000),
        random.nextLong(5) * 1000,
        now,
        Duration.ofMillis(1990 + random.nextInt(20)));
  }

  private List<BoxState> newBoxes() {
    List<BoxState> made = new ArrayList<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      List<Port> ports = new ArrayList<>();
      int sockets = random.nextInt(4);
      for (int socket = 0; socket < sockets; socket++) {
        ports.add(port(socket == 3 ? "__proto__" : "ether" + socket));
      }
      Box.Role role = anyOf(Box.Role.values());
      made.add(state("box" + i, role, ports));
    }
    return made;
  }

  private BoxState moved(BoxState old) {
    List<Port> ports =
        old.box().ports().stream().map(port -> chance(2) ? port : port(port.name())).toList();
    return state(old.box().id(), old.box().role(), ports);
  }

  private BoxState state(String id, Box.Role role, List<Port> ports) {
    Map<String, PortRates> rates = new HashMap<>();
    for (Port port : ports) {
      if (chance(2)) {
        rates.put(
            port.name(),
            new PortRates(new BitRate(random.nextInt(900)), new BitRate(random.nextInt(900))));
      }
    }
    Box box = new Box(id, "box", maybe("RB5009"), role, new Moment(now, 0), ports);
    return new BoxState(box, SOURCE, rates);
  }

  private Port port(String name) {
    return new Port(
        name,
        "ether",
        anyOf(Port.Link.values()),
        maybe(BitRate.ofMegabits(1000)),
        null,
        maybe("comment " + random.nextInt(3)),
        chance(4),
        maybe(
            new Port.Counters(
                random.nextLong(1L << 50),
                random.nextInt(5),
                CounterWidth.BITS_64,
                0,
                null,
                null)));
  }

  private Map<Capability, Choice> choices() {
    Map<Capability, Choice> choices = new EnumMap<>(Capability.class);
    for (Capability capability : Capability.values()) {
      if (!chance(5)) {
        choices.put(
            capability, new Choice(capability, maybe(SOURCE), "because of " + random.nextInt(2)));
      }
    }
    return choices;
  }

  private List<SourceStatus> newSources() {
    List<SourceStatus> made = new ArrayList<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      made.add(
          new SourceStatus(
              new SourceId("source-" + i),
              "routeros",
              "MikroTik",
              random.nextInt(2) + 1,
              "built-in",
              maybe("broken"),
              List.of(
                  new CapabilityStatus(
                      Capability.DEVICES,
                      anyOf(CapabilityStatus.State.values()),
                      null,
                      now,
                      null,
                      null,
                      0,
                      0)),
              List.of(),
              Cost.NONE,
              Cost.NONE));
    }
    return made;
  }

  private <T> T anyOf(T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private List<Session> newTransients() {
    return devices.values().stream()
        .limit(2)
        .map(state -> new Session(state.device().key(), now.minusSeconds(200), now, false))
        .toList();
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> @Nullable T maybe(T value) {
    return chance(4) ? null : value;
  }
}
