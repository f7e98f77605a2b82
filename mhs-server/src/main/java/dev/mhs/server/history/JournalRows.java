package dev.mhs.server.history;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.SourceId;
import dev.mhs.core.journal.Acquaintance;
import dev.mhs.core.journal.Acquaintance.Absence;
import dev.mhs.core.journal.Alias;
import dev.mhs.core.journal.Baseline;
import dev.mhs.core.journal.Entry;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.EventQuery;
import dev.mhs.core.journal.Gone;
import dev.mhs.core.journal.Kept;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.core.journal.Numbers;
import dev.mhs.core.journal.Parcel;
import dev.mhs.core.journal.Portrait;
import dev.mhs.core.journal.Watch;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the journal as rows. A row that this MHS cannot understand, since a newer one wrote it
 * before it was set back, is passed over.
 */
final class JournalRows {
  /** An event may be so much older than its number says: the clock was set. */
  private static final Duration SET_CLOCK = Duration.ofDays(2);

  private static final String DELETE_OLD_EVENTS =
      """
      DELETE FROM event WHERE number IN
        (SELECT number FROM event WHERE at < ? ORDER BY number LIMIT ?)
      """;
  private static final String DELETE_SURPLUS_EVENTS =
      """
      DELETE FROM event WHERE number <=
        (SELECT number FROM event ORDER BY number DESC LIMIT 1 OFFSET ?)
      """;

  private JournalRows() {}

