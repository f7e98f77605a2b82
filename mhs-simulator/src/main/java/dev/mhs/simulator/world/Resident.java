package dev.mhs.simulator.world;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A device as it lives: whether it is there, and what the router knows of it. Any getter under the
 * world's lock.
 */
public final class Resident {
  /** How long a promised address is kept ({@code lease-time} of the default configuration). */
  public static final double LEASE_SECONDS = 1_800;

  private final Member member;
  private final Random random;
  private final List<HabitPlay> habits = new ArrayList<>();
  private boolean isHome = true;
  private double nextMove;
  private double joined;
  private double seen;
  private double renewed;
  private Moved moved = Moved.NOTHING;

  Resident(Member member, long seed) {
    this.member = member;
    this.random = new Random(seed);
    List<InetAddress> addresses = new ArrayList<>(List.of(member.address()));
    addresses.addAll(member.addresses6());
    int number = 0;
    for (Habit habit : member.habits()) {
      habits.add(new HabitPlay(member, habit, addresses, new Random(seed * 31 + ++number)));
    }
    nextMove = member.traits().homeMinutes() * 60 * (0.3 + random.nextDouble());
  }

  void step(double now, boolean isPlugged, double calm) {
    boolean wanders = member.traits().homeMinutes() > 0;
    if (wanders && now >= nextMove) {
      move(now, !isHome);
    }
    boolean isThere = isHome && isPlugged;
    if (isThere && now - renewed >= LEASE_SECONDS / 2) {
      renewed = now;
    }
    habits.forEach(habit -> habit.step(now, isThere, calm));
  }

  /** Comes or goes now. */
  void move(double now, boolean home) {
    if (home && !isHome) {
      joined = now;
      seen = now;
      renewed = now;
    }
    isHome = home;
    double mean = home ? member.traits().homeMinutes() : member.traits().awayMinutes();
    nextMove = now + mean * 60 * (0.3 + 1.4 * random.nextDouble());
  }

  List<HabitPlay> habits() {
    return habits;
  }

  void moves(boolean six, long down, long up, double now) {
    moved = moved.plus(six, down, up);
    seen = up > 0 ? now : seen;
  }

  /** What it moved since the world began. */
  public Moved moved() {
    return moved;
  }

  /** Which device it is. */
  public Member member() {
    return member;
  }

  /** Whether it is there. */
  public boolean isHome() {
    return isHome;
  }

  /** When a packet of it was last seen, in seconds of the world. */
  public double seen() {
    return seen;
  }

  /** When it came, in seconds of the world. */
  public double joined() {
    return joined;
  }

  /** When it last renewed its lease, in seconds of the world. */
  public double renewed() {
    return renewed;
  }
}
