package dev.mhs.bench.past;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/**
 * The schema of the program that MHS follows: a row of rates for each device every 30 s, at rest or
 * not, found by address and time.
 */
public final class OriginalSchema implements AutoCloseable {
  private static final String INSERT =
      "INSERT INTO bandwidth (ip, timestamp, upload_bps, download_bps) VALUES (?, ?, ?, ?)";
  private static final String READ =
      """
      SELECT timestamp, upload_bps, download_bps FROM bandwidth
      WHERE ip = ? AND timestamp >= ? ORDER BY timestamp
      """;
  private static final double BITS_PER_BYTE = 8;

  private final Connection connection;

  private OriginalSchema(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes a database.
   *
   * @param file where
   * @return the database, empty
   * @throws SQLException when it cannot be made
   */
  public static OriginalSchema create(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          CREATE TABLE bandwidth (
            id INTEGER PRIMARY KEY, ip TEXT, timestamp REAL, upload_bps REAL, download_bps REAL)
          """);
      statement.executeUpdate("CREATE INDEX bandwidth_ip_ts ON bandwidth (ip, timestamp)");
    }
    connection.setAutoCommit(false);
    return new OriginalSchema(connection);
  }

  /**
   * Adds a tick.
   *
   * @param end when it ended
   * @param moved what was moved in it
   * @throws SQLException when it cannot be written
   */
  public void add(Instant end, List<IdleHousehold.Moved> moved) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (IdleHousehold.Moved one : moved) {
        insert.setString(1, ip(one.device()));
        insert.setDouble(2, (double) end.getEpochSecond());
        insert.setDouble(3, bitsPerSecond(one.uploadBytes()));
        insert.setDouble(4, bitsPerSecond(one.downloadBytes()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Makes what was added safe.
   *
   * @throws SQLException when it cannot be written
   */
  public void commit() throws SQLException {
    connection.commit();
  }

  /**
   * Reads all rows of a device.
   *
   * @param device its number
   * @param since from when on
   * @return how many there are
   * @throws SQLException when it cannot be read
   */
  public int read(int device, Instant since) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      select.setString(1, ip(device));
      select.setDouble(2, (double) since.getEpochSecond());
      try (ResultSet rows = select.executeQuery()) {
        int found = 0;
        while (rows.next() && rows.getDouble(1) > 0 && rows.getDouble(2) + rows.getDouble(3) >= 0) {
          found++;
        }
        return found;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static double bitsPerSecond(long bytes) {
    return bytes * BITS_PER_BYTE / IdleHousehold.TICK_SECONDS;
  }

  private static String ip(int device) {
    return "10.77.0." + (device + 2);
  }
}
