package dev.mhs.simulator.world;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A household, played. Whoever looks at it or intervenes lets it catch up with the clock first. Any
 * thread.
 */
public final class World {
  /** The step in which it is played, unless it is told otherwise. */
  public static final Duration TICK = Duration.ofMillis(100);

  /**
   * Of a hundred bytes of a connection on the fast path, so many take the slow one all the same.
   */
  private static final int SLOW_OF_HUNDRED = 2;

  private static final InetAddress WAN_ADDRESS = Addresses.of("203.0.113.77");
  private static final InetAddress WAN_ADDRESS6 = Addresses.of("2001:db8:aaaa::77");

  /** An acknowledgement of 60 bytes for two segments of 1,400. */
  private static final double ACKNOWLEDGED = 60.0 / 2_800;

  private final Scenario scenario;
  private final InstantSource clock;
  private final Instant began;
  private final Guard guard;
  private final Fabric fabric;
  private final RouterTables tables;
  private final Firewall firewall;
  private final Firewall firewall6;
  private final Shaper shaper;
  private final List<Resident> residents = new ArrayList<>();
  private final Map<String, Resident> byMac = new HashMap<>();
  private final List<HabitPlay> habits = new ArrayList<>();
  private final List<HabitPlay> ownHabits;
  private final List<Connection> connections = new ArrayList<>();
  private final BitSet numbers = new BitSet();
  private boolean isComplete;
  private Duration pace = TICK;
  private Duration played = Duration.ZERO;
  private Moved own = Moved.NOTHING;
  private Moved line = Moved.NOTHING;
  private long fastBytes;

  /**
   * Begins.
   *
   * @param scenario what is played
   * @param clock by which it is played; setting it back makes the world stand still
   */
  public World(Scenario scenario, InstantSource clock) {
    this.scenario = scenario;
    this.clock = clock;
    this.began = clock.instant();
    this.guard = new Guard(this::catchUp);
    this.fabric = new Fabric(scenario);
    this.tables = new RouterTables(guard, scenario, fabric);
    this.firewall = new Firewall(tables.filter(), tables.addressLists());
    this.firewall6 = new Firewall(tables.filter6(), tables.addressLists6());
    this.shaper = new Shaper(tables.queues());
    long seed = scenario.seed();
    for (Member member : scenario.members()) {
      Resident resident = new Resident(member, seed * 1_000 + member.host());
      residents.add(resident);
      byMac.put(member.mac(), resident);
      habits.addAll(resident.habits());
    }
    ownHabits = List.of(own(Habit.lookups(20), seed), own(Habit.keepalive(60), seed + 1));
    habits.addAll(ownHabits);
    numbers.set(0, 0x1A0);
    isComplete = true;
  }

  /** Returns what is played. */
  public Scenario scenario() {
    return scenario;
  }

  /** Returns the router's configuration. */
  public RouterTables tables() {
    return tables;
  }

  /** Returns the router. */
  public Box router() {
    return fabric.router;
  }

  /** Returns the switch. */
  public Box switchBox() {
    return fabric.switchBox;
  }

  /**
   * Looks at several things at one moment. Nothing moves meanwhile.
   *
   * @param <T> the type of what is seen
   * @param what looks
   * @return what it saw
   */
  public <T> T look(Supplier<T> what) {
    return guard.now(what);
  }

  /** Returns what was truly moved. */
  public Truth truth() {
    return guard.now(
        () -> {
          Map<String, Moved> devices = new HashMap<>();
          residents.forEach(one -> devices.put(one.member().mac(), one.moved()));
          return new Truth(devices, own, line);
        });
  }

  /** Returns the seconds since the world began. */
  public double seconds() {
    return guard.now(this::now);
  }

  /** Returns the time at the router. */
  public Instant time() {
    return guard.now(() -> began.plus(played));
  }

  /**
   * Plays in other steps from now on: longer ones cost less and are less lifelike.
   *
   * @param step how long each is, longer than zero
   */
  public void pace(Duration step) {
    if (!step.isPositive()) {
      throw new IllegalArgumentException("no step: " + step);
    }
    guard.now(() -> pace = step);
  }

  /** Returns the devices of the household, those that are away too. */
  public List<Resident> residents() {
    return guard.now(() -> List.copyOf(residents));
  }

