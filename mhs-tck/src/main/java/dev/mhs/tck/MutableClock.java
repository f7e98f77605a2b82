package dev.mhs.tck;

import dev.mhs.api.Moment;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Both clocks, moved by the test. Thread-safe.
 *
 * <p>Both start well above zero, so that no test divides by nothing or takes a forgotten zero for
 * the present.
 *
 * @since 0.1
 */
public final class MutableClock implements TimeSource {
  /** Where the wall clock starts. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private static final long START_NANOS = 1_000_000_000_000L;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile Moment now = new Moment(START, START_NANOS); // written under lock

  /** Makes a clock that stands at {@link #START}. */
  public MutableClock() {}

  @Override
  public Instant instant() {
    return moment().at();
  }

  @Override
  public long nanos() {
    return moment().nanos();
  }

  @Override
  public Moment moment() {
    return now;
  }

  /**
   * Lets time pass on both clocks.
   *
   * @param by how much, not negative
   * @return the new time
   */
  public Moment advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards; step the wall clock");
    }
    return move(before -> new Moment(before.at().plus(by), before.nanos() + by.toNanos()));
  }

  /**
   * Sets the wall clock forward or back, as a person or NTP does; no time passes.
   *
   * @param by how far, negative for back
   * @return the new time
   */
  public Moment stepWall(Duration by) {
    return move(before -> new Moment(before.at().plus(by), before.nanos()));
  }

  private Moment move(UnaryOperator<Moment> by) {
    lock.lock();
    try {
      now = by.apply(now);
      return now;
    } finally {
      lock.unlock();
    }
  }
}
