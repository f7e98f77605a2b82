package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.SourceId;
import dev.mhs.core.history.Retention;
import dev.mhs.core.journal.Acquaintance;
import dev.mhs.core.journal.Acquaintance.Absence;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.journal.Baseline;
import dev.mhs.core.journal.Entry;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.EventPage;
import dev.mhs.core.journal.EventQuery;
import dev.mhs.core.journal.Gone;
import dev.mhs.core.journal.Kept;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.journal.Parcel;
import dev.mhs.core.journal.Portrait;
import dev.mhs.core.journal.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
  private static final Instant START = SqliteHistoryTest.START;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final DeviceKey NAS = new DeviceKey.ByMac(MacAddress.of("aa:bb:cc:00:00:01"));
  private static final DeviceKey NAMELESS = new DeviceKey.ByAddress(IpLiteral.of("fd00::1"));
  private static final Portrait PORTRAIT =
      new Portrait(NAS, "TV", null, "Maker's \"best\"", IpLiteral.of("10.0.0.1"));

  private static final List<Entry> ONE_OF_EACH =
      List.of(
          new Alias(NAS, "Küche \uD83D\uDE80", START, "the page"),
          new Watch(NAMELESS, true, START, "a program"),
          new Acquaintance(
              NAS,
              START,
              true,
              START.plusSeconds(1),
              IpLiteral.of("10.0.0.1"),
              Absence.NONE,
              null,
              0),
          new Acquaintance(
              NAMELESS, START, null, START, null, Absence.TOLD, START.plusMillis(5), 3),
          new Baseline(new SourceId("mikrotik"), START),
          new Notice(7, START, NoticeKind.DEVICE_GONE, PORTRAIT, Duration.ofMillis(300_001)),
          new Notice(
              8,
              START,
              NoticeKind.NEW_DEVICE,
              new Portrait(NAMELESS, null, null, null, null),
              null),
          new Parcel(9, "id", "webhook", START, 2, "{\"a\":\"'\"}"));

  @TempDir Path folder;
  private Instant now = START;

  @Test
  void everyKindOfEntryOutlivesARestart() throws Exception {
    try (SqliteHistory history = open()) {
      history.journal().keep(ONE_OF_EACH);
      history.journal().keep(List.of(event(11)));
      assertNull(history.journal().awaitKept(PATIENCE));
    }

    Kept kept = read();
    assertEquals(Set.copyOf(ONE_OF_EACH), Set.copyOf(kept.entries()));
    assertEquals(11, kept.lastNumber());
  }

  @Test
  void whatIsGoneStaysGoneAndTheLaterWordStands() throws Exception {
    try (SqliteHistory history = open()) {
      history.journal().keep(ONE_OF_EACH);
      assertNull(history.journal().awaitKept(PATIENCE));
      List<Entry> gone = new ArrayList<>();
      ONE_OF_EACH.forEach(entry -> gone.add(new Gone(entry.id())));
      history.journal().keep(gone);
      history.journal().keep(List.of(new Alias(NAS, "One", START, "the page")));
      history.journal().keep(List.of(new Alias(NAS, "Two", START, "the page")));
    } // closing writes what waits

    assertEquals(Set.of(new Alias(NAS, "Two", START, "the page")), Set.copyOf(read().entries()));
  }

  @Test
  void eventsAreFoundByTimeKindAndDeviceWhetherWrittenOrNot() throws Exception {
    try (SqliteHistory history = open()) {
      for (int i = 0; i < 50; i++) {
        history.journal().keep(List.of(event(Numbers.first(START) + i)));
      }
      assertNull(history.journal().awaitKept(PATIENCE));
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.executeUpdate("BEGIN IMMEDIATE");
        history.journal().keep(List.of(event(Numbers.first(START) + 50)));

        EventPage page = history.journal().events(EventQuery.newest(10));
        assertEquals(10, page.events().size());
        assertTrue(page.more());
        assertEquals(Numbers.first(START) + 50, page.events().getFirst().number());
        EventQuery rest =
            new EventQuery(
                START, page.events().getLast().number(), Set.of(EventKind.JOINED), NAS, 100);
        assertEquals(41, history.journal().events(rest).events().size());
        assertEquals(
            List.of(),
            history
                .journal()
                .events(new EventQuery(START, Long.MAX_VALUE, Set.of(EventKind.LEFT), null, 9))
                .events());
        assertEquals(
            List.of(),
            history
                .journal()
                .events(new EventQuery(START.plusSeconds(1), Long.MAX_VALUE, Set.of(), null, 9))
                .events());
      }
    }
  }

  @Test
  void aLockedFileKeepsItInMemoryAndSaysSoUntilItIsFree() throws Exception {
    try (SqliteHistory history = open()) {
      history.remembered();
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.executeUpdate("BEGIN IMMEDIATE");
        history.journal().keep(ONE_OF_EACH);
        assertEquals(
            "Another program keeps " + folder.resolve("mhs.db") + " locked.",
            history.journal().awaitKept(PATIENCE));
      }
      history.journal().keep(List.of(event(11)));
      assertNull(history.journal().awaitKept(PATIENCE));
    }

    assertEquals(Set.copyOf(ONE_OF_EACH), Set.copyOf(read().entries()));
  }

  @Test
  void aFileThatIsTakenAwayIsWrittenAnew() throws Exception {
    try (SqliteHistory history = open()) {
      history.journal().keep(ONE_OF_EACH);
      assertNull(history.journal().awaitKept(PATIENCE));
      for (String ending : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(folder.resolve("mhs.db" + ending));
      }
      history.journal().keep(List.of(event(11)));
      assertNull(history.journal().awaitKept(PATIENCE));
    }

    assertEquals(Set.copyOf(ONE_OF_EACH), Set.copyOf(read().entries()));
  }

  @Test
  void rowsThatOnlyANewerMhsUnderstandsArePassedOver() throws Exception {
    try (SqliteHistory history = open()) {
      history.journal().keep(List.of(event(11)));
      assertNull(history.journal().awaitKept(PATIENCE));
    }
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.executeUpdate("INSERT INTO event (number, at, kind) VALUES (12, 1, 'MARRIED')");
      statement.executeUpdate("INSERT INTO alias VALUES ('no device', 'x', 1, 'y')");
    }

    try (SqliteHistory history = open()) {
      assertEquals(List.of(event(11)), history.journal().events(EventQuery.newest(9)).events());
    }
  }

  @Test
  void eventsThatAreTooOldGo() throws Exception {
    try (SqliteHistory history = open()) {
      history.journal().keepEventsFor(Duration.ofDays(1));
      history.journal().keep(List.of(event(11)));
      assertNull(history.journal().awaitKept(PATIENCE));
      now = START.plus(Duration.ofDays(2));
      Event late = Event.of(now, EventKind.LEFT, PORTRAIT).numbered(12);
      history.journal().keep(List.of(late));
      assertNull(history.journal().awaitKept(PATIENCE));

      assertEquals(List.of(late), history.journal().events(EventQuery.newest(9)).events());
    }
  }

  @Test
  void whatIsHandedOverTogetherIsThereTogetherWheneverTheProcessIsKilled() throws Exception {
    Random random = new Random(20_260_301);
    for (int round = 0; round < 3; round++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledJournal.class.getName(),
                  folder.toString(),
                  Integer.toString(round))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int wanted = 5 + random.nextInt(60);
      int written = 0;
      try (var lines = process.inputReader()) {
        for (String line = lines.readLine();
            line != null && written < wanted;
            line = lines.readLine()) {
          written = Integer.parseInt(line);
        }
        process.destroyForcibly();
      }
      process.waitFor();
      Kept kept = read();
      Set<Long> notices = new HashSet<>();
      kept.of(Notice.class).forEach(one -> notices.add(one.number()));
      Set<Long> parcels = new HashSet<>();
      kept.of(Parcel.class).forEach(one -> parcels.add(one.number()));

      assertEquals(notices, parcels);
      assertTrue(notices.size() >= written, notices.size() + " of " + written);
    }
  }

  private static Event event(long number) {
    return new Event(
        number, START, EventKind.JOINED, PORTRAIT, new SourceId("local"), "a", "b", "c", "d 'e'");
  }

  private Kept read() {
    List<Kept> heard = new ArrayList<>();
    try (SqliteHistory history = open()) {
      history.remembered(); // waits until it is open
      history.journal().whenRead(heard::add);
    }
    return heard.getFirst();
  }

  private SqliteHistory open() {
    return (SqliteHistory) SqliteHistory.open(folder, Retention.DEFAULT, ZoneOffset.UTC, () -> now);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mhs.db"));
  }
}
