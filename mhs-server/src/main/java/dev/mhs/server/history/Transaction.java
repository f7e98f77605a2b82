package dev.mhs.server.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Transactions in SQLite's own words. Through JDBC's {@code setAutoCommit} a failure would be lost:
 * SQLite rolls back by itself when the disk is full, and going back to auto-commit then commits
 * whatever is there, or fails with a message of its own (sqlite-jdbc 3.54).
 */
final class Transaction {
  private Transaction() {}

  /** Begins to write at once: one that begins by reading may fail when it goes on to write. */
  static void begin(Connection connection) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
  }

  /** Begins to read: from the first look on, it sees the file as it was then. */
  static void beginReading(Connection connection) throws SQLException {
    execute(connection, "BEGIN");
  }

  /** Ends reading. */
  static void end(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  static void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  /** Undoes whatever was not undone already, because of a failure that stays the one to tell. */
  static void rollback(Connection connection, Exception because) {
    try {
      execute(connection, "ROLLBACK");
    } catch (SQLException alreadyRolledBack) {
      because.addSuppressed(alreadyRolledBack);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
