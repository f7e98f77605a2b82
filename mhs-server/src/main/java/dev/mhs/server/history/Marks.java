package dev.mhs.server.history;

import dev.mhs.core.history.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far each level has come, in seconds since 1970: it holds every row that ended after {@code
 * pruned} and, unless it is the finest, not after {@code rolled}. For one thread.
 */
final class Marks {
  private static final String LOAD = "SELECT name, rolled, pruned, longest FROM level";
  private static final String SAVE =
      "UPDATE level SET rolled = ?, pruned = ?, longest = ? WHERE name = ?";

  private final Map<Level, Mark> marks;
  private final Map<Level, Mark> saved;

  /**
   * Of one level.
   *
   * @param longest how much time its longest row covers, in seconds
   */
  private record Mark(long rolled, long pruned, long longest) {}

  private Marks(Map<Level, Mark> marks) {
    this.marks = marks;
    this.saved = Collections.unmodifiableMap(new EnumMap<>(marks));
  }

  static Marks load(Connection connection) throws SQLException {
    Map<Level, Mark> marks = new EnumMap<>(Level.class);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LOAD)) {
      while (rows.next()) {
        marks.put(
            Level.valueOf(rows.getString(1)),
            new Mark(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
      }
    }
    return new Marks(marks);
  }

  void save(Connection connection) throws SQLException {
    try (PreparedStatement save = connection.prepareStatement(SAVE)) {
      for (Map.Entry<Level, Mark> entry : marks.entrySet()) {
        Mark mark = entry.getValue();
        if (!mark.equals(saved.get(entry.getKey()))) {
          save.setLong(1, mark.rolled());
          save.setLong(2, mark.pruned());
          save.setLong(3, mark.longest());
          save.setString(4, entry.getKey().name());
          save.executeUpdate();
        }
      }
    }
  }

  /** Up to when rows of the finer level were rolled up into this one; the finest has no end. */
  long rolled(Level level) {
    return level == Level.TICK ? Long.MAX_VALUE : of(level).rolled();
  }

  /** Up to when rows were deleted. */
  long pruned(Level level) {
    return of(level).pruned();
  }

  long longest(Level level) {
    return of(level).longest();
  }

  void rolled(Level level, long second) {
    marks.put(level, new Mark(second, of(level).pruned(), of(level).longest()));
  }

  void pruned(Level level, long second) {
    marks.put(level, new Mark(of(level).rolled(), second, of(level).longest()));
  }

  /** Notes that a level holds a row that covers so much. */
  void covers(Level level, long coveredMillis) {
    long seconds = coveredMillis / 1_000 + 1;
    if (seconds > of(level).longest()) {
      marks.put(level, new Mark(of(level).rolled(), of(level).pruned(), seconds));
    }
  }

  private Mark of(Level level) {
    return marks.getOrDefault(level, new Mark(0, 0, 0));
  }
}
