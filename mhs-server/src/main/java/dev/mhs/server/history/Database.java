package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.history.Level;
import dev.mhs.core.history.Period;
import dev.mhs.core.history.PeriodSums;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.ShareSums;
import dev.mhs.core.history.StepSums;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * The open database file. One thread writes, another may read at the same time.
 *
 * <p>Helidon's DbClient keeps the connections and reads the devices. Traffic is written as batches
 * and read row by row on connections that it hands out: it has no batches of its own, and takes ten
 * times as long to read the 20,000 rows of a week.
 */
final class Database implements AutoCloseable {
  /**
   * Write-ahead log, so that reading and writing do not wait for each other; synced at each commit
   * (one for each tick), so that a power cut loses no committed tick.
   */
  private static final String OPTIONS =
      "?journal_mode=WAL&synchronous=FULL&busy_timeout=1000&foreign_keys=on";

  /** So many old sessions are deleted with a tick at most. */
  private static final int BITE = 100;

  private final DbClient client;
  private final DeviceRows devices;

  /** Held where rows pass from memory to the file, so that a reader finds each in one of them. */
  private final ReentrantLock crossing = new ReentrantLock();

  private final RollUp rollUp;

  private Database(DbClient client, RollUp rollUp) {
    this.client = client;
    this.rollUp = rollUp;
    this.devices = new DeviceRows();
  }

  /**
   * Opens a file, brings it up to date and reads who is known.
   *
   * @throws DataFolder.UnusableException when a newer MHS has written it
   * @throws SQLException when it cannot be opened; or a DbClientException, likewise
   */
  static Database open(Path file, String furtherOptions, RollUp rollUp)
      throws SQLException, DataFolder.UnusableException {
    String url = "jdbc:sqlite:" + file + OPTIONS + furtherOptions;
    Config config =
        Config.just(
                ConfigSources.create(Map.of("db.connection.url", url)),
                ConfigSources.classpath("application.yaml"))
            .get("db");
    Database database = new Database(DbClient.create(config), rollUp);
    try {
      try (Connection connection = database.client.unwrap(Connection.class)) {
        DataFolder.checkVersion(file, Schema.bringUpToDate(connection));
      }
      database.loadDevices();
      return database;
    } catch (SQLException | RuntimeException | DataFolder.UnusableException failure) {
      database.close();
      throw failure;
    }
  }

  /** The devices as they are stored. */
  List<RememberedDevice> devices() {
    return devices.remembered();
  }

