package dev.mhs.server.history;

import dev.mhs.core.history.Consumption;
import dev.mhs.core.history.Level;
import dev.mhs.core.history.PeriodSums;
import dev.mhs.core.history.StepSums;
import dev.mhs.core.history.Subject;
import dev.mhs.core.history.Tick;
import dev.mhs.core.history.TrafficRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** The rows of bytes, of all levels. */
final class TrafficRows {
  /** How many seconds lie together in the finest level. */
  static final long SLOT = Level.FIVE_MINUTES.step().toSeconds();

  private static final String ADD =
      """
      ON CONFLICT DO UPDATE SET
        up_bytes = up_bytes + excluded.up_bytes,
        down_bytes = down_bytes + excluded.down_bytes,
        covered_ms = covered_ms + excluded.covered_ms
      """;
  private static final String ADD_TICK =
      """
      INSERT INTO traffic_tick (device_id, ts, up_bytes, down_bytes, covered_ms, slot)
      VALUES (?1, ?2, ?3, ?4, ?5, (?2 - 1) / 300)
      """
          + ADD;
  private static final String ADD_STEP =
      "INSERT INTO $table (device_id, ts, up_bytes, down_bytes, covered_ms) VALUES (?, ?, ?, ?, ?) "
          + ADD;

  /** One device's rows lie in every slot; to seek each is quicker than to read all. */
  private static final String TICKS =
      """
      WITH RECURSIVE slots (slot) AS (
        SELECT max(?4, min(slot)) FROM traffic_tick
        UNION ALL SELECT slot + 1 FROM slots WHERE slot < min(?5, (SELECT max(slot) FROM traffic_tick)))
      SELECT t.ts, t.down_bytes, t.up_bytes, t.covered_ms FROM slots
      CROSS JOIN traffic_tick t ON t.slot = slots.slot AND t.device_id = ?1
      WHERE t.ts > ?2 AND t.ts <= ?3
      """;

  private static final String STEPS =
      """
      SELECT ts, down_bytes, up_bytes, covered_ms FROM $table
      WHERE device_id = ? AND ts > ? AND ts <= ?
      """;
  private static final String SUM_OF_TICKS =
      """
      SELECT device_id, sum(down_bytes), sum(up_bytes), sum(covered_ms) FROM traffic_tick
      WHERE ts > ?1 AND ts <= ?2 AND slot BETWEEN ?3 AND ?4 GROUP BY device_id
      """;
  private static final String SUM_OF_STEPS =
      """
      SELECT d.id, sum(t.down_bytes), sum(t.up_bytes), sum(t.covered_ms) FROM device d
      CROSS JOIN $table t ON t.device_id = d.id AND t.ts > ? AND t.ts <= ? GROUP BY d.id
      """;

  /** All devices are measured at the same times: there are few groups. The line is no device. */
  private static final String TICKS_OF_DEVICES =
      """
      SELECT ts, sum(down_bytes), sum(up_bytes), covered_ms FROM traffic_tick
      WHERE ts > ?1 AND ts <= ?2 AND slot BETWEEN ?3 AND ?4 AND device_id <> 0
      GROUP BY ts, covered_ms
      """;

  private static final String STEPS_OF_DEVICES =
      """
      SELECT t.ts, sum(t.down_bytes), sum(t.up_bytes), t.covered_ms FROM device d
      CROSS JOIN $table t ON t.device_id = d.id AND t.ts > ? AND t.ts <= ?
      WHERE d.id <> 0 GROUP BY t.ts, t.covered_ms
      """;

  private TrafficRows() {}

  static String table(Level level) {
    return switch (level) {
      case TICK -> "traffic_tick";
      case FIVE_MINUTES -> "traffic_5min";
      case HOUR -> "traffic_hour";
      case DAY -> "traffic_day";
    };
  }

  /** A statement about the table of a level, which it calls {@code $table}. */
  static String in(Level level, String sql) {
    return sql.replace("$table", table(level));
  }

  static long slot(long second) {
    return Math.floorDiv(second - 1, SLOT);
  }

