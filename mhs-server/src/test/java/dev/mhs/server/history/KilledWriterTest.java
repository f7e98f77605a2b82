package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.core.history.Consumption;
import dev.mhs.core.history.Period;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed with {@code kill -9} while it writes and makes rows coarser. */
class KilledWriterTest {
  private static final int TICKS = 100;
  private static final int MOST_AT_ONCE = 25;

  /** Some ticks' time, so that the end comes anywhere within one. */
  private static final long LATER_NANOS = 20_000_000;

  private static final Period EVER =
      new Period(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  @TempDir private Path folder;

  @Test
  void killedAtAnyMomentTheFileIsSoundAndAtMostOneTickIsMissing()
      throws IOException, InterruptedException, SQLException {
    long seed = Long.getLong("mhs.seed", System.nanoTime());
    Random random = new Random(seed);
    int kept = 0;
    for (int kill = 1; kept < TICKS; kill++) {
      int told = writeAndKill(kept + 1, 1 + random.nextInt(MOST_AT_ONCE), random);

      String hint = "kill " + kill + " after tick " + told + ", -Dmhs.seed=" + seed;
      assertEquals("ok", stored("PRAGMA integrity_check"), hint);
      int found = bytesOfEach(hint);
      assertTrue(found == told || found == told + 1, found + " ticks are kept: " + hint);
      kept = found;
    }
    for (String table : List.of("traffic_5min", "traffic_hour", "traffic_day")) {
      assertTrue(number("SELECT count(*) FROM " + table) > 0, table + " has rows");
    }
    assertTrue(number("SELECT min(pruned) FROM level WHERE name = 'TICK'") > 0, "rows were pruned");
  }

  /** Returns the last tick that was said to be written. */
  private int writeAndKill(int first, int ticks, Random random)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int last = first - 1;
    try (BufferedReader lines = process.inputReader()) {
      for (int i = 0; i < ticks; i++) {
        String line = lines.readLine();
        last =
            line == null ? fail("it ended by itself after tick " + last) : Integer.parseInt(line);
      }
      assertTrue(
          !process.waitFor(random.nextLong(LATER_NANOS), TimeUnit.NANOSECONDS),
          "it ended by itself");
      process.toHandle().destroyForcibly(); // this one leaves what it has said to be read
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Integer.parseInt(line);
      }
    } finally {
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    return last;
  }

  /** However finely it is read, everybody has the same bytes: one for each tick. */
  private int bytesOfEach(String hint) {
    Opened opened =
        SqliteHistory.open(folder, KilledWriter.ROLL_UP, () -> SqliteHistoryTest.START, "");
    try (SqliteHistory history = assertInstanceOf(SqliteHistory.class, opened)) {
      Map<Subject, Consumption.Total> moved =
          assertInstanceOf(
                  Consumption.Measured.class, history.consumption(List.of(EVER), List.of()))
              .periods()
              .getFirst();
      long bytes = bytes(moved.get(Subject.LINE));
      for (Subject who : KilledWriter.SUBJECTS) {
        assertEquals(bytes, bytes(moved.get(who)), who + " altogether: " + hint);
        for (Duration step : List.of(Duration.ofMinutes(1), Duration.ofHours(1))) {
          Series series = history.series(who, EVER.begin(), EVER.end(), step, List.of());
          assertEquals(
              bytes,
              assertInstanceOf(Series.Measured.class, series).samples().stream()
                  .mapToLong(Sample::downloadBytes)
                  .sum(),
              who + " in steps of " + step + ": " + hint);
        }
      }
      return Math.toIntExact(bytes);
    }
  }

  private static long bytes(Consumption.@Nullable Total total) {
    return total == null ? 0 : total.downloadBytes();
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(stored(query));
  }

  private String stored(String query) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mhs.db"));
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      assertTrue(row.next(), query);
      return row.getString(1);
    }
  }
}
