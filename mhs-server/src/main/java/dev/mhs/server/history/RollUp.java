package dev.mhs.server.history;

import dev.mhs.core.history.Level;
import dev.mhs.core.history.Retention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes rows coarser with age, and deletes those that are too old and were made coarser: in small
 * bites, between which a tick can be written. For the writer.
 *
 * <p>The rows of a device that end within one step of the coarser level become one row there, which
 * ends with the last of them and covers what all of them cover. Zeros stay apart from traffic where
 * they are longer than a step, and join the zeros before them.
 *
 * @param retention what is kept for how long
 * @param zone whose hours and days are meant
 */
record RollUp(Retention retention, ZoneId zone) {
  /** Rows may come so late after they ended: a run of zeros is held back for a while. */
  static final Duration LATENESS = Duration.ofMinutes(20);

  /** So many rows are deleted in one bite at most. */
  static final int BITE = 1_000;

  private static final Duration TOUCHING = Duration.ofSeconds(1);

  private static final String OLDEST_TICK = "SELECT min(slot) FROM traffic_tick WHERE slot > ?";
  private static final String OLDEST_IN_SLOT =
      "SELECT min(ts) FROM traffic_tick WHERE slot = ? AND ts > ?";
  private static final String OLDEST_STEP =
      """
      SELECT min((SELECT min(t.ts) FROM $table t WHERE t.device_id = d.id AND t.ts > ?)) FROM device d
      """;
  private static final String GROUPS =
      """
      device_id, max(ts), sum(up_bytes), sum(down_bytes), sum(covered_ms)
      """;
  private static final String BY_DEVICE =
      """
      GROUP BY device_id,
        CASE WHEN up_bytes = 0 AND down_bytes = 0 AND covered_ms >= ?3 THEN ts ELSE 0 END
      ORDER BY device_id, max(ts)
      """;
  private static final String ROLL_TICKS =
      "SELECT "
          + GROUPS
          + " FROM traffic_tick WHERE ts > ?1 AND ts <= ?2 AND slot BETWEEN ?4 AND ?5 "
          + BY_DEVICE;
  private static final String ROLL_STEPS =
      "SELECT "
          + GROUPS
          + " FROM device d CROSS JOIN $table t ON t.device_id = d.id AND ts > ?1 AND ts <= ?2 "
          + BY_DEVICE;
  private static final String LAST_ROW =
      """
      SELECT ts, covered_ms, up_bytes = 0 AND down_bytes = 0 FROM $table
      WHERE device_id = ? AND ts <= ? ORDER BY ts DESC LIMIT 1
      """;
  private static final String LENGTHEN =
      "UPDATE $table SET ts = ?1, covered_ms = ?2 WHERE device_id = ?3 AND ts = ?4";
  private static final String DELETE_TICKS =
      """
      DELETE FROM traffic_tick WHERE (slot, device_id, ts) IN
        (SELECT slot, device_id, ts FROM traffic_tick WHERE slot <= ? LIMIT ?)
      """;
  private static final String DELETE_STEPS =
      """
      DELETE FROM $table WHERE (device_id, ts) IN
        (SELECT t.device_id, t.ts FROM device d
          CROSS JOIN $table t ON t.device_id = d.id AND t.ts <= ? LIMIT ?)
      """;
  private static final List<Level> PRUNED = List.of(Level.TICK, Level.FIVE_MINUTES, Level.HOUR);

  /** A row that is to be written. */
  private record Coarse(long device, long end, long up, long down, long coveredMillis) {
    boolean isIdle() {
      return up == 0 && down == 0;
    }

    long startSecond() {
      return end - coveredMillis / 1_000;
    }
  }

  /**
   * Does a little of what is due, and tells whether there was anything. However far it has come, a
   * reader finds every byte once.
   */
  boolean advance(Connection connection, Marks marks, Instant now) throws SQLException {
    for (Level level : PRUNED) {
      if (deleteSome(connection, marks, level) > 0) {
        return true;
      }
    }
    for (Level level : Level.FROM_FINE_TO_COARSE) {
      if (level != Level.TICK && rollStep(connection, marks, level, now)) {
        return true;
      }
    }
    for (Level level : PRUNED) { // a coarser one never before a finer one that lags behind
      if (pruneStep(connection, marks, level, now)) {
        return true;
      }
    }
    return false;
  }

  /** Rolls up one step into a level, and tells whether one was due. */
  private boolean rollStep(Connection connection, Marks marks, Level level, Instant now)
      throws SQLException {
    Level finer = finer(level);
    long after = marks.rolled(level);
    long complete =
        finer == Level.TICK ? now.minus(LATENESS).getEpochSecond() : marks.rolled(finer);
    OptionalLong oldest = oldest(connection, finer, after);
    if (oldest.isEmpty()) {
      return false;
    }
    long end = level.endOfStep(oldest.getAsLong(), zone);
    if (end > complete) {
      return false;
    }
    write(connection, marks, level, rows(connection, level, after, end));
    marks.rolled(level, end);
    return true;
  }

