package dev.mhs.server.history;

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
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The open database file. One thread writes, another may read at the same time.
 *
 * <p>Single statements go through Helidon's DbClient; the rows of a tick are one batch on a
 * connection that it hands out, for it has no batches of its own.
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
  private static final String PRUNE =
      """
      DELETE FROM traffic WHERE device_id = ?1 AND ts IN
        (SELECT ts FROM traffic WHERE device_id = ?1 AND ts < ?2 ORDER BY ts LIMIT ?3)
      """;

  private final DbClient client;
  private final DeviceRows devices;
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
   * Begins to read the rows of a subject. What is committed later is not among them.
   *
   * @return the rows; to be read to the end or closed
   */
  Stream<DbRow> traffic(Subject subject, Instant from, Instant to) {
    return client
        .execute()
        .createNamedQuery("traffic")
        .addParam("device", devices.find(subject).orElse(-1L)) // no id is negative
        .addParam("after", from.getEpochSecond())
        .addParam("before", to.getEpochSecond())
        .execute();
  }

  /** Adds a row that was read to the sums of a series. */
  static void add(DbRow row, StepSums sums) {
    sums.add(
        number(row, "ts") * 1_000,
        number(row, "down_bytes"),
        number(row, "up_bytes"),
        number(row, "covered_ms"));
  }

  /**
   * Writes some ticks and devices, and deletes some rows that are too old, all or nothing.
   *
   * @param commit called with the connection's commit, so that the caller can hold a lock
   */
  void write(List<Tick> ticks, Collection<RememberedDevice> changed, Instant oldest, Commit commit)
      throws SQLException {
    try (Connection connection = client.unwrap(Connection.class)) {
      Transaction.begin(connection);
      try {
        devices.write(connection, changed);
        writeTraffic(connection, ticks);
        prune(connection, oldest);
        commit.around(() -> Transaction.commit(connection));
        devices.committed();
      } catch (SQLException | RuntimeException failure) {
        devices.rolledBack();
        Transaction.rollback(connection, failure);
        throw failure;
      }
    }
  }

  @Override
  public void close() {
    client.close();
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

  /** SQLite answers with an Integer or a Long, whichever holds the value. */
  private static long number(DbRow row, String column) {
    return row.column(column).get(Number.class).longValue();
  }

  /** Surrounds a commit with whatever belongs to it. */
  interface Commit {
    void around(Step commit) throws SQLException;
  }

  /** One step that may fail. */
  interface Step {
    void run() throws SQLException;
  }
}
