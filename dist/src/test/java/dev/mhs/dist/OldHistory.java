package dev.mhs.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** A history as MHS kept it before rows became coarser with age: version 3 of its form. */
final class OldHistory {
  static final int VERSION = 3;
  static final long BYTES = 4_711_000;

  private static final List<String> SCRIPTS =
      List.of("001-traffic-and-devices.sql", "002-sessions.sql", "003-journal.sql");
  private static final int ROWS = 100;
  private static final int TICK_SECONDS = 30;

  private OldHistory() {}

  /** Writes one device's traffic of the last hour into a new file. */
  static void write(Path file) throws IOException, SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      for (String script : SCRIPTS) {
        statement.executeUpdate(text(script));
      }
      statement.executeUpdate("PRAGMA user_version = " + VERSION);
      statement.executeUpdate("INSERT INTO device (id, key) VALUES (1, '00:00:5e:00:53:99')");
      long now = Instant.now().getEpochSecond() / TICK_SECONDS * TICK_SECONDS;
      for (int row = 0; row < ROWS; row++) {
        statement.executeUpdate(
            "INSERT INTO traffic VALUES (1, %d, 0, %d, 30000)"
                .formatted(now - (long) row * TICK_SECONDS, BYTES / ROWS));
      }
    }
  }

  /** Returns the version of a file's form. */
  static int version(Path file) throws SQLException {
    return (int) number(file, "PRAGMA user_version");
  }

  /** Returns the bytes that the device of {@link #write} loaded, by the table that has them. */
  static long bytes(Path file, String table) throws SQLException {
    return number(
        file,
        "SELECT sum(down_bytes) FROM "
            + table
            + " JOIN device ON device.id = device_id WHERE key = '00:00:5e:00:53:99'");
  }

  private static long number(Path file, String query) throws SQLException {
    if (!Files.exists(file)) {
      throw new AssertionError("there is no " + file);
    }
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getLong(1);
    }
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static String text(String script) throws IOException {
    try (InputStream in = OldHistory.class.getResourceAsStream("/sql/" + script)) {
      if (in == null) {
        throw new AssertionError("there is no script " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
