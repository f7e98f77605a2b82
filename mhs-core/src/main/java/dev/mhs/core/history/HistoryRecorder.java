package dev.mhs.core.history;

import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Sums what was measured between two ticks. Any thread.
 *
 * <p>Bytes and covered time are conserved exactly. A subject that was not measured gets no row. A
 * device at rest gets few: a run of measured zeros is held back and becomes one row when traffic or
 * a gap ends it, or after {@link #LONGEST_RUN}. Held rows are lost when the process is killed: then
 * some zeros turn into a gap, but no byte is missing.
 */
public final class HistoryRecorder {
  /** For how long a run of measured zeros is held back at most. */
  public static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  /** Measurements that are no further apart than this touch: clocks differ by a few ms. */
  private static final Duration TOUCHING = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Subject, TrafficRow> open = new LinkedHashMap<>(); // since the last tick
  private final Map<Subject, TrafficRow> idle = new LinkedHashMap<>(); // held runs of zeros

  /** Makes a recorder that holds nothing. */
  public HistoryRecorder() {}

  /**
   * Adds what was measured.
   *
   * @param subject whose it is
   * @param measured the bytes and the time in which they were moved
   */
  public void add(Subject subject, Throughput measured) {
    TrafficRow row = TrafficRow.of(subject, measured);
    lock.lock();
    try {
      open.merge(subject, row, TrafficRow::plus);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the rows that are ready to be written.
   *
   * @param now the time
   * @return the rows; those of a run of zeros that goes on are not among them
   */
  public Tick drain(Instant now) {
    lock.lock();
    try {
      List<TrafficRow> rows = new ArrayList<>();
      open.values().forEach(row -> settle(row, rows));
      open.clear();
      releaseOldRuns(now, rows);
      return new Tick(now, rows);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes everything, held runs included.
   *
   * @param now the time
   * @return all rows; afterwards the recorder holds nothing
   */
  public Tick flush(Instant now) {
    lock.lock();
    try {
      List<TrafficRow> rows = new ArrayList<>(drain(now).rows());
      rows.addAll(idle.values());
      idle.clear();
      return new Tick(now, rows);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what the next ticks will bring for a subject, as far as it is known now.
   *
   * @param subject whose rows
   * @return the rows, oldest first
   */
  public List<TrafficRow> unwritten(Subject subject) {
    lock.lock();
    try {
      return Stream.of(idle, open).flatMap(rows -> Stream.ofNullable(rows.get(subject))).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what the next ticks will bring, as far as it is known now.
   *
   * @return the rows of all subjects
   */
  public List<TrafficRow> unwritten() {
    lock.lock();
    try {
      return Stream.of(idle, open).flatMap(rows -> rows.values().stream()).toList();
    } finally {
      lock.unlock();
    }
  }

  private void settle(TrafficRow row, List<TrafficRow> rows) {
    TrafficRow run = idle.remove(row.subject());
    if (run != null && row.isIdle() && continues(run, row)) {
      idle.put(row.subject(), run.plus(row));
      return;
    }
    if (run != null) {
      rows.add(run);
    }
    if (row.isIdle()) {
      idle.put(row.subject(), row);
    } else {
      rows.add(row);
    }
  }

  private void releaseOldRuns(Instant now, List<TrafficRow> rows) {
    Iterator<TrafficRow> runs = idle.values().iterator();
    while (runs.hasNext()) {
      TrafficRow run = runs.next();
      if (Duration.between(run.start(), now).abs().compareTo(LONGEST_RUN) >= 0) {
        rows.add(run);
        runs.remove();
      }
    }
  }

  private static boolean continues(TrafficRow run, TrafficRow row) {
    return Duration.between(run.end(), row.start()).abs().compareTo(TOUCHING) <= 0;
  }
}