  /**
   * Adds the rows of ticks to the finest level; and what comes so late that a level was rolled up
   * beyond it already, to that level too.
   */
  static void write(Connection connection, DeviceRows devices, Marks marks, List<Tick> ticks)
      throws SQLException {
    Map<Level, PreparedStatement> inserts = new EnumMap<>(Level.class);
    try {
      for (Level level : Level.FROM_FINE_TO_COARSE) {
        inserts.put(level, insert(connection, level));
      }
      for (Tick tick : ticks) {
        for (TrafficRow row : tick.rows()) {
          add(inserts, marks, devices.id(connection, row.subject()), row);
        }
      }
      for (PreparedStatement insert : inserts.values()) {
        insert.executeBatch();
      }
    } finally {
      for (PreparedStatement insert : inserts.values()) {
        insert.close();
      }
    }
  }

  static PreparedStatement insert(Connection connection, Level level) throws SQLException {
    return connection.prepareStatement(level == Level.TICK ? ADD_TICK : in(level, ADD_STEP));
  }

  /** Reads the rows of a device that ended within a stretch. */
  static void read(Connection connection, long device, Stretch stretch, StepSums sums)
      throws SQLException {
    boolean ticks = stretch.level() == Level.TICK;
    try (PreparedStatement select =
        connection.prepareStatement(ticks ? TICKS : in(stretch.level(), STEPS))) {
      select.setLong(1, device);
      select.setLong(2, stretch.after());
      select.setLong(3, stretch.upTo());
      if (ticks) {
        select.setLong(4, slot(stretch.after() + 1));
        select.setLong(5, slot(stretch.upTo()));
      }
      add(select, sums);
    }
  }

  /** Reads what all devices moved together in rows that ended within a stretch. */
  static void readDevices(Connection connection, Stretch stretch, StepSums sums)
      throws SQLException {
    boolean ticks = stretch.level() == Level.TICK;
    try (PreparedStatement select =
        connection.prepareStatement(
            ticks ? TICKS_OF_DEVICES : in(stretch.level(), STEPS_OF_DEVICES))) {
      select.setLong(1, stretch.after());
      select.setLong(2, stretch.upTo());
      if (ticks) {
        select.setLong(3, slot(stretch.after() + 1));
        select.setLong(4, slot(stretch.upTo()));
      }
      add(select, sums);
    }
  }

  private static void add(PreparedStatement select, StepSums sums) throws SQLException {
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        sums.add(rows.getLong(1) * 1_000, rows.getLong(2), rows.getLong(3), rows.getLong(4));
      }
    }
  }

  /** Adds up what everybody moved within a stretch. */
  static void sum(
      Connection connection,
      Stretch stretch,
      int period,
      LongFunction<Optional<Subject>> subjects,
      PeriodSums sums)
      throws SQLException {
    boolean ticks = stretch.level() == Level.TICK;
    try (PreparedStatement select =
        connection.prepareStatement(ticks ? SUM_OF_TICKS : in(stretch.level(), SUM_OF_STEPS))) {
      select.setLong(1, stretch.after());
      select.setLong(2, stretch.upTo());
      if (ticks) {
        select.setLong(3, slot(stretch.after() + 1));
        select.setLong(4, slot(stretch.upTo()));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Consumption.Total moved =
              new Consumption.Total(
                  rows.getLong(2), rows.getLong(3), Duration.ofMillis(rows.getLong(4)));
          subjects.apply(rows.getLong(1)).ifPresent(who -> sums.add(period, who, moved));
        }
      }
    }
  }

  private static void add(
      Map<Level, PreparedStatement> inserts, Marks marks, long device, TrafficRow row)
      throws SQLException {
    long end = row.end().getEpochSecond();
    long covered = StepSums.millis(row.covered());
    for (Map.Entry<Level, PreparedStatement> entry : inserts.entrySet()) {
      Level level = entry.getKey();
      boolean rolledAlready = level == Level.TICK || end <= marks.rolled(level);
      if (rolledAlready && (end > marks.pruned(level) || level == Level.DAY)) {
        PreparedStatement insert = entry.getValue();
        set(insert, device, end, row.uploadBytes(), row.downloadBytes(), covered);
        insert.addBatch();
        marks.covers(level, covered);
      }
    }
  }

  static void set(PreparedStatement insert, long device, long end, long up, long down, long covered)
      throws SQLException {
    insert.setLong(1, device);
    insert.setLong(2, end);
    insert.setLong(3, up);
    insert.setLong(4, down);
    insert.setLong(5, covered);
  }
}
