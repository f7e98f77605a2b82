package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Session;
import dev.mhs.core.history.Subject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of sessions. */
final class SessionRows {
  /** No answer holds more. */
  static final int MOST = 10_000;

  private static final String PUT =
      """
      INSERT INTO session (device_id, began, ended) VALUES (?, ?, ?)
      ON CONFLICT (device_id, began) DO UPDATE SET ended = excluded.ended
      """;
  private static final String REMOVE = "DELETE FROM session WHERE device_id = ? AND began = ?";

  /** An open one reaches as far as its device was seen. */
  private static final String SELECT =
      """
      SELECT d.key, s.began, coalesce(s.ended, max(s.began, coalesce(d.last_seen, s.began))),
        s.ended IS NULL
      FROM session s JOIN device d ON d.id = s.device_id
      """;

  private static final String OF_DEVICE =
      " WHERE s.device_id = ? AND (s.ended IS NULL OR s.ended >= ?) ORDER BY s.began DESC LIMIT "
          + MOST;
  private static final String TRANSIENT =
      " WHERE s.ended >= ? AND s.ended - s.began < ? ORDER BY s.ended DESC LIMIT " + MOST;
  private static final String OPEN = " WHERE s.ended IS NULL";
  private static final String PRUNE =
      """
      DELETE FROM session WHERE (device_id, began) IN
        (SELECT device_id, began FROM session WHERE ended < ? ORDER BY ended LIMIT ?)
      """;

  private SessionRows() {}

  static void write(
      Connection connection, DeviceRows devices, Map<SessionBacklog.Id, Optional<Session>> sessions)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT);
        PreparedStatement remove = connection.prepareStatement(REMOVE)) {
      for (Map.Entry<SessionBacklog.Id, Optional<Session>> entry : sessions.entrySet()) {
        PreparedStatement statement = entry.getValue().isPresent() ? put : remove;
        Subject subject = Subject.of(entry.getKey().device());
        statement.setLong(1, devices.id(connection, subject));
        statement.setLong(2, entry.getKey().began().toEpochMilli());
        if (entry.getValue().isPresent()) {
          setEnd(put, entry.getValue().get());
        }
        statement.executeUpdate();
      }
    }
  }

  static void prune(Connection connection, Instant oldest, int most) throws SQLException {
    try (PreparedStatement prune = connection.prepareStatement(PRUNE)) {
      prune.setLong(1, oldest.toEpochMilli());
      prune.setInt(2, most);
      prune.executeUpdate();
    }
  }

  static List<Session> ofDevice(Connection connection, long device, Instant since)
      throws SQLException {
    return select(connection, OF_DEVICE, device, since.toEpochMilli());
  }

  static List<Session> transients(Connection connection, Instant since) throws SQLException {
    return select(connection, TRANSIENT, since.toEpochMilli(), Session.TRANSIENT.toMillis());
  }

  static List<Session> open(Connection connection) throws SQLException {
    return select(connection, OPEN);
  }

  private static List<Session> select(Connection connection, String where, long... values)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + where)) {
      for (int i = 0; i < values.length; i++) {
        select.setLong(i + 1, values[i]);
      }
      List<Session> sessions = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          session(rows).ifPresent(sessions::add);
        }
      }
      return sessions;
    }
  }

  private static Optional<Session> session(ResultSet rows) throws SQLException {
    Instant began = Instant.ofEpochMilli(rows.getLong(2));
    Instant ended = Instant.ofEpochMilli(rows.getLong(3));
    boolean open = rows.getBoolean(4);
    return DeviceKey.parse(rows.getString(1)).map(key -> new Session(key, began, ended, open));
  }

  private static void setEnd(PreparedStatement put, Session session) throws SQLException {
    if (session.open()) {
      put.setNull(3, Types.INTEGER);
    } else {
      put.setLong(3, session.lastSeen().toEpochMilli());
    }
  }
}
