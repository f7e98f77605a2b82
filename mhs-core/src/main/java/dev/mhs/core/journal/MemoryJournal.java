package dev.mhs.core.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Keeps the newest events in memory, and everything else nowhere. Any thread. */
public final class MemoryJournal implements Journal {
  /** So many events are kept. */
  public static final int ROOM = 2_000;

  private final String why;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Event> newestFirst = new ArrayDeque<>();

  /**
   * Makes an empty one.
   *
   * @param why why nothing is kept beyond the end of the process, one sentence
   */
  public MemoryJournal(String why) {
    this.why = why;
  }

  @Override
  public void keep(List<? extends Entry> entries) {
    lock.lock();
    try {
      for (Entry entry : entries) {
        if (entry instanceof Event event) {
          newestFirst.addFirst(event);
        }
      }
      while (newestFirst.size() > ROOM) {
        newestFirst.removeLast();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void whenRead(Consumer<Kept> reader) {
    // There is nothing that could be read, now or later.
  }

  @Override
  public EventPage events(EventQuery query) {
    lock.lock();
    try {
      List<Event> found =
          newestFirst.stream().filter(query::matches).limit(query.limit() + 1L).toList();
      boolean more = found.size() > query.limit();
      return new EventPage(more ? found.subList(0, query.limit()) : found, more, why);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String awaitKept(Duration atMost) {
    return why;
  }
}
