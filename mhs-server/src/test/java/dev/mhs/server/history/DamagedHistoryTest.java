package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Session;
import dev.mhs.core.history.HistoryState;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import dev.mhs.core.session.SessionChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no longer what was written. */
class DamagedHistoryTest {
  private static final Instant START = SqliteHistoryTest.START;
  private static final DeviceKey NAS = new DeviceKey.ByMac(new MacAddress(1));
  private static final DeviceKey TV = new DeviceKey.ByMac(new MacAddress(2));
  private static final String STAMP = "mhs.db.damaged-20260101T000000Z";

  @TempDir private Path folder;

  @Test
  void aDamagedFileIsPutAsideUnchangedAndANewOneBegins() throws IOException {
    write(1);
    damage(folder.resolve("mhs.db"));
    byte[] damaged = Files.readAllBytes(folder.resolve("mhs.db"));

    try (SqliteHistory history = open()) {
      history.record(tick(2, 5));
      SqliteHistoryTest.awaitWritten(history);

      HistoryState.BegunAnew state =
          assertInstanceOf(HistoryState.BegunAnew.class, history.state());
      assertEquals(told(STAMP), state.sentence());
      assertEquals(START, state.since());
      assertEquals(5, bytes(history));
    }
    assertArrayEquals(damaged, Files.readAllBytes(folder.resolve(STAMP)));
    try (SqliteHistory history = open()) {
      assertEquals(5, bytes(history));
      assertNull(history.state().trouble());
    }
  }

  @Test
  void damageThatIsFoundByReadingIsPutAsideToo() throws IOException {
    write(1);
    try (SqliteHistory history = open()) {
      history.remembered();
      damage(folder.resolve("mhs.db"));

      assertEquals(
          new Series.Unreadable(folder.resolve("mhs.db") + " is damaged."), series(history));
      SqliteHistoryTest.await(() -> history.state() instanceof HistoryState.BegunAnew);
      history.record(tick(2, 7));
      SqliteHistoryTest.awaitWritten(history);

      assertEquals(7, bytes(history));
    }
    assertTrue(Files.exists(folder.resolve(STAMP)));
  }

  @Test
  void damageThatIsFoundByWritingLosesNothingThatWaits() throws IOException {
    write(1);
    try (SqliteHistory history = open()) {
      history.remembered();
      damage(folder.resolve("mhs.db"));
      history.record(tick(2, 11));
      SqliteHistoryTest.awaitWritten(history);

      assertEquals(11, bytes(history));
      assertEquals(told(STAMP), history.state().trouble());
    }
  }

  @Test
  void whoIsThereIsInTheNewFileAtOnce() throws IOException {
    Session sinceNow = new Session(NAS, START.plusSeconds(5), START.plusSeconds(5), true);
    Session before = new Session(TV, START, START, true);
    try (SqliteHistory history = open()) {
      history.record(new SessionChange.Opened(before));
      history.remember(List.of(seen(TV, START.plusSeconds(7))));
    }
    try (SqliteHistory history = open()) {
      assertEquals(1, history.inherited(START).size());
      history.record(new SessionChange.Opened(sinceNow));
      history.remember(List.of(seen(NAS, START.plusSeconds(9))));
      history.record(tick(1, 1));
      SqliteHistoryTest.awaitWritten(history);
      damage(folder.resolve("mhs.db"));
      history.record(tick(2, 1));
      SqliteHistoryTest.awaitWritten(history);
      assertInstanceOf(HistoryState.BegunAnew.class, history.state());
      assertEquals(2, inFile("SELECT count(*) FROM session WHERE ended IS NULL"));
    }
    try (SqliteHistory history = open()) {
      assertEquals(
          Set.of(before.until(START.plusSeconds(7)), sinceNow.until(START.plusSeconds(9))),
          Set.copyOf(history.inherited(START)));
      assertEquals(2, history.remembered().size());
    }
  }

  @Test
  void whoLeftIsNotThereInTheNewFile() throws IOException {
    Session visit = new Session(TV, START, START.plusSeconds(60), false);
    write(1);
    try (SqliteHistory history = open()) {
      history.record(new SessionChange.Opened(new Session(TV, START, START, true)));
      history.record(new SessionChange.Closed(visit));
      history.record(tick(1, 1));
      SqliteHistoryTest.awaitWritten(history);
      damage(folder.resolve("mhs.db"));
      history.record(tick(2, 1));
      SqliteHistoryTest.awaitWritten(history);
    }
    assertEquals(0, inFile("SELECT count(*) FROM session"));
  }

  private long inFile(String query) throws IOException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mhs.db"));
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : fail("no row");
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  private static RememberedDevice seen(DeviceKey device, Instant at) {
    return new RememberedDevice(device, null, List.of(), Map.of(), START, at);
  }

  @Test
  void whatWasPutAsideBeforeIsNeverWrittenOver() throws IOException {
    for (String notes : List.of("my notes", "other notes")) {
      Files.writeString(folder.resolve("mhs.db"), notes);
      try (SqliteHistory history = open()) {
        history.remembered();
        assertInstanceOf(HistoryState.BegunAnew.class, history.state());
      }
    }

    assertEquals("my notes", Files.readString(folder.resolve(STAMP)));
    assertEquals("other notes", Files.readString(folder.resolve(STAMP + "-2")));
  }

  private String told(String name) {
    return "%s was damaged; it lies in %s now, and a new history has begun."
        .formatted(folder.resolve("mhs.db"), folder.resolve(name));
  }

  /** Everything but the first page, which is all that the version is read from. */
  private static void damage(Path file) throws IOException {
    int page = 4096;
    byte[] rubbish = new byte[Math.toIntExact(Files.size(file)) - page];
    Arrays.fill(rubbish, (byte) 0xa5);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(rubbish), page);
    }
  }

  private void write(long bytes) {
    try (SqliteHistory history = open()) {
      history.record(tick(1, bytes));
      SqliteHistoryTest.awaitWritten(history);
    }
  }

  private SqliteHistory open() {
    RollUp rollUp = new RollUp(Retention.DEFAULT, ZoneOffset.UTC);
    // What is remembered of the file in memory is as sound as it was: nothing is to be.
    return switch (SqliteHistory.open(folder, rollUp, () -> START, "&cache_size=0")) {
      case SqliteHistory history -> history;
      case Refused refused -> fail(refused.sentence());
    };
  }

  private static Series series(SqliteHistory history) {
    return history.series(
        Subject.LINE, START, START.plusSeconds(3_600), Duration.ofSeconds(30), List.of());
  }

  private static long bytes(SqliteHistory history) {
    return assertInstanceOf(Series.Measured.class, series(history)).samples().stream()
        .mapToLong(Sample::downloadBytes)
        .sum();
  }

  private static Tick tick(int number, long bytes) {
    Instant end = START.plusSeconds(number * 30L);
    return new Tick(
        end, List.of(new TrafficRow(Subject.LINE, end, bytes, 0, Duration.ofSeconds(30))));
  }
}
