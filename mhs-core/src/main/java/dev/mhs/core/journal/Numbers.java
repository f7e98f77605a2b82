package dev.mhs.core.journal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that grow, across restarts and whatever the clock does: made of the time, so that they
 * need not be read before the first is given. Small enough for JSON (RFC 8259 §6). Thread-safe.
 */
public final class Numbers {
  private static final long A_MILLISECOND = 1_000;

  private final InstantSource clock;
  private final AtomicLong last = new AtomicLong();

  /**
   * Makes a source of numbers.
   *
   * @param clock the wall clock
   */
  public Numbers(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Returns a number greater than all before.
   *
   * @return the number
   */
  public long next() {
    long now = first(clock.instant());
    return last.updateAndGet(before -> Math.max(before + 1, now));
  }

  /**
   * Goes on above a number that was given earlier.
   *
   * @param number the number
   */
  public void continueAfter(long number) {
    last.accumulateAndGet(number, Math::max);
  }

  /**
   * Returns the smallest number that is given at a time, if the clock was never set back.
   *
   * @param at the time
   * @return the number
   */
  public static long first(Instant at) {
    return Math.multiplyExact(at.toEpochMilli(), A_MILLISECOND);
  }
}
