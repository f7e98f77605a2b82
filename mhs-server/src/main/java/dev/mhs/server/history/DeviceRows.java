package dev.mhs.server.history;

import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Subject;
import io.helidon.dbclient.DbRow;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * The rows of devices, known by heart so that only what changed is written. One thread loads and
 * writes; any may look.
 */
final class DeviceRows {
  private static final String LINE = "line";
  private static final String ADD = "INSERT INTO device (key) VALUES (?) RETURNING id";
  private static final String UPDATE =
      """
      UPDATE device SET mac = ?, addresses = ?,
        first_seen = min(coalesce(first_seen, ?3), ?3), last_seen = max(coalesce(last_seen, ?4), ?4)
      WHERE id = ?5
      """;
  private static final String SET_TEXT =
      """
      INSERT INTO device_text (device_id, field, value, source, at) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (device_id, field) DO UPDATE SET
        value = excluded.value, source = excluded.source, at = excluded.at
      """;
  private static final String DELETE_TEXTS = "DELETE FROM device_text WHERE device_id = ?";

  private final Map<Subject, Long> ids = new ConcurrentHashMap<>();
  private final Map<DeviceKey, RememberedDevice> stored = new ConcurrentHashMap<>();
  private final Map<Subject, Long> newIds = new HashMap<>(); // of the open transaction
  private final Map<DeviceKey, RememberedDevice> newStored = new HashMap<>(); // likewise
  private final Map<Long, Map<DeviceField, Sourced<String>>> texts = new HashMap<>(); // loading
  private final Map<Long, RememberedDevice> loading = new HashMap<>();

  void loadDevice(DbRow row) {
    long id = row.column("id").get(Number.class).longValue();
    subject(text(row, "key", "")).ifPresent(subject -> ids.put(subject, id));
    Number firstSeen = row.column("first_seen").get(Number.class);
    Optional<DeviceKey> key = DeviceKey.parse(text(row, "key", ""));
    if (firstSeen != null && key.isPresent()) {
      Number lastSeen = row.column("last_seen").get(Number.class);
      loading.put(
          id,
          new RememberedDevice(
              key.get(),
              MacAddress.parse(text(row, "mac", "")).orElse(null),
              addresses(text(row, "addresses", "")),
              Map.of(),
              Instant.ofEpochMilli(firstSeen.longValue()),
              lastSeen == null ? null : Instant.ofEpochMilli(lastSeen.longValue())));
    }
  }

  void loadText(DbRow row) {
    long id = row.column("device_id").get(Number.class).longValue();
    Instant at = Instant.ofEpochMilli(row.column("at").get(Number.class).longValue());
    String name = text(row, "field", "");
    Arrays.stream(DeviceField.values())
        .filter(field -> field.name().equals(name)) // an older MHS may not know every field
        .forEach(
            field ->
                texts
                    .computeIfAbsent(id, device -> new EnumMap<>(DeviceField.class))
                    .put(
                        field,
                        new Sourced<>(
                            text(row, "value", ""), new SourceId(text(row, "source", "")), at)));
  }

  void loaded() {
    loading.forEach(
        (id, device) -> stored.put(device.key(), with(device, texts.getOrDefault(id, Map.of()))));
    loading.clear();
    texts.clear();
  }

  List<RememberedDevice> remembered() {
    return List.copyOf(stored.values());
  }

  /** Who has an id. */
  LongFunction<Optional<Subject>> subjects() {
    Map<Long, Subject> byId = new HashMap<>();
    ids.forEach((subject, id) -> byId.put(id, subject));
    return id -> Optional.ofNullable(byId.get(id));
  }

  Optional<Long> find(Subject subject) {
    return Optional.ofNullable(ids.get(subject));
  }

  /** The id of a subject, made when it has none yet. */
  long id(Connection connection, Subject subject) throws SQLException {
    Long known = ids.containsKey(subject) ? ids.get(subject) : newIds.get(subject);
    if (known != null) {
      return known;
    }
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      add.setString(1, name(subject));
      try (ResultSet row = add.executeQuery()) {
        row.next();
        long id = row.getLong(1);
        newIds.put(subject, id);
        return id;
      }
    }
  }

  void write(Connection connection, Collection<RememberedDevice> devices) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      for (RememberedDevice device : devices) {
        RememberedDevice before = stored.get(device.key());
        if (before == null || !sameButForTexts(before, device)) {
          writeDevice(update, id(connection, Subject.of(device.key())), device);
        }
        if (before == null || !spoken(before).equals(spoken(device))) {
          writeTexts(connection, id(connection, Subject.of(device.key())), device);
        }
        newStored.put(device.key(), device);
      }
    }
  }

  void committed() {
    ids.putAll(newIds);
    stored.putAll(newStored);
    rolledBack();
  }

  void rolledBack() {
    newIds.clear();
    newStored.clear();
  }

  private static void writeDevice(PreparedStatement update, long id, RememberedDevice device)
      throws SQLException {
    MacAddress mac = device.mac();
    Instant lastSeen = device.lastSeen();
    update.setString(1, mac == null ? null : mac.toString());
    update.setString(
        2,
        device.addresses().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining(" ")));
    update.setLong(3, device.firstSeen().toEpochMilli());
    if (lastSeen == null) {
      update.setNull(4, Types.INTEGER);
    } else {
      update.setLong(4, lastSeen.toEpochMilli());
    }
    update.setLong(5, id);
    update.executeUpdate();
  }

  private static void writeTexts(Connection connection, long id, RememberedDevice device)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE_TEXTS);
        PreparedStatement set = connection.prepareStatement(SET_TEXT)) {
      delete.setLong(1, id);
      delete.executeUpdate();
      for (Map.Entry<DeviceField, Sourced<String>> entry : device.fields().entrySet()) {
        set.setLong(1, id);
        set.setString(2, entry.getKey().name());
        set.setString(3, entry.getValue().value());
        set.setString(4, entry.getValue().source().name());
        set.setLong(5, entry.getValue().at().toEpochMilli());
        set.addBatch();
      }
      set.executeBatch();
    }
  }

  private static boolean sameButForTexts(RememberedDevice a, RememberedDevice b) {
    return with(a, Map.of()).equals(with(b, Map.of()));
  }

  /** What was said and by whom; that it was said again later is no change. */
  private static Map<DeviceField, List<String>> spoken(RememberedDevice device) {
    return device.fields().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> List.of(entry.getValue().value(), entry.getValue().source().name())));
  }

  private static RememberedDevice with(
      RememberedDevice device, Map<DeviceField, Sourced<String>> fields) {
    return new RememberedDevice(
        device.key(),
        device.mac(),
        device.addresses(),
        fields,
        device.firstSeen(),
        device.lastSeen());
  }

  private static String name(Subject subject) {
    return switch (subject) {
      case Subject.Line line -> LINE;
      case Subject.OfDevice device -> device.key().toString();
    };
  }

  private static Optional<Subject> subject(String name) {
    return name.equals(LINE) ? Optional.of(Subject.LINE) : DeviceKey.parse(name).map(Subject::of);
  }

  private static List<InetAddress> addresses(String texts) {
    return Arrays.stream(texts.split(" ")).flatMap(text -> IpLiteral.parse(text).stream()).toList();
  }

  private static String text(DbRow row, String column, String otherwise) {
    String found = row.column(column).get(String.class);
    return found == null ? otherwise : found;
  }
}
