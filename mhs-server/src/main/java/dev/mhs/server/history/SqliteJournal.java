package dev.mhs.server.history;

import dev.mhs.core.history.HistoryState;
import dev.mhs.core.journal.Entry;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventPage;
import dev.mhs.core.journal.EventQuery;
import dev.mhs.core.journal.Gone;
import dev.mhs.core.journal.Journal;
import dev.mhs.core.journal.Kept;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The journal in the same file as the history, written by the history's writer in transactions of
 * its own. What cannot be written waits in memory and is tried again with the history's next tick.
 */
public final class SqliteJournal implements Journal {
  /** So many events are kept in the file at most. */
  static final int MOST_EVENTS = 50_000;

  /** So many events wait in memory at most; what is older is lost if it cannot be written. */
  static final int MOST_WAITING = 5_000;

  private static final int BITE = 500;
  private static final System.Logger LOG = System.getLogger(SqliteJournal.class.getName());

  /** Asks the open database, while nobody replaces it. */
  interface Access {
    /** Returns the answer, or null when there is no open database. */
    <T> @Nullable T ask(Database.Question<T> question) throws SQLException;
  }

  private final InstantSource clock;
  private final Runnable wakeWriter;
  private final Access access;
  private final Supplier<HistoryState> state;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // all by lock
  private final Map<Entry.Id, Entry> present = new LinkedHashMap<>(); // all but events
  private final Map<Entry.Id, Entry> waiting = new LinkedHashMap<>();
  private final List<Consumer<Kept>> readers = new ArrayList<>();
  private @Nullable Kept kept;
  private long handed; // counts what was handed over
  private long settled; // how much of that is safe
  private long attempted; // how much of that was tried to write
  private int lost;

  private @Nullable Database readFrom; // the writer's only

  private volatile Duration eventsKept = Duration.ofDays(90);

  SqliteJournal(
      InstantSource clock, Runnable wakeWriter, Access access, Supplier<HistoryState> state) {
    this.clock = clock;
    this.wakeWriter = wakeWriter;
    this.access = access;
    this.state = state;
  }

  /**
   * Sets for how long events are kept.
   *
   * @param time how long
   */
  public void keepEventsFor(Duration time) {
    eventsKept = time;
  }

  @Override
  public void keep(List<? extends Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      entries.forEach(this::note);
      handed++;
      dropSurplus();
    } finally {
      lock.unlock();
    }
    wakeWriter.run();
  }

  private void note(Entry entry) {
    waiting.remove(entry.id()); // so that it goes to the end
    waiting.put(entry.id(), entry);
    if (entry instanceof Gone) {
      present.remove(entry.id());
    } else if (!(entry instanceof Event)) {
      present.put(entry.id(), entry);
    }
  }

  private void dropSurplus() {
    if (waiting.size() <= MOST_WAITING) {
      return;
    }
    List<Entry.Id> oldest =
        waiting.values().stream()
            .filter(Event.class::isInstance)
            .map(Entry::id)
            .limit(waiting.size() - MOST_WAITING)
            .toList();
    oldest.forEach(waiting::remove);
    if (lost == 0 && !oldest.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING, "events: too many wait to be written; the oldest are lost");
    }
    lost += oldest.size();
  }

  @Override
  public void whenRead(Consumer<Kept> reader) {
    Kept already;
    lock.lock();
    try {
      already = kept;
      if (already == null) {
        readers.add(reader);
      }
    } finally {
      lock.unlock();
    }
    if (already != null) {
      reader.accept(already);
    }
  }

  @Override
  public EventPage events(EventQuery query) {
    int limit = query.limit() + 1; // one more tells whether there are more
    List<Event> inMemory = waitingEvents();
    List<Event> stored = List.of();
    String problem = null;
    try {
      List<Event> answer = access.ask(connection -> JournalRows.events(connection, query, limit));
      if (answer == null) {
        problem = whyNot();
      } else {
        stored = answer;
      }
    } catch (SQLException | RuntimeException failure) {
      LOG.log(System.Logger.Level.DEBUG, "events cannot be read", failure);
      problem = whyNot();
    }
    Map<Long, Event> all = new LinkedHashMap<>(); // what is written meanwhile may be in both
    Stream.concat(inMemory.stream().filter(query::matches), stored.stream())
        .sorted(Comparator.comparingLong(Event::number).reversed())
        .forEach(event -> all.putIfAbsent(event.number(), event));
    List<Event> page = all.values().stream().limit(query.limit()).toList();
    return new EventPage(page, all.size() > query.limit(), problem);
  }

  private List<Event> waitingEvents() {
    lock.lock();
    try {
      return waiting.values().stream()
          .filter(Event.class::isInstance)
          .map(Event.class::cast)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private String whyNot() {
    return state.get() instanceof HistoryState.Failing failing
        ? failing.sentence()
        : "The database is closed.";
  }

  @Override
  public @Nullable String awaitKept(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long wanted = handed;
      long nanos = atMost.toNanos();
      while (settled < wanted && attempted < wanted && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (settled >= wanted) {
        return null;
      }
      return state.get() instanceof HistoryState.Failing failing
          ? failing.sentence()
          : "It is not written yet.";
    } finally {
      lock.unlock();
    }
  }

  /** Reads what is there, by the writer, once for each file that was opened. */
  void read(Database database) throws SQLException {
    if (!database.equals(readFrom)) {
      heard(database.ask(JournalRows::read));
      readFrom = database;
    }
  }

  private void heard(Kept found) {
    List<Consumer<Kept>> hear;
    lock.lock();
    try {
      if (kept != null) {
        // Another file took the place of the one that was read: everything is to be written anew.
        present.forEach(waiting::putIfAbsent);
        return;
      }
      for (Entry entry : found.entries()) {
        if (!waiting.containsKey(entry.id())) {
          present.putIfAbsent(entry.id(), entry);
        }
      }
      kept = found;
      hear = List.copyOf(readers);
      readers.clear();
    } finally {
      lock.unlock();
    }
    hear.forEach(reader -> reader.accept(found));
  }

  /** Writes what waits, by the writer: all or nothing. */
  void write(Database database) throws SQLException {
    read(database);
    Map<Entry.Id, Entry> now;
    long until;
    lock.lock();
    try {
      now = new LinkedHashMap<>(waiting);
      until = handed;
    } finally {
      lock.unlock();
    }
    if (!now.isEmpty()) {
      Instant oldest = clock.instant().minus(eventsKept);
      database.transaction(connection -> write(connection, now, oldest));
    }
    lock.lock();
    try {
      now.forEach(waiting::remove); // unless it has changed meanwhile
      settled = Math.max(settled, until);
      lost = 0;
    } finally {
      lock.unlock();
    }
  }

  private static void write(Connection connection, Map<Entry.Id, Entry> entries, Instant oldest)
      throws SQLException {
    JournalRows.write(connection, entries.values());
    JournalRows.prune(connection, oldest, MOST_EVENTS, BITE);
  }

  /** The writer has done what it could. */
  void attempted(long until) {
    lock.lock();
    try {
      attempted = Math.max(attempted, until);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How much was handed over so far. */
  long handed() {
    lock.lock();
    try {
      return handed;
    } finally {
      lock.unlock();
    }
  }
}
