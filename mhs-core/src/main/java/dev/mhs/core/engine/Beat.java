package dev.mhs.core.engine;

import java.time.Duration;

/**
 * Says when the next push is due. The regular ones keep a beat, whatever goes out between them.
 * While somebody waits to see who is there, newcomers are worth a push before its turn. All times
 * are the monotonic clock's, in nanoseconds. For one thread at a time.
 */
final class Beat {
  /** For so long newcomers are waited for: those who are there answer within seconds. */
  static final Duration EXPECTANT = Duration.ofSeconds(10);

  /** An early push keeps so far from the one before it and from the next regular one. */
  static final Duration APART = Duration.ofMillis(250);

  private final long interval;
  private long turn;
  private long pushedAt;
  private long expectantUntil;

  /** Makes a beat whose first push is due now; nobody waits for newcomers yet. */
  Beat(Duration interval, long now) {
    this.interval = interval.toNanos();
    turn = now;
    pushedAt = now - this.interval;
    expectantUntil = now;
  }

  /** Notes that somebody waits to see who is there. */
  void expect(long now) {
    expectantUntil = now + EXPECTANT.toNanos();
  }

  /** Tells whether somebody waits to see who is there. */
  boolean isExpectant(long now) {
    return expectantUntil - now > 0;
  }

  /** Tells whether a push made now is a regular one. */
  boolean isTurn(long now) {
    return now - turn >= 0;
  }

  /** Notes a push. A turn that was missed (a machine that slept) is not made up for. */
  void pushed(boolean regular, long now) {
    pushedAt = now;
    if (regular) {
      turn += interval;
      if (now - turn > interval) {
        turn = now + interval;
      }
    }
  }

  /** Returns when the next push is due, given whether there are newcomers to show. */
  long due(boolean newcomers, long now) {
    long early = now + Math.max(0, pushedAt + APART.toNanos() - now);
    return newcomers && turn - early >= APART.toNanos() ? early : turn;
  }
}