  private static List<Coarse> rows(Connection connection, Level level, long after, long upTo)
      throws SQLException {
    Level finer = finer(level);
    boolean ticks = finer == Level.TICK;
    List<Coarse> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(ticks ? ROLL_TICKS : TrafficRows.in(finer, ROLL_STEPS))) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      select.setLong(3, level.step().toMillis());
      if (ticks) {
        select.setLong(4, TrafficRows.slot(after + 1));
        select.setLong(5, TrafficRows.slot(upTo));
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.add(
              new Coarse(
                  found.getLong(1),
                  found.getLong(2),
                  found.getLong(3),
                  found.getLong(4),
                  found.getLong(5)));
        }
      }
    }
    return rows;
  }

  private void write(Connection connection, Marks marks, Level level, List<Coarse> rows)
      throws SQLException {
    try (PreparedStatement insert = TrafficRows.insert(connection, level)) {
      for (Coarse row : rows) {
        if (!row.isIdle() || level == Level.DAY || !joined(connection, marks, level, row)) {
          TrafficRows.set(
              insert, row.device(), row.end(), row.up(), row.down(), row.coveredMillis());
          insert.executeUpdate();
          marks.covers(level, row.coveredMillis());
        }
      }
    }
  }

  /** Lengthens the zeros before this one, where both belong to one step of the coarser level. */
  private boolean joined(Connection connection, Marks marks, Level level, Coarse row)
      throws SQLException {
    Level coarser = coarser(level);
    try (PreparedStatement select = connection.prepareStatement(TrafficRows.in(level, LAST_ROW))) {
      select.setLong(1, row.device());
      select.setLong(2, row.end());
      try (ResultSet last = select.executeQuery()) {
        if (!last.next() || !last.getBoolean(3)) {
          return false;
        }
        long end = last.getLong(1);
        if (end < row.startSecond() - TOUCHING.toSeconds()
            || end <= marks.rolled(coarser)
            || coarser.endOfStep(end, zone) != coarser.endOfStep(row.end(), zone)) {
          return false;
        }
        lengthen(connection, marks, level, row, end, last.getLong(2));
        return true;
      }
    }
  }

  private static void lengthen(
      Connection connection, Marks marks, Level level, Coarse row, long end, long coveredMillis)
      throws SQLException {
    long covered = coveredMillis + row.coveredMillis();
    try (PreparedStatement update = connection.prepareStatement(TrafficRows.in(level, LENGTHEN))) {
      update.setLong(1, row.end());
      update.setLong(2, covered);
      update.setLong(3, row.device());
      update.setLong(4, end);
      update.executeUpdate();
    }
    marks.covers(level, covered);
  }

  /**
   * Has one step of rows that are too old be read from the coarser level instead, and tells whether
   * one was due; they are deleted after that. No row of that level, not even joined zeros, reaches
   * over the end of the step.
   */
  private boolean pruneStep(Connection connection, Marks marks, Level level, Instant now)
      throws SQLException {
    Level coarser = coarser(level);
    long due =
        Math.min(
            now.minus(retention.keep(level).orElseThrow()).getEpochSecond(), marks.rolled(coarser));
    OptionalLong oldest = oldest(connection, level, marks.pruned(level));
    if (oldest.isEmpty()) {
      return false;
    }
    Level whole = coarser == Level.DAY ? Level.DAY : coarser(coarser);
    long end = whole.endOfStep(oldest.getAsLong(), zone);
    if (end > due) {
      return false;
    }
    marks.pruned(level, end);
    return true;
  }

  /** Deletes some of the rows that nobody reads any more, and returns how many. */
  private static int deleteSome(Connection connection, Marks marks, Level level)
      throws SQLException {
    boolean ticks = level == Level.TICK;
    long end = marks.pruned(level);
    try (PreparedStatement delete =
        connection.prepareStatement(ticks ? DELETE_TICKS : TrafficRows.in(level, DELETE_STEPS))) {
      delete.setLong(1, ticks ? TrafficRows.slot(end) : end);
      delete.setInt(2, BITE);
      return delete.executeUpdate();
    }
  }

  private static OptionalLong oldest(Connection connection, Level level, long after)
      throws SQLException {
    if (level != Level.TICK) {
      return number(connection, TrafficRows.in(level, OLDEST_STEP), after);
    }
    long slot = TrafficRows.slot(after + 1);
    OptionalLong here = number(connection, OLDEST_IN_SLOT, slot, after);
    if (here.isPresent()) {
      return here;
    }
    OptionalLong next = number(connection, OLDEST_TICK, slot);
    return next.isEmpty()
        ? next
        : number(connection, OLDEST_IN_SLOT, next.getAsLong(), Long.MIN_VALUE);
  }

  private static OptionalLong number(Connection connection, String query, long... values)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        select.setLong(i + 1, values[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        long found = row.next() ? row.getLong(1) : 0;
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(found);
      }
    }
  }

  private static Level finer(Level level) {
    return Level.FROM_FINE_TO_COARSE.get(Level.FROM_FINE_TO_COARSE.indexOf(level) - 1);
  }

  private static Level coarser(Level level) {
    return Level.FROM_FINE_TO_COARSE.get(Level.FROM_FINE_TO_COARSE.indexOf(level) + 1);
  }
}
