package dev.mhs.server.security;

import dev.mhs.core.spi.TimeSource;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Slows down whoever tries passwords, and locks nobody out. Whoever was wrong a few times has to
 * wait before the next try, longer each time up to a minute; strangers all together may be wrong so
 * often in a minute. Where somebody has signed in before, the failures of strangers do not count. A
 * try within the wait is not looked at, so that nothing can be learned from it. Nobody is kept
 * waiting here: it costs no thread. Thread-safe.
 */
final class Attempts {
  static final int FREE = 5;
  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  /** What strangers together may get wrong at once, and how soon one more. */
  static final int TOGETHER = 60;

  static final Duration TOGETHER_EVERY = Duration.ofSeconds(2);

  private static final int MOST_REMEMBERED = 4096;

  private final TimeSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Failures> failures = new Recent<>(); // guarded by lock
  private final Map<String, Boolean> known = new Recent<>(); // guarded by lock
  private long togetherFrom; // guarded by lock: from when on strangers have an allowance

  /** What came of a try. */
  sealed interface Outcome {
    /** It was right. */
    record Right() implements Outcome {}

    /**
     * It was wrong.
     *
     * @param times how often in a row
     */
    record Wrong(int times) implements Outcome {}

    /**
     * It was not looked at.
     *
     * @param delay how long to wait
     */
    record TooSoon(Duration delay) implements Outcome {}
  }

  /** What one got wrong: how often, when last, and the digest of the last try. */
  @SuppressWarnings("ArrayRecordComponent") // never handed out
  private record Failures(int times, long last, byte[] digest) {}

  /** Remembers so many at most; what was used longest ago goes first. */
  private static final class Recent<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  Attempts(TimeSource time) {
    this.time = time;
    this.togetherFrom = time.nanos() - allowance();
  }

  /**
   * Tries.
   *
   * @param who where it comes from: an address, or a browser that has signed in before
   * @param trusted whether it is such a browser
   * @param tried what is tried
   * @param test whether that is right; quick
   */
  Outcome attempt(String who, boolean trusted, byte[] tried, Predicate<byte[]> test) {
    byte[] digest = RandomId.digest(tried);
    lock.lock();
    try {
      long now = time.nanos();
      Failures before = remembered(who, now);
      if (before != null && MessageDigest.isEqual(before.digest(), digest)) {
        // A program that has the wrong password tries nothing new.
        return new Outcome.Wrong(before.times());
      }
      boolean stranger = !trusted && !known.containsKey(who);
      Duration wait = longer(ownWait(before, now), stranger ? commonWait(now) : Duration.ZERO);
      if (wait.isPositive()) {
        return new Outcome.TooSoon(wait);
      }
      if (test.test(tried)) {
        failures.remove(who);
        known.put(who, true);
        return new Outcome.Right();
      }
      return failed(who, before, digest, stranger, now);
    } finally {
      lock.unlock();
    }
  }

  private Outcome failed(
      String who, @Nullable Failures before, byte[] digest, boolean stranger, long now) {
    int times = before == null ? 1 : before.times() + 1;
    failures.put(who, new Failures(times, now, digest));
    if (stranger) {
      togetherFrom = Math.max(togetherFrom, now - allowance()) + TOGETHER_EVERY.toNanos();
    }
    return new Outcome.Wrong(times);
  }

  private @Nullable Failures remembered(String who, long now) {
    Failures found = failures.get(who);
    if (found != null && now - found.last() > FORGOTTEN_AFTER.toNanos()) {
      failures.remove(who);
      return null;
    }
    return found;
  }

  private static Duration ownWait(@Nullable Failures before, long now) {
    if (before == null || before.times() < FREE) {
      return Duration.ZERO;
    }
    int doublings = Math.min(before.times() - FREE, 10);
    Duration full = FIRST_WAIT.multipliedBy(1L << doublings);
    Duration wait = full.compareTo(LONGEST_WAIT) < 0 ? full : LONGEST_WAIT;
    return wait.minusNanos(now - before.last());
  }

  /** A bucket of allowances that fills again with time. */
  private Duration commonWait(long now) {
    return Duration.ofNanos(togetherFrom - now);
  }

  private static long allowance() {
    return TOGETHER_EVERY.toNanos() * (TOGETHER - 1);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