  /** Returns the connections that the router knows. */
  public List<Connection> connections() {
    return guard.now(() -> List.copyOf(connections));
  }

  /**
   * Lets a device come or go.
   *
   * @param mac its MAC address
   * @param home whether it is there from now on
   */
  public void move(String mac, boolean home) {
    guard.now(() -> resident(mac).move(now(), home));
  }

  /**
   * Forgets a connection, as {@code /ip/firewall/connection/remove} does; what is still to be moved
   * then makes a new one.
   *
   * @param id its id
   * @param six whether it is one of IPv6
   */
  public void removeConnection(String id, boolean six) {
    guard.now(
        () ->
            forget(
                connections.stream()
                    .filter(one -> one.id().equals(id) && one.isSix() == six)
                    .findFirst()
                    .orElseThrow(RefusedException::notFound)));
  }

  /** Starts the router again: counters, uptime, connections, ids of dynamic rows begin anew. */
  public void rebootRouter() {
    guard.now(
        () -> {
          List.copyOf(connections).forEach(this::forget);
          shaper.reset();
          fastBytes = 0;
          restart(fabric.router);
        });
  }

  /** Starts the switch again. */
  public void rebootSwitch() {
    guard.now(() -> restart(fabric.switchBox));
  }

  /**
   * Changes an interface of a box.
   *
   * @param box which box
   * @param name the interface's name or id
   * @param change the keys comment and disabled
   */
  public void setPort(Box box, String name, Map<String, String> change) {
    guard.now(
        () -> {
          Port port =
              box.ports.stream()
                  .filter(one -> one.name.equals(name) || one.id().equals(name))
                  .findFirst()
                  .orElseThrow(RefusedException::notFound);
          change.forEach(
              (key, text) -> {
                switch (key) {
                  case "comment" -> port.comment = text;
                  case "disabled" -> {
                    boolean off = Forms.flag(key, text).equals("true");
                    port.linkDowns += off && !port.isDisabled ? 1 : 0;
                    port.isDisabled = off;
                  }
                  default -> throw RefusedException.bad("unknown parameter " + key);
                }
              });
        });
  }

  /**
   * Names a box.
   *
   * @param box which box
   * @param name its new name
   */
  public void rename(Box box, String name) {
    guard.now(() -> box.name = name);
  }

  /** Returns the port of the router behind which a device is. */
  public String routerPort(Member member) {
    return fabric.routerPort(member);
  }

  /** Returns the interface that is the household's line. */
  public String lineInterface() {
    return fabric.line();
  }

  /** Returns the router's address on the line. */
  public InetAddress lineAddress() {
    return WAN_ADDRESS;
  }

  /** Returns whether new connections are put on the fast path. */
  public boolean isFastTrackActive() {
    return guard.now(() -> tables.allowsFastPath() && firewall.hasFastTrack());
  }

  /** Returns how many bytes went over the fast path since the router started. */
  public long fastBytes() {
    return guard.now(() -> fastBytes);
  }

  /** Returns the counters of a simple queue: bytes, packets and rate as {@code up, down}. */
  public QueueCounts queueCounts(String id) {
    return guard.now(
        () -> {
          Lane.Counts its = shaper.counts(id);
          return new QueueCounts(
              its.up,
              its.down,
              its.packetsUp,
              its.packetsDown,
              Bits.rate(its.rateUp, 1),
              Bits.rate(its.rateDown, 1));
        });
  }

  /**
   * What a simple queue counted.
   *
   * @param up bytes from the target
   * @param down bytes towards it
   * @param packetsUp packets from it
   * @param packetsDown packets towards it
   * @param rateUp bits per second from it
   * @param rateDown bits per second towards it
   */
  public record QueueCounts(
      long up, long down, long packetsUp, long packetsDown, long rateUp, long rateDown) {}

  private HabitPlay own(Habit habit, long seed) {
    return new HabitPlay(null, habit, List.of(WAN_ADDRESS), new Random(seed));
  }

  private Resident resident(String mac) {
    Resident resident = byMac.get(mac);
    if (resident == null) {
      throw new IllegalArgumentException("nobody has " + mac);
    }
    return resident;
  }

  private double now() {
    return played.toMillis() / 1000.0;
  }