  /**
   * Reads the rows of a subject that touch a time.
   *
   * @param wanted how coarse they may be
   * @param sums what to add them to
   * @param meanwhile run at the instant that the answer is of: what is written later is not in it
   */
  void read(
      Subject subject, Instant from, Instant to, Level wanted, StepSums sums, Runnable meanwhile)
      throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      reading(
          connection,
          meanwhile,
          marks -> {
            Optional<Long> id = devices.find(subject);
            for (Stretch stretch : Stretch.of(wanted, marks)) {
              long last = to.getEpochSecond() + marks.longest(stretch.level());
              Stretch part = stretch.within(from.getEpochSecond(), last);
              if (id.isPresent() && !part.isEmpty()) {
                TrafficRows.read(connection, id.get(), part, sums);
              }
            }
          });
    }
  }

  /**
   * Reads what everybody moved in some periods.
   *
   * @param sums what to add it to
   * @param meanwhile run at the instant that the answer is of: what is written later is not in it
   */
  void sum(List<Period> periods, PeriodSums sums, Runnable meanwhile) throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      reading(
          connection,
          meanwhile,
          marks -> {
            LongFunction<Optional<Subject>> subjects = devices.subjects();
            for (int i = 0; i < periods.size(); i++) {
              long begin = periods.get(i).begin().getEpochSecond();
              long end = periods.get(i).end().getEpochSecond();
              for (Stretch stretch : Stretch.of(Level.DAY, marks)) {
                Stretch part = stretch.within(begin, end);
                if (!part.isEmpty()) {
                  TrafficRows.sum(connection, part, i, subjects, sums);
                }
              }
            }
          });
    }
  }

  /**
   * Reads who moved how much of the line, and when.
   *
   * @param wanted how coarse rows may be
   * @param sums what to add them to
   * @param waiting rows that are not in the file, to be added too; read after {@code meanwhile}
   * @param meanwhile run at the instant that the answer is of: what is written later is not in it
   */
  void share(
      Period time, Level wanted, ShareSums sums, List<TrafficRow> waiting, Runnable meanwhile)
      throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      reading(
          connection,
          meanwhile,
          marks -> {
            PeriodSums ranks = new PeriodSums(List.of(time));
            List<Stretch> parts =
                Stretch.of(wanted, marks).stream()
                    .map(part -> part.within(time.begin().getEpochSecond(), end(time, part, marks)))
                    .filter(part -> !part.isEmpty())
                    .toList();
            for (Stretch part : parts) {
              TrafficRows.sum(connection, part, 0, devices.subjects(), ranks);
            }
            waiting.forEach(ranks::add);
            sums.rank(ranks.totals().periods().getFirst());
            for (Stretch part : parts) {
              for (Map.Entry<Subject, StepSums> one : sums.apart().entrySet()) {
                Optional<Long> id = devices.find(one.getKey());
                if (id.isPresent()) {
                  TrafficRows.read(connection, id.get(), part, one.getValue());
                }
              }
              TrafficRows.readDevices(connection, part, sums.all());
            }
            waiting.forEach(sums::add);
          });
    }
  }

  /** A row that ended later may reach back into the time. */
  private static long end(Period time, Stretch part, Marks marks) {
    return time.end().getEpochSecond() + marks.longest(part.level());
  }

  /** Reads the sessions of a device that were not over at a time. */
  List<Session> sessions(DeviceKey device, Instant since) throws SQLException {
    Optional<Long> id = devices.find(Subject.of(device));
    try (Connection connection = client.unwrap(Connection.class)) {
      return id.isEmpty() ? List.of() : SessionRows.ofDevice(connection, id.get(), since);
    }
  }

  /** Reads the visits in passing that were not over at a time. */
  List<Session> transients(Instant since) throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      return SessionRows.transients(connection, since);
    }
  }

  /** Reads the open sessions. */
  List<Session> openSessions() throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      return SessionRows.open(connection);
    }
  }

  /**
   * Writes some ticks, devices and sessions, all or nothing.
   *
   * @param written run at the instant of the commit
   */
  void write(
      List<Tick> ticks,
      Collection<RememberedDevice> changed,
      Map<SessionBacklog.Id, Optional<Session>> sessions,
      Instant now,
      Runnable written)
      throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      Transaction.begin(connection);
      try {
        devices.write(connection, changed);
        SessionRows.write(connection, devices, sessions);
        Marks marks = Marks.load(connection);
        TrafficRows.write(connection, devices, marks, ticks);
        marks.save(connection);
        SessionRows.prune(
            connection, rollUp.retention().keep(Level.HOUR).map(now::minus).orElseThrow(), BITE);
        commit(connection, written);
      } catch (SQLException | RuntimeException failure) {
        devices.rolledBack();
        Transaction.rollback(connection, failure);
        throw failure;
      }
    }
  }

  /** Makes some old rows coarser, or deletes some; tells whether any were due. */
  boolean tidy(Instant now) throws SQLException {
    boolean[] done = new boolean[1];
    transaction(
        connection -> {
          Marks marks = Marks.load(connection);
          done[0] = rollUp.advance(connection, marks, now);
          marks.save(connection);
        });
    return done[0];
  }

  /** Something to be written. */
  interface Change {
    void make(Connection connection) throws SQLException;
  }

  /** Something to be read. */
  interface Question<T> {
    T answer(Connection connection) throws SQLException;
  }

  /** Writes something in a transaction of its own, all or nothing. */
  void transaction(Change change) throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      Transaction.begin(connection);
      try {
        change.make(connection);
        Transaction.commit(connection);
      } catch (SQLException | RuntimeException failure) {
        Transaction.rollback(connection, failure);
        throw failure;
      }
    }
  }

  /** Reads something. */
  <T> T ask(Question<T> question) throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      return question.answer(connection);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /** Reads rows as of one moment. */
  @FunctionalInterface
  private interface Reading {
    void from(Marks marks) throws SQLException;
  }

  /** Whatever is written while it reads, it sees the file as it was at the first look. */
  private void reading(Connection connection, Runnable meanwhile, Reading rows)
      throws SQLException {
    Transaction.beginReading(connection);
    try {
      rows.from(marks(connection, meanwhile));
    } finally {
      Transaction.end(connection);
    }
  }

  private Marks marks(Connection connection, Runnable meanwhile) throws SQLException {
    crossing.lock();
    try {
      Marks marks = Marks.load(connection);
      meanwhile.run();
      return marks;
    } finally {
      crossing.unlock();
    }
  }

  private void commit(Connection connection, Runnable written) throws SQLException {
    crossing.lock();
    try {
      Transaction.commit(connection);
      devices.committed();
      written.run();
    } finally {
      crossing.unlock();
    }
  }

  private void loadDevices() {
    try (Stream<DbRow> rows = client.execute().namedQuery("devices")) {
      rows.forEach(devices::loadDevice);
    }
    try (Stream<DbRow> rows = client.execute().namedQuery("device-texts")) {
      rows.forEach(devices::loadText);
    }
    devices.loaded();
  }
}
