package dev.mhs.simulator.world;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Traffic of one application: what waits to be moved between a device and a stranger. It goes over
 * a {@link Connection}, and over another one when the router forgot the first.
 */
final class Flow {
  /** Whose it is; null for the router itself. */
  final @Nullable Member member;

  final Habit habit;
  final InetAddress inner;
  final int innerPort;
  final InetAddress outer;
  final int outerPort;

  double pendingDown;
  double pendingUp;
  double nextChunk;
  double endsAt;
  boolean isOver;
  @Nullable Connection connection;

  /** What of the pending bytes goes in this step; the shaper lowers it. */
  double goesDown;

  double goesUp;

  Flow(
      @Nullable Member member,
      Habit habit,
      InetAddress inner,
      int innerPort,
      InetAddress outer,
      int outerPort) {
    this.member = member;
    this.habit = habit;
    this.inner = inner;
    this.innerPort = innerPort;
    this.outer = outer;
    this.outerPort = outerPort;
  }

  boolean isSix() {
    return inner.getAddress().length == 16;
  }

  /** Whether the first packet comes from the household. */
  boolean isBegunInside() {
    return habit.peer().place() == Habit.Where.OUTSIDE;
  }

  /** Takes what may go in this step, before the shaper looks at it. */
  void ask(double seconds) {
    goesDown = Math.min(pendingDown, Bits.bytes(habit.chunk().peakDown(), seconds));
    goesUp = Math.min(pendingUp, Bits.bytes(habit.chunk().peakUp(), seconds));
  }

  boolean isWaiting() {
    return pendingDown >= 1 || pendingUp >= 1;
  }

  /** Ends a step: what went is no longer pending, and what is perishable is lost. */
  void went(long down, long up) {
    pendingDown -= down;
    pendingUp -= up;
    if (habit.chunk().perishable()) {
      pendingDown = Math.min(pendingDown, 1);
      pendingUp = Math.min(pendingUp, 1);
    }
  }
}
