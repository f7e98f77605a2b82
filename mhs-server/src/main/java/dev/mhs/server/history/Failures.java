package dev.mhs.server.history;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says in people's words why the database failed. */
final class Failures {
  private static final int PRIMARY = 0xff; // the low byte is the kind: sqlite.org/rescode.html

  private Failures() {}

  static String sentence(Path file, Throwable failure) {
    SQLException sql = sql(failure);
    return sql == null
        ? "The history in " + file + " failed: " + failure.getMessage()
        : sentence(file, sql);
  }

  /** Whether the file's content is not what a database writes. */
  static boolean isDamage(Throwable failure) {
    return switch (kind(failure)) {
      case 11, 26 -> true;
      default -> false;
    };
  }

  /** Whether it was opened for reading only, which does not change while it is open. */
  static boolean isReadOnly(Throwable failure) {
    return kind(failure) == 8;
  }

  private static int kind(Throwable failure) {
    SQLException sql = sql(failure);
    return sql == null ? 0 : sql.getErrorCode() & PRIMARY;
  }

  private static @Nullable SQLException sql(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
        return sql;
      }
    }
    return null;
  }

  private static String sentence(Path file, SQLException failure) {
    return switch (failure.getErrorCode() & PRIMARY) {
      case 5, 6 -> "Another program keeps " + file + " locked.";
      case 8, 14, 23 -> file + " cannot be written: it is read-only, or belongs to another user.";
      case 10 -> "The disk that holds " + file + " reports errors: " + failure.getMessage();
      case 11, 26 -> file + " is damaged.";
      case 13 -> "The disk that holds " + file + " is full.";
      default -> "The history in " + file + " failed: " + failure.getMessage();
    };
  }
}
