package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The history as the rest of MHS sees it: what is being measured, what waits to be written and what
 * was written, as one. Any thread.
 */
public final class History implements AutoCloseable {
  /** How often {@link #tick} is to be called. */
  public static final Duration TICK = Duration.ofSeconds(30);

  private final HistoryRecorder recorder = new HistoryRecorder();
  private final HistoryStore store;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private long ticks; // guarded by lock

  /**
   * Makes the history.
   *
   * @param store where it is kept; closed together with this
   * @param clock tells when a tick is taken
   */
  public History(HistoryStore store, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Adds what was measured. Each measurement is added once. Never blocks for long.
   *
   * @param subject whose it is
   * @param measured the bytes and the time in which they were moved
   */
  public void add(Subject subject, Throughput measured) {
    recorder.add(subject, measured);
  }

  /** Hands everything measured since the last tick to the store. Never blocks for long. */
  public void tick() {
    handOver(recorder::drain);
  }

  /**
   * Tells what a subject moved, up to this moment.
   *
   * @param subject whose traffic
   * @param from the first step is the one that holds this time
   * @param to the last step is the one that begins before this time
   * @param step how long each step is; whole seconds, at least one
   * @return the steps in which something was measured, or why it cannot be read
   */
  public Series series(Subject subject, Instant from, Instant to, Duration step) {
    while (true) {
      long before;
      List<TrafficRow> unwritten;
      lock.lock();
      try {
        before = ticks;
        unwritten = recorder.unwritten(subject);
      } finally {
        lock.unlock();
      }
      Series series = store.series(subject, from, to, step, unwritten);
      if (before == ticksNow()) {
        return series;
      }
      // A tick moved rows from the recorder to the store meanwhile; they may be in both.
    }
  }

  /**
   * Returns where the history is kept, for what this class has no say in.
   *
   * @return the store
   */
  public HistoryStore store() {
    return store;
  }

  /** Hands over what is left, runs of zeros included, and closes the store: within 2 s. */
  @Override
  public void close() {
    handOver(recorder::flush);
    store.close();
  }

  private void handOver(Function<Instant, Tick> take) {
    lock.lock();
    try {
      store.record(take.apply(clock.instant()));
      ticks++;
    } finally {
      lock.unlock();
    }
  }

  private long ticksNow() {
    lock.lock();
    try {
      return ticks;
    } finally {
      lock.unlock();
    }
  }
}