  static void write(Connection connection, Collection<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      switch (entry) {
        case Alias alias ->
            put(connection, "alias", key(alias), alias.name(), millis(alias.at()), alias.by());
        case Watch watch ->
            put(connection, "watch", key(watch), watch.wanted(), millis(watch.at()), watch.by());
        case Acquaintance one -> put(connection, one);
        case Baseline one -> put(connection, "baseline", one.source().name(), millis(one.since()));
        case Event event -> put(connection, event);
        case Notice notice -> put(connection, notice);
        case Parcel parcel ->
            put(
                connection,
                "parcel",
                parcel.number(),
                parcel.messageId(),
                parcel.channel(),
                millis(parcel.madeAt()),
                parcel.refusals(),
                parcel.body());
        case Gone gone -> delete(connection, gone.id());
      }
    }
  }

  private static String key(Entry entry) {
    return entry.id().key();
  }

  private static void put(Connection connection, Acquaintance one) throws SQLException {
    put(
        connection,
        "acquaintance",
        key(one),
        millis(one.metAt()),
        one.isThere(),
        millis(one.changedAt()),
        text(one.address()),
        one.absence().name(),
        millis(one.lastTold()),
        one.timesTold());
  }

  private static void put(Connection connection, Event event) throws SQLException {
    Portrait device = event.device();
    put(
        connection,
        "event",
        event.number(),
        millis(event.at()),
        event.kind().name(),
        device == null ? null : device.key().toString(),
        device == null ? null : device.alias(),
        device == null ? null : device.hostname(),
        device == null ? null : device.vendor(),
        device == null ? null : text(device.address()),
        event.source() == null ? null : event.source().name(),
        event.was(),
        event.became(),
        event.by(),
        event.detail());
  }

  private static void put(Connection connection, Notice notice) throws SQLException {
    Portrait device = notice.device();
    Duration away = notice.away();
    put(
        connection,
        "notice",
        notice.number(),
        millis(notice.at()),
        notice.kind().name(),
        device.key().toString(),
        device.alias(),
        device.hostname(),
        device.vendor(),
        text(device.address()),
        away == null ? null : (Long) away.toMillis());
  }

  private static void put(Connection connection, String table, @Nullable Object... values)
      throws SQLException {
    String places = String.join(", ", "?".repeat(values.length).split(""));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO " + table + " VALUES (" + places + ")")) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }

  private static void delete(Connection connection, Entry.Id id) throws SQLException {
    String column =
        switch (id.kind()) {
          case ACQUAINTANCE -> "acquaintance WHERE device";
          case ALIAS -> "alias WHERE device";
          case WATCH -> "watch WHERE device";
          case BASELINE -> "baseline WHERE source";
          case EVENT -> "event WHERE number";
          case NOTICE -> "notice WHERE number";
          case PARCEL -> "parcel WHERE number";
        };
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + column + " = ?")) {
      delete.setString(1, id.key());
      delete.executeUpdate();
    }
  }

  /** Deletes some events that are too old or too many; the rest another time. */
  static void prune(Connection connection, Instant oldest, int most, int bite) throws SQLException {
    try (PreparedStatement old = connection.prepareStatement(DELETE_OLD_EVENTS);
        PreparedStatement surplus = connection.prepareStatement(DELETE_SURPLUS_EVENTS)) {
      old.setLong(1, oldest.toEpochMilli());
      old.setInt(2, bite);
      old.executeUpdate();
      surplus.setInt(1, most);
      surplus.executeUpdate();
    }
  }

  static Kept read(Connection connection) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    each(connection, "SELECT * FROM alias", row -> entries.addAll(alias(row)));
    each(connection, "SELECT * FROM watch", row -> entries.addAll(watch(row)));
    each(connection, "SELECT * FROM acquaintance", row -> entries.addAll(acquaintance(row)));
    each(connection, "SELECT * FROM baseline", row -> entries.add(baseline(row)));
    each(connection, "SELECT * FROM notice", row -> entries.addAll(notice(row)));
    each(connection, "SELECT * FROM parcel", row -> entries.add(parcel(row)));
    long[] last = new long[1];
    each(
        connection,
        """
        SELECT max(number) AS number FROM (SELECT max(number) AS number FROM event
          UNION ALL SELECT max(number) FROM notice UNION ALL SELECT max(number) FROM parcel)
        """,
        row -> last[0] = row.getLong("number"));
    return new Kept(entries, last[0]);
  }

  static List<Event> events(Connection connection, EventQuery query, int limit)
      throws SQLException {
    List<Event> events = new ArrayList<>();
    String kinds =
        query.kinds().stream().map(kind -> "'" + kind + "'").collect(Collectors.joining(", "));
    String sql =
        "SELECT * FROM event WHERE number < ? AND number >= ? AND at >= ?"
            + (query.device() == null ? "" : " AND device = ?")
            + (kinds.isEmpty() ? "" : " AND kind IN (" + kinds + ")")
            + " ORDER BY number DESC LIMIT "
            + limit;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, query.before());
      select.setLong(2, earliest(query.since()));
      select.setLong(3, query.since().toEpochMilli());
      DeviceKey device = query.device();
      if (device != null) {
        select.setString(4, device.toString());
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          events.addAll(event(rows));
        }
      }
    }
    return events;
  }

  private static long earliest(Instant since) {
    return since.isBefore(Instant.EPOCH.plus(SET_CLOCK))
        ? 0
        : Numbers.first(since.minus(SET_CLOCK));
  }

  private interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Reader reader) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  private static List<Alias> alias(ResultSet row) throws SQLException {
    Optional<DeviceKey> device = device(row);
    return device.isEmpty()
        ? List.of()
        : List.of(
            new Alias(device.get(), row.getString("name"), at(row, "at"), row.getString("by")));
  }

  private static List<Watch> watch(ResultSet row) throws SQLException {
    Optional<DeviceKey> device = device(row);
    return device.isEmpty()
        ? List.of()
        : List.of(
            new Watch(device.get(), row.getBoolean("wanted"), at(row, "at"), row.getString("by")));
  }

  private static List<Acquaintance> acquaintance(ResultSet row) throws SQLException {
    Optional<DeviceKey> device = device(row);
    Optional<Absence> absence = word(Absence.values(), row.getString("absence"));
    if (device.isEmpty() || absence.isEmpty()) {
      return List.of();
    }
    boolean isThere = row.getBoolean("is_there");
    Boolean isThereIfKnown = row.wasNull() ? null : (Boolean) isThere;
    return List.of(
        new Acquaintance(
            device.get(),
            at(row, "met_at"),
            isThereIfKnown,
            at(row, "changed_at"),
            address(row),
            absence.get(),
            orNull(row, "last_told"),
            row.getInt("times_told")));
  }

  private static Baseline baseline(ResultSet row) throws SQLException {
    return new Baseline(new SourceId(row.getString("source")), at(row, "since"));
  }

  private static List<Notice> notice(ResultSet row) throws SQLException {
    Portrait device = portrait(row);
    Optional<NoticeKind> kind = word(NoticeKind.values(), row.getString("kind"));
    if (device == null || kind.isEmpty()) {
      return List.of();
    }
    long away = row.getLong("away_ms");
    Duration awayIfKnown = row.wasNull() ? null : Duration.ofMillis(away);
    return List.of(
        new Notice(row.getLong("number"), at(row, "at"), kind.get(), device, awayIfKnown));
  }

  private static Parcel parcel(ResultSet row) throws SQLException {
    return new Parcel(
        row.getLong("number"),
        row.getString("message_id"),
        row.getString("channel"),
        at(row, "made_at"),
        row.getInt("refusals"),
        row.getString("body"));
  }

  private static List<Event> event(ResultSet row) throws SQLException {
    Optional<EventKind> kind = word(EventKind.values(), row.getString("kind"));
    if (kind.isEmpty()) {
      return List.of();
    }
    String source = row.getString("source");
    return List.of(
        new Event(
            row.getLong("number"),
            at(row, "at"),
            kind.get(),
            portrait(row),
            source == null ? null : new SourceId(source),
            row.getString("was"),
            row.getString("became"),
            row.getString("by"),
            row.getString("detail")));
  }

  private static @Nullable Portrait portrait(ResultSet row) throws SQLException {
    Optional<DeviceKey> device = device(row);
    return device.isEmpty()
        ? null
        : new Portrait(
            device.get(),
            row.getString("alias"),
            row.getString("hostname"),
            row.getString("vendor"),
            address(row));
  }

  private static Optional<DeviceKey> device(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("device")).flatMap(DeviceKey::parse);
  }

  private static @Nullable InetAddress address(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("address")).flatMap(IpLiteral::parse).orElse(null);
  }

  private static <E extends Enum<E>> Optional<E> word(E[] all, String name) {
    return Arrays.stream(all).filter(one -> one.name().equals(name)).findFirst();
  }

  private static Instant at(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  private static @Nullable Instant orNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : (Long) at.toEpochMilli();
  }

  private static @Nullable String text(@Nullable InetAddress address) {
    return address == null ? null : IpLiteral.text(address);
  }
}
