package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.core.history.Consumption;
import dev.mhs.core.history.Level;
import dev.mhs.core.history.Period;
import dev.mhs.core.history.PeriodSums;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.StepSums;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows become coarser with age, and no byte and no measured moment is lost or invented. */
class RollUpTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TICK = Duration.ofSeconds(30);
  private static final Period EVER =
      new Period(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

  private static final String AT_REST =
      " WHERE device_id = (SELECT id FROM device WHERE key = '02:00:00:00:00:01')";

  /** So short that some hours see all of it. */
  private static final Retention SHORT =
      new Retention(Duration.ofHours(2), Duration.ofHours(8), Duration.ofDays(2));

  private final Map<Subject, Consumption.Total> given = new HashMap<>();
  @TempDir private Path folder;
  private Instant now = START;
  private int ticks;

  @Test
  void everyLevelHoldsTheSameBytesAndIsPrunedInTime() throws SQLException {
    try (SqliteHistory history = open(ZoneOffset.UTC)) {
      for (int i = 0; i < 2_880 * 4; i++) {
        now = now.plus(TICK);
        record(history, new Tick(now, List.of(row(1, i % 7, TICK), row(2, i, TICK))));
      }
      settle(history);

      assertGiven(history);
    }
    Instant oldest = now.minus(Duration.ofHours(4));
    assertTrue(stored("SELECT min(ts) FROM traffic_tick") > oldest.getEpochSecond());
    assertTrue(
        stored("SELECT min(ts) FROM traffic_5min")
            > now.minus(Duration.ofHours(33)).getEpochSecond());
    assertTrue(
        stored("SELECT min(ts) FROM traffic_hour")
            > now.minus(Duration.ofDays(4)).getEpochSecond());
    assertEquals(
        START.plus(Duration.ofDays(1)).getEpochSecond(), stored("SELECT min(ts) FROM traffic_day"));
  }

  @Test
  void aDeviceAtRestCostsNextToNoRows() throws SQLException {
    try (SqliteHistory history = open(ZoneOffset.UTC)) {
      for (int i = 0; i < 24 * 4; i++) {
        now = now.plus(Duration.ofMinutes(15));
        record(history, new Tick(now, List.of(row(1, 0, Duration.ofMinutes(15)))));
      }
      settle(history);
      assertGiven(history);
    }

    assertTrue(stored("SELECT count(*) FROM traffic_5min" + AT_REST) <= 26);
    assertTrue(stored("SELECT count(*) FROM traffic_hour" + AT_REST) <= 2);
  }

  @Test
  void aGapStaysAGapAndAZeroStaysAZero() {
    try (SqliteHistory history = open(ZoneOffset.UTC)) {
      for (int hour = 0; hour < 48; hour++) {
        for (int i = 0; i < 120; i++) {
          now = now.plus(TICK);
          if (hour % 3 != 1) {
            record(history, new Tick(now, List.of(row(1, hour % 3 == 0 ? 0 : 9, TICK))));
          }
        }
      }
      settle(history);

      List<Sample> hours =
          measured(
              history.series(
                  subject(1),
                  START,
                  START.plus(Duration.ofHours(24)),
                  Duration.ofHours(1),
                  List.of()));
      assertEquals(16, hours.size());
      assertEquals(0, hours.getFirst().downloadBytes());
      assertEquals(START.plus(Duration.ofHours(2)), hours.get(1).at());
      assertEquals(9 * 120, hours.get(1).downloadBytes());
      assertEquals(Duration.ofHours(1), hours.get(1).covered());
    }
  }

  /**
   * A tick that comes meanwhile waits for one bite at most; whoever reads meanwhile is not misled.
   */
  @Test
  void noBiteIsLargeAndEveryByteIsThereOnceAfterEach() throws Exception {
    int devices = 60;
    try (Database open =
        Database.open(
            folder.resolve("mhs.db"), "&synchronous=OFF", new RollUp(SHORT, ZoneOffset.UTC))) {
      for (int i = 0; i < 480; i++) {
        now = now.plus(TICK);
        List<TrafficRow> rows = new ArrayList<>();
        for (int who = 1; who <= devices; who++) {
          rows.add(row(who, i % (who + 1), TICK));
        }
        give(rows);
        open.write(List.of(new Tick(now, rows)), List.of(), Map.of(), now, () -> {});
      }
      now = now.plus(Duration.ofDays(3));
      List<TrafficRow> later = List.of(row(1, 7, TICK)); // so that the day before is over
      give(later);
      open.write(List.of(new Tick(now, later)), List.of(), Map.of(), now, () -> {});
      now = now.plus(Duration.ofHours(2));
      long before = allRows();
      assertEquals(480L * devices + 1, before);
      int bites = 0;
      while (open.tidy(now)) {
        bites++;
        PeriodSums sums = new PeriodSums(List.of(EVER));
        open.sum(List.of(EVER), sums, () -> {});
        assertEquals(given, sums.totals().periods().getFirst(), "after bite " + bites);
        assertEquals(total(subject(7)), finely(open, subject(7)), "after bite " + bites);
        long after = allRows();
        assertTrue(before - after <= RollUp.BITE, (before - after) + " rows in bite " + bites);
        assertTrue(after - before <= 2L * devices, (after - before) + " rows in bite " + bites);
        before = after;
      }
      assertTrue(bites > 480L * devices / RollUp.BITE, bites + " bites");
      assertTrue(stored("SELECT count(*) FROM traffic_tick") <= 1);
      assertTrue(stored("SELECT count(*) FROM traffic_day") > 0);
    }
  }

  private static long finely(Database open, Subject subject) throws SQLException {
    StepSums sums = new StepSums(EVER.begin(), EVER.end(), Duration.ofMinutes(1));
    open.read(subject, EVER.begin(), EVER.end(), Level.TICK, sums, () -> {});
    return sums.series().samples().stream().mapToLong(Sample::downloadBytes).sum();
  }

  private long allRows() throws SQLException {
    return stored(
        "SELECT (SELECT count(*) FROM traffic_tick) + (SELECT count(*) FROM traffic_5min)"
            + " + (SELECT count(*) FROM traffic_hour) + (SELECT count(*) FROM traffic_day)");
  }

  @Test
  void aLongWindowIsAnsweredFromCoarserRowsAsExactly() {
    try (SqliteHistory history = open(ZoneOffset.UTC, Retention.DEFAULT)) {
      Random random = new Random(7);
      for (int i = 0; i < 2_880; i++) {
        now = now.plus(TICK);
        record(history, new Tick(now, List.of(row(1, random.nextInt(100_000), TICK))));
      }
      settle(history);

      for (Duration step : List.of(TICK, Duration.ofMinutes(5), Duration.ofHours(1))) {
        List<Sample> samples = measured(history.series(subject(1), START, now, step, List.of()));
        assertEquals(total(subject(1)), samples.stream().mapToLong(Sample::downloadBytes).sum());
        assertEquals(86_400 / step.toSeconds(), samples.size());
      }
    }
  }

  @Test
  void daysAreThoseOfTheTimeZoneAlsoWhereTheyHave23Or25Hours() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (String noon : List.of("2026-03-28T11:00:00Z", "2026-10-24T10:00:00Z")) {
      now = Instant.parse(noon);
      given.clear();
      try (SqliteHistory history = openIn(folder.resolve(noon.substring(0, 10)), berlin)) {
        for (int i = 0; i < 24 * 12 * 4; i++) {
          now = now.plus(Duration.ofMinutes(5));
          record(history, new Tick(now, List.of(row(1, 1, Duration.ofMinutes(5)))));
        }
        settle(history);
        assertGiven(history);

        List<Period> days = Period.Kind.DAY.upTo(now, berlin, 4);
        Consumption.Measured moved = consumed(history, days);
        for (int i = 1; i < 4; i++) {
          Consumption.Total day = moved.periods().get(i).get(subject(1));
          Duration length = Duration.between(days.get(i).begin(), days.get(i).end());
          assertEquals(new Consumption.Total(length.toMinutes() / 5, 0, length), day);
        }
        assertEquals(
            noon.contains("-03-") ? 23 : 25,
            Duration.between(days.get(3).begin(), days.get(3).end()).toHours());
      }
    }
  }

  @Test
  void weeksAndMonthsHoldWhatWasMovedInThemAlsoWhereTheClockIsChanged() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Duration hour = Duration.ofHours(1);
    for (String begin : List.of("2026-02-28T23:00:00Z", "2026-09-30T22:00:00Z")) {
      now = Instant.parse(begin);
      given.clear();
      try (SqliteHistory history = openIn(folder.resolve(begin.substring(0, 10)), berlin)) {
        for (int i = 0; i < 45 * 24; i++) {
          now = now.plus(hour);
          record(history, new Tick(now, List.of(row(1, 1, hour))));
        }
        settle(history);
        assertGiven(history);

        for (Period.Kind kind : List.of(Period.Kind.WEEK, Period.Kind.MONTH)) {
          List<Period> periods =
              kind.upTo(now, berlin, 7).stream()
                  .filter(one -> !one.begin().isBefore(Instant.parse(begin)))
                  .toList();
          Consumption.Measured moved = consumed(history, periods);
          for (int i = 1; i < periods.size(); i++) { // the first is the present one
            Duration length = Duration.between(periods.get(i).begin(), periods.get(i).end());
            assertEquals(
                new Consumption.Total(length.toHours(), 0, length),
                moved.periods().get(i).get(subject(1)),
                kind + " from " + periods.get(i).begin());
          }
        }
      }
    }
  }

  @Test
  void anyTicksRestartsAndClockStepsLoseNothingAndInventNothing() throws SQLException {
    long only = Long.getLong("mhs.seed", 0);
    for (long seed = only == 0 ? 1 : only; seed <= (only == 0 ? 6 : only); seed++) {
      given.clear();
      now = START;
      disturbed(new Random(seed * 0x9E3779B97F4A7C15L), folder.resolve("seed" + seed), seed);
    }
  }

  private void disturbed(Random random, Path where, long seed) {
    SqliteHistory history = openIn(where, ZoneId.of("Asia/Kathmandu"));
    for (int i = 0; i < 1_000; i++) {
      Duration passed = Duration.ofSeconds(1 + random.nextInt(400));
      now = now.plus(passed);
      List<TrafficRow> rows = new ArrayList<>();
      for (int who = 0; who < 4; who++) {
        if (random.nextInt(3) > 0) {
          long bytes = random.nextBoolean() ? 0 : random.nextLong(1L << (1 + random.nextInt(40)));
          rows.add(row(who, bytes, passed));
        }
      }
      record(history, new Tick(now, rows));
      switch (random.nextInt(60)) {
        case 0 -> now = now.minus(Duration.ofHours(1));
        case 1 -> now = now.plus(Duration.ofDays(1));
        case 2 -> {
          history.close();
          history = openIn(where, ZoneId.of("Asia/Kathmandu"));
        }
        case 3 -> assertGiven(history, "-Dmhs.seed=" + seed);
        default -> {}
      }
    }
    settle(history);
    assertGiven(history, "-Dmhs.seed=" + seed);
    history.close();
  }

  private void assertGiven(SqliteHistory history) {
    assertGiven(history, "");
  }

  /** However finely it is read, it is what was given. */
  private void assertGiven(SqliteHistory history, String hint) {
    assertEquals(given, consumed(history, List.of(EVER)).periods().getFirst(), hint);
    for (Level level : List.of(Level.TICK, Level.FIVE_MINUTES, Level.HOUR)) {
      for (Map.Entry<Subject, Consumption.Total> one : given.entrySet()) {
        List<Sample> samples =
            measured(
                history.series(
                    one.getKey(),
                    Instant.EPOCH,
                    EVER.end(),
                    level == Level.TICK ? Duration.ofMinutes(1) : level.step(),
                    List.of()));
        assertEquals(
            one.getValue(),
            new Consumption.Total(
                samples.stream().mapToLong(Sample::downloadBytes).sum(),
                samples.stream().mapToLong(Sample::uploadBytes).sum(),
                samples.stream().map(Sample::covered).reduce(Duration.ZERO, Duration::plus)),
            level + " " + hint);
      }
    }
  }

  private void give(List<TrafficRow> rows) {
    rows.forEach(
        row ->
            given.merge(
                row.subject(),
                new Consumption.Total(row.downloadBytes(), row.uploadBytes(), row.covered()),
                Consumption.Total::plus));
  }

  private void record(SqliteHistory history, Tick tick) {
    give(tick.rows());
    history.record(tick);
    if (++ticks % 8 == 0) { // some ticks in one transaction, to be quick
      SqliteHistoryTest.awaitWritten(history);
    }
  }

  /** Ticks go on until all that is due was rolled up and pruned. */
  private void settle(SqliteHistory history) {
    for (int i = 0; i < 80; i++) {
      now = now.plus(TICK);
      record(history, new Tick(now, List.of(row(3, 1, TICK))));
    }
  }

  private SqliteHistory open(ZoneId zone) {
    return openIn(folder, zone);
  }

  private SqliteHistory open(ZoneId zone, Retention retention) {
    return opened(SqliteHistory.open(folder, retention, zone, () -> now));
  }

  private SqliteHistory openIn(Path where, ZoneId zone) {
    return opened(
        SqliteHistory.open(where, new RollUp(SHORT, zone), () -> now, "&synchronous=OFF"));
  }

  private static SqliteHistory opened(Opened opened) {
    return switch (opened) {
      case SqliteHistory history -> history;
      case Refused refused -> fail(refused.sentence());
    };
  }

  private static Consumption.Measured consumed(SqliteHistory history, List<Period> periods) {
    return switch (history.consumption(periods, List.of())) {
      case Consumption.Measured measured -> measured;
      case Consumption.Unreadable(String sentence) -> fail(sentence);
    };
  }

  private static List<Sample> measured(Series series) {
    return switch (series) {
      case Series.Measured measured -> measured.samples();
      case Series.Unreadable unreadable -> fail(unreadable.sentence());
    };
  }

  private long stored(String query) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mhs.db"));
        Statement statement = other.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : fail("no row");
    }
  }

  private long total(Subject subject) {
    Consumption.Total total = given.get(subject);
    return total == null ? 0 : total.downloadBytes();
  }

  private TrafficRow row(int who, long bytes, Duration covered) {
    return new TrafficRow(subject(who), now, bytes, 0, covered);
  }

  private static Subject subject(int number) {
    return number == 0
        ? Subject.LINE
        : Subject.of(new DeviceKey.ByMac(new MacAddress(0x02_00_00_00_00_00L + number)));
  }
}
