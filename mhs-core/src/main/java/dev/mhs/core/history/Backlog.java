package dev.mhs.core.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The ticks that wait to be written. Any thread may add and look; one thread writes.
 *
 * <p>There is room for a bounded number of ticks. When it is used up, neighbouring ticks are joined
 * two by two, so that the past becomes coarser but no byte is lost; what has waited longest is
 * joined most often.
 */
public final class Backlog {
  private final int room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Tick> waiting = new ArrayDeque<>();
  private List<Tick> inFlight = List.of();

  /**
   * Makes an empty backlog.
   *
   * @param room how many ticks fit before they are joined, at least two
   */
  public Backlog(int room) {
    if (room < 2) {
      throw new IllegalArgumentException("a backlog needs room for two ticks");
    }
    this.room = room;
  }

  /**
   * Adds a tick behind the others. A tick without rows is dropped.
   *
   * @param tick the tick
   * @return whether older ticks had to be joined for it
   */
  public boolean add(Tick tick) {
    lock.lock();
    try {
      if (tick.rows().isEmpty()) {
        return false;
      }
      waiting.addLast(tick);
      return joinIfFull();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes everything that waits, for the writer. Until {@link #written} or {@link #putBack} is
   * called it still counts as waiting.
   *
   * @return the ticks, oldest first; the same again when the last ones were not settled
   */
  public List<Tick> take() {
    lock.lock();
    try {
      if (inFlight.isEmpty()) {
        inFlight = List.copyOf(waiting);
        waiting.clear();
      }
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what was taken: it is safe elsewhere. */
  public void written() {
    lock.lock();
    try {
      inFlight = List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Puts back what was taken, in front of what came meanwhile. */
  public void putBack() {
    lock.lock();
    try {
      inFlight.reversed().forEach(waiting::addFirst);
      inFlight = List.of();
      joinIfFull();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what waits for a subject.
   *
   * @param subject whose rows
   * @return the rows, oldest first
   */
  public List<TrafficRow> rows(Subject subject) {
    return rows().stream().filter(row -> row.subject().equals(subject)).toList();
  }

  /**
   * Returns what waits.
   *
   * @return the rows of all subjects, oldest first
   */
  public List<TrafficRow> rows() {
    lock.lock();
    try {
      return Stream.concat(inFlight.stream(), waiting.stream())
          .flatMap(tick -> tick.rows().stream())
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns how many ticks wait.
   *
   * @return their number
   */
  public int size() {
    lock.lock();
    try {
      return inFlight.size() + waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean joinIfFull() {
    if (waiting.size() <= room) {
      return false;
    }
    List<Tick> before = new ArrayList<>(waiting);
    waiting.clear();
    for (int i = 0; i + 1 < before.size(); i += 2) {
      waiting.addLast(joined(before.get(i), before.get(i + 1)));
    }
    if (before.size() % 2 == 1) {
      waiting.addLast(before.getLast());
    }
    return true;
  }

  private static Tick joined(Tick first, Tick second) {
    Map<Subject, TrafficRow> rows = new LinkedHashMap<>();
    Stream.of(first, second)
        .flatMap(tick -> tick.rows().stream())
        .forEach(row -> rows.merge(row.subject(), row, TrafficRow::plus));
    return new Tick(second.end(), List.copyOf(rows.values()));
  }
}