  private void catchUp() {
    if (!isComplete) {
      return; // filling the tables looks at the world before there is one
    }
    Duration due = Duration.between(began, clock.instant());
    double seconds = pace.toMillis() / 1000.0;
    while (played.plus(pace).compareTo(due) <= 0) {
      played = played.plus(pace);
      step(seconds);
    }
  }

  private void step(double seconds) {
    double now = now();
    double calm = scenario.calm(began.plus(played));
    for (Resident resident : residents) {
      resident.step(now, fabric.isPlugged(resident.member()), calm);
    }
    List<Flow> moving = new ArrayList<>();
    ownHabits.forEach(habit -> habit.step(now, true, 1));
    habits.forEach(habit -> gather(habit, moving, now, seconds));
    shaper.shape(
        moving,
        flow -> flow.member == null ? List.of() : fabric.places(flow.member),
        scenario.lineDown(),
        scenario.lineUp(),
        seconds);
    moving.forEach(flow -> move(flow, now));
    habits.forEach(HabitPlay::sweep);
    expire(now);
    fabric.router.ports.forEach(Port::settle);
    fabric.switchBox.ports.forEach(Port::settle);
  }

  private void gather(HabitPlay habit, List<Flow> moving, double now, double seconds) {
    for (Flow flow : habit.flows()) {
      Connection connection = flow.connection;
      if (flow.isOver && connection != null) {
        connection.isClosed = true;
        connection.lastPacket = now;
      } else if (!flow.isOver && flow.isWaiting()) {
        flow.connection = connection == null ? connect(flow, now) : connection;
        flow.ask(seconds);
        moving.add(flow);
      }
    }
  }

  private Connection connect(Flow flow, double now) {
    int number = numbers.nextClearBit(0);
    numbers.set(number);
    Connection connection =
        new Connection(number, flow, flow.isSix() ? WAN_ADDRESS6 : WAN_ADDRESS, now);
    connections.add(connection);
    return connection;
  }

  private void forget(Connection connection) {
    connections.remove(connection);
    numbers.clear(connection.number);
    if (connection.flow.connection == connection) {
      connection.flow.connection = null;
    }
  }

  private void expire(double now) {
    for (Connection connection : List.copyOf(connections)) {
      if (connection.timeout(now) <= 0) {
        forget(connection);
      }
    }
  }

  private void move(Flow flow, double now) {
    Connection connection = flow.connection;
    if (connection == null) {
      return;
    }
    long down = (long) flow.goesDown;
    long up = (long) flow.goesUp;
    flow.went(down, up);
    if (connection.protocol() == Habit.Protocol.TCP) {
      flow.pendingUp += down * ACKNOWLEDGED;
      flow.pendingDown += up * ACKNOWLEDGED;
    }
    long fastDown = connection.isFast ? down - down * SLOW_OF_HUNDRED / 100 : 0;
    long fastUp = connection.isFast ? up - up * SLOW_OF_HUNDRED / 100 : 0;
    connection.count(down, up, fastDown, fastUp, now);
    fastBytes += flow.isSix() ? 0 : fastDown + fastUp;
    decide(connection);
    line = line.plus(flow.isSix(), down, up);
    Member member = flow.member;
    if (member == null) {
      own = own.plus(flow.isSix(), down, up);
      fabric.countLine(down, up);
    } else {
      resident(member.mac()).moves(flow.isSix(), down, up, now);
      fabric.count(member, down, up);
    }
  }

  /** The second packet establishes a connection; from then on the rules may make it fast. */
  private void decide(Connection connection) {
    if (!connection.isEstablished) {
      connection.isEstablished = true;
      return;
    }
    Firewall its = connection.isSix() ? firewall6 : firewall;
    int version = its.version() + (tables.allowsFastPath() ? 0 : 1 << 30);
    if (connection.isFast || connection.flow.member == null || connection.decidedAt == version) {
      return;
    }
    connection.decidedAt = version;
    connection.isFast =
        tables.allowsFastPath()
            && its.isFast(connection.flow.inner, connection.flow.outer, connection.protocol());
  }

  private void restart(Box box) {
    box.startedAt = now();
    box.boots++;
    box.ports.forEach(Port::reset);
  }
}
