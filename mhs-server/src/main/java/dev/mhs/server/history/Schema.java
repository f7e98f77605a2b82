package dev.mhs.server.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The form of the database: numbered scripts that lead from each version to the next. */
final class Schema {
  /** The scripts; the first one leads to version 1. Once released, a script never changes. */
  static final List<String> SCRIPTS =
      List.of(
          "001-traffic-and-devices.sql", "002-sessions.sql", "003-journal.sql", "004-roll-ups.sql");

  /** The version that this MHS writes. */
  static final int VERSION = SCRIPTS.size();

  private Schema() {}

  /**
   * Brings a database to the version of this MHS. Each script is one transaction with the version
   * that it leads to: whatever happens, the file is of one version or the other.
   *
   * @return the version that was found
   */
  static int bringUpToDate(Connection connection) throws SQLException {
    int found = version(connection);
    for (int next = found; next < VERSION; next++) {
      Transaction.begin(connection);
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate(script(SCRIPTS.get(next)));
        statement.executeUpdate("PRAGMA user_version = " + (next + 1));
        Transaction.commit(connection);
      } catch (SQLException failure) {
        Transaction.rollback(connection, failure);
        throw failure;
      }
    }
    return found;
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static String script(String name) {
    try (InputStream in = Schema.class.getResourceAsStream("/sql/" + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
