package dev.mhs.server.history;

import java.nio.file.Path;
import java.sql.SQLException;

/** Says in people's words why the database failed. */
final class Failures {
  private static final int PRIMARY = 0xff; // the low byte is the kind: sqlite.org/rescode.html

  private Failures() {}

  static String sentence(Path file, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
        return sentence(file, sql);
      }
    }
    return "The history in " + file + " failed: " + failure.getMessage();
  }

  private static String sentence(Path file, SQLException failure) {
    return switch (failure.getErrorCode() & PRIMARY) {
      case 5, 6 -> "Another program keeps " + file + " locked.";
      case 8, 14, 23 -> file + " can no longer be written.";
      case 10 -> "The disk that holds " + file + " reports errors: " + failure.getMessage();
      case 11, 26 -> file + " is damaged; move it away to begin a new one.";
      case 13 -> "The disk that holds " + file + " is full.";
      default -> "The history in " + file + " failed: " + failure.getMessage();
    };
  }
}
