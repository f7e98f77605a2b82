package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

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
    return inOnePiece(
        () -> recorder.unwritten(subject),
        unwritten -> store.series(subject, from, to, step, unwritten));
  }

  /**
   * Tells what everybody moved in some periods, up to this moment.
   *
   * @param periods the periods, in any order; days, weeks or months of the machine's time zone
   * @return what each moved, or why it cannot be read
   */
  public Consumption consumption(List<Period> periods) {
    return inOnePiece(recorder::unwritten, unwritten -> store.consumption(periods, unwritten));
  }

  /**
   * Tells who moved how much of the line, and when, up to this moment.
   *
   * @param from the first step is the one that holds this time
   * @param to the last step is the one that begins before this time
   * @param step how long each step is; whole seconds, at least one
   * @param most how many devices are told by name
   * @return the shares, or why they cannot be read
   */
  public Shares shares(Instant from, Instant to, Duration step, int most) {
    return inOnePiece(
        recorder::unwritten, unwritten -> store.shares(from, to, step, most, unwritten));
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

  private <T> T inOnePiece(
      Supplier<List<TrafficRow>> unwritten, Function<List<TrafficRow>, T> answer) {
    while (true) {
      long before;
      List<TrafficRow> rows;
      lock.lock();
      try {
        before = ticks;
        rows = unwritten.get();
      } finally {
        lock.unlock();
      }
      T whole = answer.apply(rows);
      if (before == ticksNow()) {
        return whole;
      }
      // A tick moved rows from the recorder to the store meanwhile; they may be in both.
    }
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
