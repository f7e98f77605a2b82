package dev.mhs.core.engine;

import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether somebody looks: a page that is open, or a program that has asked a moment ago. Sources
 * are asked less often while nobody does. Thread-safe.
 */
public final class Audience {
  /** How long one request counts as looking. */
  static final Duration LINGERS = Duration.ofSeconds(15);

  private final TimeSource time;
  private final Runnable onArrival;
  private final AtomicInteger watchers = new AtomicInteger();
  private final AtomicLong lastRequest;

  Audience(TimeSource time, Runnable onArrival) {
    this.time = time;
    this.onArrival = onArrival;
    this.lastRequest = new AtomicLong(time.nanos() - LINGERS.toNanos());
  }

  /** Tells whether somebody looks now. */
  public boolean isWatching() {
    return watchers.get() > 0 || time.nanos() - lastRequest.get() < LINGERS.toNanos();
  }

  /** Notes that a program has asked for the present state. */
  public void requested() {
    boolean arrives = !isWatching();
    lastRequest.set(time.nanos());
    if (arrives) {
      onArrival.run();
    }
  }

  /**
   * Notes that somebody keeps looking.
   *
   * @return to be closed when they no longer do; a second time does nothing
   */
  public Subscription watch() {
    boolean arrives = !isWatching();
    watchers.incrementAndGet();
    if (arrives) {
      onArrival.run();
    }
    AtomicBoolean left = new AtomicBoolean();
    return () -> {
      if (left.compareAndSet(false, true)) {
        watchers.decrementAndGet();
      }
    };
  }
}
