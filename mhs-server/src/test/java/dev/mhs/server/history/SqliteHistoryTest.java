package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import dev.mhs.core.history.HistoryState;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Shares;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration STEP = Duration.ofSeconds(30);
  private static final RollUp ROLL_UP = new RollUp(Retention.DEFAULT, ZoneOffset.UTC);
  private static final Subject NAS =
      Subject.of(new DeviceKey.ByMac(MacAddress.of("aa:bb:cc:00:00:01")));

  private static final Subject TV =
      Subject.of(new DeviceKey.ByMac(MacAddress.of("aa:bb:cc:00:00:02")));
  private static final Subject PHONE =
      Subject.of(new DeviceKey.ByMac(MacAddress.of("aa:bb:cc:00:00:03")));

  @TempDir Path folder;
  private final Logger log = Logger.getLogger(SqliteHistory.class.getName());
  private Instant now = START;

  @Test
  void whatWasWrittenIsThereAfterARestart() {
    try (SqliteHistory history = open()) {
      history.record(
          tick(30, row(NAS, 30, 3_000_000_000L, 5, 30), row(Subject.LINE, 30, 9, 9, 30)));
      history.record(tick(90, row(NAS, 90, 7, 8, 30)));
    }

    try (SqliteHistory history = open()) {
      assertEquals(
          List.of(
              new Sample(START, 3_000_000_000L, 5, STEP),
              new Sample(START.plusSeconds(60), 7, 8, STEP)),
          samples(history, NAS));
      assertEquals(List.of(new Sample(START, 9, 9, STEP)), samples(history, Subject.LINE));
      assertEquals(List.of(), samples(history, Subject.of(new DeviceKey.ByMac(new MacAddress(5)))));
      assertTrue(history.sizeBytes() > 4096);
      assertEquals(new HistoryState.Recording(), history.state());
    }
  }

  @Test
  void whatWaitsAndWhatWasNotGivenYetIsInTheAnswer() throws SQLException {
    try (SqliteHistory history = open()) {
      history.record(tick(30, row(NAS, 30, 1, 0, 30)));
      awaitWritten(history);
      try (Connection other = connect()) {
        lock(other);
        history.record(tick(60, row(NAS, 60, 2, 0, 30)));

        Series series =
            history.series(
                NAS, START, START.plusSeconds(600), STEP, List.of(row(NAS, 90, 4, 0, 30)));

        assertEquals(
            List.of(1L, 2L, 4L), measured(series).stream().map(Sample::downloadBytes).toList());
      }
    }
  }

  @Test
  void sharesHoldTheBusiestByNameAndEveryByteOfAll() throws SQLException {
    try (SqliteHistory history = open()) {
      history.record(
          tick(
              30,
              row(Subject.LINE, 30, 100, 50, 30),
              row(NAS, 30, 10, 1, 30),
              row(TV, 30, 60, 2, 30)));
      history.record(tick(60, row(Subject.LINE, 60, 90, 5, 30), row(PHONE, 60, 20, 3, 30)));
      awaitWritten(history);
      try (Connection other = connect()) {
        lock(other);
        history.record(tick(90, row(NAS, 90, 7, 0, 30)));

        Shares.Measured shares =
            shares(
                history, 2, List.of(row(PHONE, 120, 5, 0, 30), row(Subject.LINE, 120, 6, 0, 30)));

        assertEquals(
            List.of(TV, PHONE),
            shares.devices().stream().map(share -> Subject.of(share.device())).toList());
        assertEquals(
            List.of(20L, 5L),
            shares.devices().get(1).samples().stream().map(Sample::downloadBytes).toList());
        assertEquals(
            List.of(70L, 20L, 7L, 5L), shares.all().stream().map(Sample::downloadBytes).toList());
        assertEquals(
            List.of(100L, 90L, 6L), shares.line().stream().map(Sample::downloadBytes).toList());
      }
    }
  }

  @Test
  void whoMovedNothingHasNoShareAndNothingAtAllIsNoTrouble() {
    try (SqliteHistory history = open()) {
      assertEquals(List.of(), shares(history, 6, List.of()).devices());

      Shares.Measured idle = shares(history, 6, List.of(row(NAS, 30, 0, 0, 30)));

      assertEquals(List.of(), idle.devices());
      assertEquals(1, idle.all().size(), "a measured zero");
    }
  }

  private static Shares.Measured shares(
      SqliteHistory history, int most, List<TrafficRow> unwritten) {
    Shares shares = history.shares(START, START.plusSeconds(600), STEP, most, unwritten);
    return assertInstanceOf(Shares.Measured.class, shares);
  }

  @Test
  void twoRowsOfTheSameSecondAreAdded() {
    try (SqliteHistory history = open()) {
      history.record(tick(30, row(NAS, 30, 1, 2, 10)));
      history.record(tick(30, row(NAS, 30, 3, 4, 20)));
      awaitWritten(history);

      assertEquals(List.of(new Sample(START, 4, 6, STEP)), samples(history, NAS));
    }
  }

  @Test
  void aLockedFileIsToldAndHealsByItselfAndLosesNothing() throws SQLException {
    try (SqliteHistory history = open()) {
      history.remembered();
      try (Connection other = connect()) {
        lock(other);
        history.record(tick(30, row(NAS, 30, 1, 0, 30)));
        await(() -> history.state() instanceof HistoryState.Failing);

        HistoryState.Failing failing =
            assertInstanceOf(HistoryState.Failing.class, history.state());
        assertEquals(START, failing.since());
        assertEquals(
            "Another program keeps " + folder.resolve("mhs.db") + " locked.", failing.sentence());
      }
      now = START.plusSeconds(60);
      history.record(tick(60, row(NAS, 60, 2, 0, 30)));
      await(() -> history.state() instanceof HistoryState.Recording);
      awaitWritten(history);
    }

    assertEquals(3, stored("SELECT sum(down_bytes) FROM traffic_tick"));
  }

  @Test
  void aFullDiskIsToldAndHealsByItselfAndLosesNothing() throws SQLException {
    int total = 0;
    try (SqliteHistory history = open(folder, "&max_page_count=40")) {
      history.remembered();
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.executeUpdate("CREATE TABLE junk (text TEXT)");
        statement.executeUpdate("INSERT INTO junk VALUES (hex(randomblob(70000)))");
        for (int i = 1; i <= 200 && history.state() instanceof HistoryState.Recording; i++) {
          history.record(wideTick(i));
          total += i * 50;
          await(() -> !history.hasWork() || history.state() instanceof HistoryState.Failing);
        }
        HistoryState.Failing failing =
            assertInstanceOf(HistoryState.Failing.class, history.state());
        assertEquals(
            "The disk that holds " + folder.resolve("mhs.db") + " is full.", failing.sentence());
        statement.executeUpdate("DELETE FROM junk");
      }
      history.record(tick(7_000, row(NAS, 7_000, 1, 0, 30)));
      await(() -> history.state() instanceof HistoryState.Recording);
    }

    assertEquals(total + 1, stored("SELECT sum(down_bytes) FROM traffic_tick"));
  }

  @Test
  void theFileOfAnOlderMhsIsTakenOverWithAllItsBytes() throws SQLException, IOException {
    try (Connection old = connect();
        Statement statement = old.createStatement()) {
      for (String script : List.of("001-traffic-and-devices.sql", "002-sessions.sql")) {
        try (InputStream sql = SqliteHistoryTest.class.getResourceAsStream("/sql/" + script)) {
          assertNotNull(sql);
          statement.executeUpdate(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      long end = START.getEpochSecond() + 30;
      statement.executeUpdate("INSERT INTO traffic VALUES (0, " + end + ", 5, 7, 30000)");
      statement.executeUpdate("PRAGMA user_version = 2");
    }

    try (SqliteHistory history = open()) {
      assertEquals(List.of(new Sample(START, 7, 5, STEP)), samples(history, Subject.LINE));
    }
    assertEquals(Schema.VERSION, stored("PRAGMA user_version"));
  }

  @Test
  void devicesAreRememberedWithWhoSaidWhat() {
    Sourced<String> name = new Sourced<>("nas", new SourceId("mikrotik"), START);
    RememberedDevice nas =
        new RememberedDevice(
            new DeviceKey.ByMac(MacAddress.of("aa:bb:cc:00:00:01")),
            MacAddress.of("aa:bb:cc:00:00:01"),
            List.of(IpLiteral.of("10.0.0.7"), IpLiteral.of("fd00::7")),
            Map.of(DeviceField.HOSTNAME, name),
            START,
            START.plusSeconds(5));
    RememberedDevice guest =
        new RememberedDevice(
            new DeviceKey.ByAddress(IpLiteral.of("10.0.0.9")),
            null,
            List.of(),
            Map.of(),
            START,
            null);
    try (SqliteHistory history = open()) {
      history.remember(List.of(nas, guest));
      assertEquals(Set.of(nas, guest), Set.copyOf(history.remembered()));
    }

    RememberedDevice later =
        new RememberedDevice(
            nas.key(),
            nas.mac(),
            List.of(IpLiteral.of("10.0.0.8")),
            Map.of(),
            START,
            START.plusSeconds(9));
    try (SqliteHistory history = open()) {
      assertEquals(Set.of(nas, guest), Set.copyOf(history.remembered()));
      history.remember(List.of(later));
    }
    try (SqliteHistory history = open()) {
      assertEquals(Set.of(later, guest), Set.copyOf(history.remembered()));
    }
  }

  @Test
  void theFileOfANewerMhsIsRefused() throws SQLException {
    open().close();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }

    assertEquals(
        folder.resolve("mhs.db")
            + " was written by a newer MHS (its version is 99, this one knows "
            + Schema.VERSION
            + "); update MHS, or choose another data.dir.",
        refusal(folder));
  }

  @Test
  void aFolderThatCannotBeWrittenIsRefusedInOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertEquals(
        "data.dir is %s, but that cannot be written (%s is a file, not a folder)."
            .formatted(file, file),
        refusal(file));
    String unmakeable = refusal(Path.of("/proc/self/mhs")); // not even root can make it
    assertTrue(
        unmakeable.startsWith("data.dir is /proc/self/mhs, but that cannot be written ("),
        unmakeable);
    assertEquals(
        "data.dir is /what?, but must not hold a question mark.", refusal(Path.of("/what?")));
  }

  @Test
  void aFolderIsUsedByOneMhsAtATime() {
    try (SqliteHistory history = open()) {
      assertEquals(0, samples(history, NAS).size());
      assertEquals(
          "data.dir is " + folder + ", but another MHS that runs already uses it.",
          refusal(folder));
    }
    open().close();
  }

  @Test
  void aDatabaseThatVanishesIsBegunAnew() throws IOException, SQLException {
    try (SqliteHistory history = open()) {
      history.record(tick(30, row(NAS, 30, 1, 0, 30)));
      awaitWritten(history);
      Files.delete(folder.resolve("mhs.db"));
      history.record(tick(60, row(NAS, 60, 2, 0, 30)));
      awaitWritten(history);
    }

    assertEquals(2, stored("SELECT sum(down_bytes) FROM traffic_tick"));
  }

  @Test
  void closingTwiceAndAskingAfterwardsIsHarmless() {
    SqliteHistory history = open();
    history.close();
    history.close();

    assertEquals(
        new Series.Unreadable("The history is closed."),
        history.series(NAS, START, START.plusSeconds(60), STEP, List.of()));
  }

  @Test
  void anEndThatTakesLongIsNotToldWhenNothingIsLost() {
    List<String> told = losses();
    SqliteHistory history = open(folder, "", Duration.ZERO);
    history.record(tick(30, row(NAS, 30, 1, 0, 30)));
    awaitWritten(history);

    history.close();

    awaitClosed(history);
    assertEquals(List.of(), told);
  }

  @Test
  void ticksThatAreNotWrittenWhenMhsEndsAreToldOnce() throws SQLException {
    List<String> told = losses();
    SqliteHistory history = open(folder, "", Duration.ZERO);
    history.remembered();
    try (Connection other = connect()) {
      lock(other);
      history.record(tick(30, row(NAS, 30, 1, 0, 30)));

      history.close();

      assertEquals(List.of("history: 1 ticks could not be written and are lost"), told);
      awaitClosed(history);
      assertEquals(1, told.size(), "once");
    }
  }

  /** Returns what the log says of an end that is not as it should be, as it comes. */
  private List<String> losses() {
    List<String> told = new CopyOnWriteArrayList<>();
    log.setFilter(
        said -> {
          String text = new SimpleFormatter().formatMessage(said);
          return !(text.contains("lost") || text.contains("close")) || !told.add(text);
        });
    return told;
  }

  @AfterEach
  void letTheLogSpeak() {
    log.setFilter(null);
  }

  private static void awaitClosed(SqliteHistory history) {
    await(
        () ->
            history.series(NAS, START, START.plusSeconds(60), STEP, List.of())
                instanceof Series.Unreadable);
  }

  @Test
  void anyRestartsAtAnyTimeKeepEveryByte() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long[] bytes = new long[4];
    SqliteHistory history = open();
    for (int i = 1; i <= 300; i++) {
      int who = random.nextInt(4);
      long moved = random.nextLong(1L << random.nextInt(1, 40));
      bytes[who] += moved;
      history.record(
          tick(
              i,
              row(
                  subject(who),
                  1_000 + i * 10 + random.nextInt(20),
                  moved,
                  moved,
                  1 + random.nextInt(60))));
      if (random.nextInt(40) == 0) {
        history.close();
        history = open();
      }
    }
    for (int who = 0; who < 4; who++) {
      long read = samples(history, subject(who)).stream().mapToLong(Sample::downloadBytes).sum();
      assertEquals(bytes[who], read, "seed " + seed);
    }
    history.close();
  }

  @Test
  void whoAsksWhileTicksAreWrittenCountsEachByteOnce() throws InterruptedException {
    int ticks = 300;
    try (SqliteHistory history = open()) {
      Thread recording =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 1; i <= ticks; i++) {
                      history.record(tick(i * 30, row(NAS, i * 30, 1, 0, 30)));
                      if (i % 8 == 0) {
                        awaitWritten(history);
                      }
                    }
                  });
      long before = 0;
      while (before < ticks && (recording.isAlive() || before == 0)) {
        long now = samples(history, NAS).stream().mapToLong(Sample::downloadBytes).sum();
        assertTrue(now >= before && now <= ticks, before + " then " + now);
        before = now;
      }
      recording.join();

      assertEquals(ticks, samples(history, NAS).size());
    }
  }

  static void awaitWritten(SqliteHistory history) {
    await(() -> !history.hasWork());
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it did not happen within 10 s");
      Thread.onSpinWait();
    }
  }

  private SqliteHistory open() {
    return open(folder, "");
  }

  private SqliteHistory open(Path where, String options) {
    return open(where, options, Duration.ofSeconds(10));
  }

  private SqliteHistory open(Path where, String options, Duration closingTime) {
    return switch (SqliteHistory.open(where, ROLL_UP, () -> now, options, closingTime)) {
      case SqliteHistory history -> history;
      case Refused refused -> fail(refused.sentence());
    };
  }

  private String refusal(Path where) {
    return switch (SqliteHistory.open(where, ROLL_UP, () -> now, "")) {
      case SqliteHistory history -> {
        history.close();
        yield fail("it opened");
      }
      case Refused refused -> refused.sentence();
    };
  }

  private List<Sample> samples(SqliteHistory history, Subject subject) {
    return measured(history.series(subject, START, START.plusSeconds(86_400), STEP, List.of()));
  }

  private static List<Sample> measured(Series series) {
    return switch (series) {
      case Series.Measured measured -> measured.samples();
      case Series.Unreadable unreadable -> fail(unreadable.sentence());
    };
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mhs.db"));
  }

  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
    }
  }

  private long stored(String query) throws SQLException {
    try (Connection other = connect();
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : fail("no row");
    }
  }

  private static Subject subject(int number) {
    return number == 0
        ? Subject.LINE
        : Subject.of(new DeviceKey.ByMac(new MacAddress(0x02_00_00_00_00_00L + number)));
  }

  private static Tick wideTick(int number) {
    List<TrafficRow> rows = new ArrayList<>();
    for (int who = 1; who <= 50; who++) {
      rows.add(row(subject(who), number * 30, number, 0, 30));
    }
    return new Tick(START.plusSeconds(number * 30L), rows);
  }

  private static Tick tick(int second, TrafficRow... rows) {
    return new Tick(START.plusSeconds(second), List.of(rows));
  }

  private static TrafficRow row(
      Subject subject, int second, long download, long upload, int covered) {
    return new TrafficRow(
        subject, START.plusSeconds(second), download, upload, Duration.ofSeconds(covered));
  }
}
