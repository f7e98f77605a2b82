package dev.mhs.server;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A program that keeps a database locked until its input ends, as a backup that hangs does. */
final class LockHolder {
  private LockHolder() {}

  /** Locks the file that the first argument names. */
  public static void main(String[] arguments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      System.out.println("locked");
      System.in.transferTo(System.err);
      statement.execute("ROLLBACK");
    }
  }

  /** Starts it; it has locked the file when this returns. */
  static Process lock(Path database) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                database.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!"locked".equals(process.inputReader().readLine())) {
      process.destroyForcibly();
      throw new IOException("the file could not be locked");
    }
    return process;
  }
}
