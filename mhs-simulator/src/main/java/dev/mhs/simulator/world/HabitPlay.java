package dev.mhs.simulator.world;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A habit as it goes on: its open flows and when it begins the next one. Under the world's lock.
 */
final class HabitPlay {
  private static final int AT_MOST = 12;
  private static final double SOON = 20;
  private static final int STRANGERS = 40;

  private final @Nullable Member member;
  private final Habit habit;
  private final List<InetAddress> inner;
  private final Random random;
  private final List<Flow> flows = new ArrayList<>();
  private double nextSession;
  private int nextPort;

  HabitPlay(@Nullable Member member, Habit habit, List<InetAddress> inner, Random random) {
    this.member = member;
    this.habit = habit;
    this.inner = inner;
    this.random = random;
    this.nextSession = random.nextDouble() * Math.min(habit.rhythm().pauseSeconds(), SOON);
    this.nextPort = 32_768 + random.nextInt(20_000);
  }

  List<Flow> flows() {
    return flows;
  }

  /**
   * Plays one step; a device that is not there ends what it did.
   *
   * @param calm by how much longer than usual people pause
   */
  void step(double now, boolean isThere, double calm) {
    if (!isThere) {
      flows.forEach(flow -> flow.isOver = true);
      nextSession = Math.max(nextSession, now + 2);
    } else if (now >= nextSession) {
      begin(now, habit.isOfPeople() ? calm : 1);
    }
    for (Flow flow : flows) {
      feed(flow, now);
    }
  }

  /** Drops the flows that are over; their connections linger without them. */
  void sweep() {
    Iterator<Flow> each = flows.iterator();
    while (each.hasNext()) {
      if (each.next().isOver) {
        each.remove();
      }
    }
  }

  private boolean isLasting() {
    return habit.rhythm().sessionSeconds() > 0;
  }

  private void begin(double now, double calm) {
    double lasts = isLasting() ? drawn(habit.rhythm().sessionSeconds()) : 0;
    nextSession = now + lasts + calm * drawn(habit.rhythm().pauseSeconds());
    if (flows.size() >= AT_MOST) {
      return;
    }
    Flow flow = flow();
    flow.endsAt = now + lasts;
    flow.nextChunk = now + (isLasting() ? habit.rhythm().chunkSeconds() : 0);
    if (habit.peer().protocol() == Habit.Protocol.TCP) {
      flow.pendingUp += 1_200; // the handshakes of TCP and TLS
      flow.pendingDown += 4_500;
    }
    if (!isLasting()) {
      double size = 0.4 + 1.2 * random.nextDouble();
      flow.pendingDown += habit.chunk().down() * size;
      flow.pendingUp += habit.chunk().up() * size;
    }
    flows.add(flow);
  }

  private void feed(Flow flow, double now) {
    if (!isLasting()) {
      flow.isOver |= flow.connection != null && !flow.isWaiting();
      return;
    }
    while (now >= flow.nextChunk && now < flow.endsAt) {
      double size = habit.chunk().perishable() ? 1 : 0.7 + 0.6 * random.nextDouble();
      flow.nextChunk += habit.rhythm().chunkSeconds();
      flow.pendingDown = Math.min(flow.pendingDown, 4 * habit.chunk().down()); // it buffers no more
      flow.pendingDown += habit.chunk().down() * size;
      flow.pendingUp += habit.chunk().up() * size;
    }
    flow.isOver |= now >= flow.endsAt;
  }

  private Flow flow() {
    boolean six = inner.size() > 1 && random.nextInt(10) < habit.peer().sixInTen();
    InetAddress mine = six ? inner.get(1 + random.nextInt(inner.size() - 1)) : inner.getFirst();
    int who = 1 + random.nextInt(STRANGERS);
    InetAddress stranger =
        Addresses.of(six ? "2001:db8:ffff::" + Integer.toHexString(who) : "198.51.100." + who);
    nextPort = nextPort >= 60_000 ? 32_768 : nextPort + 1;
    boolean isForwarded = habit.peer().place() == Habit.Where.FORWARDED;
    int server = habit.peer().port();
    return isForwarded
        ? new Flow(member, habit, mine, server, stranger, nextPort)
        : new Flow(member, habit, mine, nextPort, stranger, server);
  }

  private double drawn(double mean) {
    return Math.max(mean / 20, -mean * Math.log(1 - random.nextDouble()));
  }
}
