package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.history.RememberedDevice;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The open database file. One thread writes, another may read at the same time.
 *
 * <p>Helidon's DbClient keeps the connections and reads the devices. Traffic is written as batches
 * and read row by row on connections that it hands out: it has no batches of its own, and takes ten
 * times as long to read the 20,000 rows of a week.
 */
final class Database implements AutoCloseable {
  /** How many old rows one tick deletes at most, so that it stays short. */
  static final int BITE = 2_000;

  /**
   * Write-ahead log, so that reading and writing do not wait for each other; synced at each commit
   * (one for each tick), so that a power cut loses no committed tick.
   */
  private static final String OPTIONS =
      "?journal_mode=WAL&synchronous=FULL&busy_timeout=1000&foreign_keys=on";

  private static final String ADD_TRAFFIC =
      """
      INSERT INTO traffic (device_id, ts, up_bytes, down_bytes, covered_ms) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (device_id, ts) DO UPDATE SET
        up_bytes = up_bytes + excluded.up_bytes,
        down_bytes = down_bytes + excluded.down_bytes,
        covered_ms = covered_ms + excluded.covered_ms
      """;
  private static final String TRAFFIC =
      """
      SELECT ts, down_bytes, up_bytes, covered_ms FROM traffic
      WHERE device_id = ? AND ts > ? AND ts - covered_ms / 1000 <= ?
      """;
  private static final String PRUNE =
      """
      DELETE FROM traffic WHERE device_id = ?1 AND ts IN
        (SELECT ts FROM traffic WHERE device_id = ?1 AND ts < ?2 ORDER BY ts LIMIT ?3)
      """;

  private final DbClient client;
  private final DeviceRows devices;

  /** Held where rows pass from memory to the file, so that a reader finds each in one of them. */
  private final ReentrantLock crossing = new ReentrantLock();

  private int pruneNext; // the place in the order of devices where the next bite begins

  private Database(DbClient client) {
    this.client = client;
    this.devices = new DeviceRows();
  }

  /**
   * Opens a file, brings it up to date and reads who is known.
   *
   * @throws DataFolder.UnusableException when a newer MHS has written it
   * @throws SQLException when it cannot be opened; or a DbClientException, likewise
   */
  static Database open(Path file, String furtherOptions)
      throws SQLException, DataFolder.UnusableException {
    String url = "jdbc:sqlite:" + file + OPTIONS + furtherOptions;
    Config config =
        Config.just(
                ConfigSources.create(Map.of("db.connection.url", url)),
                ConfigSources.classpath("application.yaml"))
            .get("db");
    Database database = new Database(DbClient.create(config));
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
   * @param sums what to add them to
   * @param meanwhile run at the instant that the answer is of: what is written later is not in it
   */
  void read(Subject subject, Instant from, Instant to, StepSums sums, Runnable meanwhile)
      throws SQLException {
    try (Connection connection = client.unwrap(Connection.class);
        PreparedStatement select = connection.prepareStatement(TRAFFIC)) {
      select.setLong(2, from.getEpochSecond());
      select.setLong(3, to.getEpochSecond());
      try (ResultSet rows = query(select, subject, meanwhile)) {
        while (rows.next()) {
          sums.add(rows.getLong(1) * 1_000, rows.getLong(2), rows.getLong(3), rows.getLong(4));
        }
      }
    }
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
   * Writes some ticks and devices, and deletes some rows that are too old, all or nothing.
   *
   * @param written run at the instant of the commit
   */
  void write(
      List<Tick> ticks,
      Collection<RememberedDevice> changed,
      Map<SessionBacklog.Id, Optional<Session>> sessions,
      Instant oldest,
      Runnable written)
      throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      Transaction.begin(connection);
      try {
        devices.write(connection, changed);
        SessionRows.write(connection, devices, sessions);
        writeTraffic(connection, ticks);
        prune(connection, oldest);
        commit(connection, written);
      } catch (SQLException | RuntimeException failure) {
        devices.rolledBack();
        Transaction.rollback(connection, failure);
        throw failure;
      }
    }
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

  private ResultSet query(PreparedStatement select, Subject subject, Runnable meanwhile)
      throws SQLException {
    crossing.lock();
    try {
      select.setLong(1, devices.find(subject).orElse(-1L)); // no id is negative
      ResultSet rows = select.executeQuery();
      meanwhile.run();
      return rows;
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

  private void writeTraffic(Connection connection, List<Tick> ticks) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_TRAFFIC)) {
      for (Tick tick : ticks) {
        for (TrafficRow row : tick.rows()) {
          insert.setLong(1, devices.id(connection, row.subject()));
          insert.setLong(2, row.end().getEpochSecond());
          insert.setLong(3, row.uploadBytes());
          insert.setLong(4, row.downloadBytes());
          insert.setLong(5, StepSums.millis(row.covered()));
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private void prune(Connection connection, Instant oldest) throws SQLException {
    List<Long> ids = devices.ids();
    int left = BITE;
    try (PreparedStatement delete = connection.prepareStatement(PRUNE)) {
      for (int visited = 0; visited < ids.size() && left > 0; visited++) {
        pruneNext = (pruneNext + 1) % ids.size();
        delete.setLong(1, ids.get(pruneNext));
        delete.setLong(2, oldest.getEpochSecond());
        delete.setInt(3, left);
        left -= delete.executeUpdate();
      }
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
