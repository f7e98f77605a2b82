package dev.mhs.server.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.history.Backlog;
import dev.mhs.core.history.Consumption;
import dev.mhs.core.history.HistoryState;
import dev.mhs.core.history.HistoryStore;
import dev.mhs.core.history.Level;
import dev.mhs.core.history.Period;
import dev.mhs.core.history.PeriodSums;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.ShareSums;
import dev.mhs.core.history.Shares;
import dev.mhs.core.history.StepSums;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import dev.mhs.core.session.FoundSessions;
import dev.mhs.core.session.SessionChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The history in one SQLite file, written by one thread of its own. Opening returns before the
 * database's library is even loaded: that takes longer than the first page may.
 *
 * <p>While the file cannot be written (a full disk, another program's lock), ticks wait in memory
 * for up to two hours as they are, and coarser after that; each new tick tries again. A file that
 * is damaged is renamed, never written over, and a new one begins.
 */
public final class SqliteHistory implements HistoryStore, Opened {
  private static final System.Logger LOG = System.getLogger(SqliteHistory.class.getName());
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final int ROOM = 240;

  /** So many bites follow a tick at most; a household of 100 devices needs some 600 a day. */
  private static final int BITES = 20;

  private final DataFolder folder;
  private final String options;
  private final Duration closingTime;
  private final RollUp rollUp;
  private volatile @Nullable Duration lastWrite;
  private final InstantSource clock;
  private final Thread writer;
  private final Backlog backlog = new Backlog(ROOM);
  private final SessionBacklog sessions = new SessionBacklog();
  private final SqliteJournal journal;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<DeviceKey, RememberedDevice> toRemember = new LinkedHashMap<>(); // by lock
  private boolean due = true; // by lock: opening is the first thing to do
  private boolean closing; // by lock
  private boolean busy; // by lock: the writer is at work
  private boolean tried; // by lock: whether opening was tried once
  private boolean lossTold; // by lock

  /** One reader at a time: the pool holds a connection for it and one for the writer. */
  private final ReentrantLock reading = new ReentrantLock();

  private volatile @Nullable Database database; // replaced by the writer, holding reading
  private volatile HistoryState state = new HistoryState.Recording();

  /** Set by whoever reads; the writer puts it aside. */
  private volatile boolean foundDamaged;

  private HistoryState healthy = new HistoryState.Recording(); // the writer's
  private boolean untidy; // the writer's: ticks were written since old rows were looked after
  private boolean reopen; // the writer's: what was opened for reading only stays so

  private SqliteHistory(
      DataFolder folder, RollUp rollUp, InstantSource clock, String options, Duration closingTime) {
    this.folder = folder;
    this.closingTime = closingTime;
    this.rollUp = rollUp;
    this.clock = clock;
    this.options = options;
    this.journal = new SqliteJournal(clock, this::wakeWriter, this::ask, this::state);
    this.writer = Thread.ofPlatform().name("history").daemon().unstarted(this::run);
  }

  /**
   * Opens the history in a folder, which is made where it does not exist.
   *
   * @param folder the data folder
   * @param retention for how long rows are kept
   * @param zone whose days and hours are meant
   * @param clock the wall clock
   * @return the history, or why there can be none there
   */
  public static Opened open(Path folder, Retention retention, ZoneId zone, InstantSource clock) {
    return open(folder, new RollUp(retention, zone), clock, "");
  }

  static Opened open(Path folder, RollUp rollUp, InstantSource clock, String options) {
    return open(folder, rollUp, clock, options, CLOSING);
  }

  static Opened open(
      Path folder, RollUp rollUp, InstantSource clock, String options, Duration closingTime) {
    requireNonNull(clock, "clock is null");
    if (folder.toString().contains("?")) {
      return new Refused("data.dir is " + folder + ", but must not hold a question mark.");
    }
    try {
      SqliteHistory history =
          new SqliteHistory(
              DataFolder.take(folder.toAbsolutePath()), rollUp, clock, options, closingTime);
      history.writer.start();
      return history;
    } catch (DataFolder.UnusableException unusable) {
      return new Refused(unusable.sentence());
    }
  }

  @Override
  public void record(Tick tick) {
    if (backlog.add(tick)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "history: too much waits to be written; what is older becomes coarser");
    }
    wakeWriter();
  }

  @Override
  public void remember(Collection<RememberedDevice> devices) {
    lock.lock();
    try {
      devices.forEach(device -> toRemember.put(device.key(), device));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<RememberedDevice> remembered() {
    Database open = awaitOpen();
    Map<DeviceKey, RememberedDevice> devices = new LinkedHashMap<>();
    if (open != null) {
      open.devices().forEach(device -> devices.put(device.key(), device));
    }
    lock.lock();
    try {
      devices.putAll(toRemember);
    } finally {
      lock.unlock();
    }
    return List.copyOf(devices.values());
  }

  @Override
  public Series series(
      Subject subject, Instant from, Instant to, Duration step, List<TrafficRow> unwritten) {
    StepSums sums = new StepSums(from, to, step);
    unwritten.forEach(sums::add);
    String trouble =
        read(
            open ->
                open.read(
                    subject,
                    from.minus(step),
                    to.plus(step),
                    coarsest(step),
                    sums,
                    () -> backlog.rows(subject).forEach(sums::add)));
    return trouble == null ? sums.series() : new Series.Unreadable(trouble);
  }

  @Override
  public Consumption consumption(List<Period> periods, List<TrafficRow> unwritten) {
    PeriodSums sums = new PeriodSums(periods);
    unwritten.forEach(sums::add);
    String trouble = read(open -> open.sum(periods, sums, () -> backlog.rows().forEach(sums::add)));
    return trouble == null ? sums.totals() : new Consumption.Unreadable(trouble);
  }

  @Override
  public Shares shares(
      Instant from, Instant to, Duration step, int most, List<TrafficRow> unwritten) {
    ShareSums sums = new ShareSums(from, to, step, most);
    List<TrafficRow> waiting = new ArrayList<>(unwritten);
    String trouble =
        read(
            open ->
                open.share(
                    new Period(from.minus(step), to.plus(step)),
                    coarsest(step),
                    sums,
                    waiting,
                    () -> waiting.addAll(backlog.rows())));
    return trouble == null ? sums.shares() : new Shares.Unreadable(trouble);
  }

  /**
   * Returns the journal that is kept in the same file. It can be used until the history is closed.
   *
   * @return the journal
   */
  public SqliteJournal journal() {
    return journal;
  }

  private <T> @Nullable T ask(Database.Question<T> question) throws SQLException {
    awaitOpen();
    reading.lock();
    try {
      Database open = database;
      return open == null ? null : open.ask(question);
    } catch (SQLException | RuntimeException failure) {
      noteDamage(failure);
      throw failure;
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void record(SessionChange change) {
    sessions.add(change);
  }

  @Override
  public FoundSessions sessions(DeviceKey device, Instant since) {
    return found(
        open -> open.sessions(device, since),
        session -> session.device().equals(device) && reaches(session, since),
        Comparator.comparing(Session::firstSeen));
  }

  @Override
  public FoundSessions transients(Instant since) {
    return found(
        open -> open.transients(since),
        session -> session.isTransient() && reaches(session, since),
        Comparator.comparing(Session::lastSeen));
  }

  @Override
  public List<Session> inherited(Instant since) {
    List<Session> all = new ArrayList<>();
    for (FoundSessions some :
        List.of(
            transients(since),
            found(
                Database::openSessions, Session::open, Comparator.comparing(Session::firstSeen)))) {
      if (some instanceof FoundSessions.Found(List<Session> these)) {
        all.addAll(these);
      }
    }
    sessions.found(all);
    return all;
  }

  @Override
  public HistoryState state() {
    return state;
  }

  @Override
  public long sizeBytes() {
    return folder.sizeBytes();
  }

  /**
   * Writes what waits and closes the file. It waits for that no longer than MHS may take to end;
   * the file is closed later then, and it is told only if ticks are not in it.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!writer.join(closingTime)) {
        tellLoss();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Tells whether ticks wait to be written, or the writer is at work.
   *
   * @return whether not all is in the file, or older rows are being made coarser
   */
  public boolean hasWork() {
    lock.lock();
    try {
      return backlog.size() > 0 || busy;
    } finally {
      lock.unlock();
    }
  }

  /** Reads sessions, and puts what waits over them. */
  private FoundSessions found(
      SessionReading read, Predicate<Session> wanted, Comparator<Session> order) {
    List<Session> all = new ArrayList<>();
    String trouble =
        read(
            open -> {
              Map<SessionBacklog.Id, Optional<Session>> waiting = sessions.waiting(); // before it
              all.addAll(SessionBacklog.overlaid(read.from(open), waiting));
            });
    return trouble == null
        ? new FoundSessions.Found(all.stream().filter(wanted).sorted(order.reversed()).toList())
        : new FoundSessions.Unreadable(trouble);
  }

  /** Reads from the file, and returns what hindered it, or null when nothing did. */
  private @Nullable String read(Reading what) {
    awaitOpen();
    reading.lock();
    try {
      Database open = database;
      if (open == null) {
        return whyNot();
      }
      what.from(open);
      return null;
    } catch (SQLException | RuntimeException failure) {
      noteDamage(failure);
      return Failures.sentence(folder.database(), failure);
    } finally {
      reading.unlock();
    }
  }

  private void noteDamage(Exception failure) {
    if (Failures.isDamage(failure)) {
      foundDamaged = true;
      wakeWriter();
    }
  }

  /** Reads something from the file. */
  @FunctionalInterface
  private interface Reading {
    void from(Database open) throws SQLException;
  }

  /** Days are of the machine's time zone; steps of an answer are not, hence hours at the most. */
  private static Level coarsest(Duration step) {
    return List.of(Level.HOUR, Level.FIVE_MINUTES).stream()
        .filter(level -> level.step().compareTo(step) <= 0)
        .findFirst()
        .orElse(Level.TICK);
  }

  /** Reads sessions from the file. */
  @FunctionalInterface
  private interface SessionReading {
    List<Session> from(Database open) throws SQLException;
  }

  private static boolean reaches(Session session, Instant since) {
    return session.open() || !session.lastSeen().isBefore(since);
  }

  private String whyNot() {
    String trouble = state.trouble();
    return trouble == null ? "The history is closed." : trouble;
  }

  private @Nullable Database awaitOpen() {
    lock.lock();
    try {
      while (!tried) {
        changed.awaitUninterruptibly();
      }
      return database;
    } finally {
      lock.unlock();
    }
  }

  private void wakeWriter() {
    lock.lock();
    try {
      due = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = awaitWork();
      attempt();
      if (untidy && !last) {
        tidy();
      }
    }
    tellLoss();
    closeDatabase();
    folder.close();
  }

  /** Tells once how much is lost when MHS ends now. */
  private void tellLoss() {
    int waiting = backlog.size();
    lock.lock();
    try {
      if (waiting == 0 || lossTold) {
        return;
      }
      lossTold = true;
    } finally {
      lock.unlock();
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "history: {0} ticks could not be written and are lost",
        waiting);
  }

  /** Waits until something is to be done, and tells whether it is the last thing. */
  private boolean awaitWork() {
    lock.lock();
    try {
      busy = false;
      while (!due && !closing) {
        changed.awaitUninterruptibly();
      }
      busy = true;
      due = false;
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /** Opens where that is needed, and writes what waits. The one place where failures end. */
  private void attempt() {
    long handed = journal.handed();
    try {
      if (foundDamaged) {
        beginAnew();
      }
      try {
        writeAll();
      } catch (SQLException | RuntimeException failure) {
        if (!Failures.isDamage(failure)) {
          throw failure;
        }
        LOG.log(System.Logger.Level.DEBUG, "history: the damage", failure);
        backlog.putBack();
        beginAnew();
        writeAll();
      }
      succeeded();
    } catch (DataFolder.UnusableException unusable) {
      failed(unusable.sentence(), null);
    } catch (SQLException | RuntimeException failure) {
      failed(Failures.sentence(folder.database(), failure), failure);
    } finally {
      journal.attempted(handed);
      noteTried();
    }
  }

  /** Makes old rows coarser, a little at a time: what is new never waits for more than a little. */
  private void tidy() {
    try {
      Database open = database;
      boolean more = open != null && !(state instanceof HistoryState.Failing);
      for (int bite = 0; open != null && more && bite < BITES; bite++) {
        more = open.tidy(clock.instant()) && !isDue();
      }
      untidy = false;
    } catch (SQLException | RuntimeException failure) {
      noteDamage(failure);
      failed(Failures.sentence(folder.database(), failure), failure);
    }
  }

  private boolean isDue() {
    lock.lock();
    try {
      return due || closing;
    } finally {
      lock.unlock();
    }
  }

  private void writeAll() throws SQLException, DataFolder.UnusableException {
    Database open = opened();
    write(open);
    journal.write(open);
  }

  /** Puts a damaged file aside, so that the next one begins anew. */
  private void beginAnew() throws DataFolder.UnusableException {
    carryOver();
    closeDatabase();
    foundDamaged = false;
    Path aside = folder.putAside(clock.instant());
    String sentence =
        "%s was damaged; it lies in %s now, and a new history has begun."
            .formatted(folder.database(), aside);
    LOG.log(System.Logger.Level.WARNING, "history: {0}", sentence);
    healthy = new HistoryState.BegunAnew(clock.instant(), sentence);
    state = healthy;
  }

  /** Sees to it that the next file holds who is known, and the sessions that go on. */
  private void carryOver() {
    Database open = database;
    lock.lock();
    try {
      if (open != null) {
        open.devices().forEach(device -> toRemember.putIfAbsent(device.key(), device));
      }
    } finally {
      lock.unlock();
    }
    sessions.begunAnew();
  }

  private Database opened() throws SQLException, DataFolder.UnusableException {
    Database open = database;
    if (open != null && !Files.exists(folder.database())) {
      LOG.log(
          System.Logger.Level.WARNING, "history: {0} is gone; a new one begins", folder.database());
      carryOver();
      closeDatabase();
      open = null;
    }
    if (open != null && reopen) {
      closeDatabase();
      open = null;
    }
    reopen = false;
    if (open == null) {
      open = Database.open(folder.database(), options, rollUp);
      database = open;
      journal.read(open);
      noteTried();
    }
    return open;
  }

  @Override
  public @Nullable Duration lastWrite() {
    return lastWrite;
  }

  private void write(Database open) throws SQLException {
    List<Tick> ticks = backlog.take();
    List<RememberedDevice> devices = devicesToRemember();
    Map<SessionBacklog.Id, Optional<Session>> changed = sessions.waiting();
    if (ticks.isEmpty() && devices.isEmpty() && changed.isEmpty()) {
      return;
    }
    Instant begun = clock.instant();
    open.write(ticks, devices, changed, begun, backlog::written);
    untidy |= !ticks.isEmpty();
    Duration took = Duration.between(begun, clock.instant());
    lastWrite = took.isNegative() ? null : took; // the clock was set back meanwhile
    forget(devices);
    sessions.written(changed);
  }

  private List<RememberedDevice> devicesToRemember() {
    lock.lock();
    try {
      return new ArrayList<>(toRemember.values());
    } finally {
      lock.unlock();
    }
  }

  private void forget(List<RememberedDevice> written) {
    lock.lock();
    try {
      written.forEach(device -> toRemember.remove(device.key(), device));
    } finally {
      lock.unlock();
    }
  }

  private void succeeded() {
    if (state instanceof HistoryState.Failing failing) {
      LOG.log(
          System.Logger.Level.INFO,
          "history: written again, after failing since {0}",
          failing.since());
    }
    state = healthy;
  }

  private void failed(String sentence, @Nullable Exception failure) {
    backlog.putBack();
    reopen = failure != null && Failures.isReadOnly(failure);
    Instant since =
        state instanceof HistoryState.Failing failing ? failing.since() : clock.instant();
    boolean news =
        !(state instanceof HistoryState.Failing before) || !before.sentence().equals(sentence);
    state = new HistoryState.Failing(since, sentence);
    if (news) {
      LOG.log(System.Logger.Level.WARNING, "history: {0} Rows wait in memory.", sentence);
      LOG.log(System.Logger.Level.DEBUG, "history: the failure", failure);
    }
  }

  private void noteTried() {
    lock.lock();
    try {
      tried = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void closeDatabase() {
    reading.lock();
    try {
      Database open = database;
      database = null;
      if (open != null) {
        open.close();
      }
    } finally {
      reading.unlock();
    }
  }
}
