package dev.mhs.server.config;

import dev.mhs.api.SourceId;
import dev.mhs.core.engine.SourceSpec;
import dev.mhs.core.spi.SourceSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which sources the configuration wants. {@code router}, {@code switch} and {@code local}
 * are short for sources of known ids; {@code sources.<id>} adds others or says more about these.
 */
final class SourceSettingsReader {
  static final String LOCAL = "local";
  static final String ROUTER = "mikrotik";
  static final String SWITCH = "switch";

  private static final String ROUTEROS = "routeros";
  private static final String PREFIX = "sources.";
  private static final Kind<Integer> PRIORITY = Kind.number(1, 999);

  private final Reading reading;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();
  private final Set<SourceId> disabled = new HashSet<>();

  SourceSettingsReader(Reading reading) {
    this.reading = reading;
  }

  /** The names under which sources are known in some settings, the built-in ones included. */
  static Set<String> ids(Set<String> keys) {
    Set<String> ids = new LinkedHashSet<>(List.of(LOCAL, ROUTER, SWITCH));
    for (String key : keys) {
      int end = key.indexOf('.', PREFIX.length());
      if (key.startsWith(PREFIX) && end > 0) {
        ids.add(key.substring(PREFIX.length(), end));
      }
    }
    return ids;
  }

  /** Reads everything about sources. To be called once. */
  void read() {
    box(
        ROUTER,
        "router",
        Keys.ROUTER_HOST,
        Keys.ROUTER_USER,
        Keys.ROUTER_PASS,
        Keys.ROUTER_VERIFY_SSL);
    box(
        SWITCH,
        "switch",
        Keys.SWITCH_HOST,
        Keys.SWITCH_USER,
        Keys.SWITCH_PASS,
        Keys.SWITCH_VERIFY_SSL);
    reading.under(PREFIX).forEach(entry -> readEntry(entry.getKey(), entry.getValue()));
    local();
  }

  /** The sources to open. */
  List<SourceSpec> specs() {
    List<SourceSpec> specs = new ArrayList<>();
    wanted.forEach(
        (id, source) -> {
          SourceId sourceId = new SourceId(id);
          if (!disabled.contains(sourceId)
              && (source.shortForm || !isBuiltIn(id) || source.type != null)) {
            String type = source.type != null ? source.type : id;
            specs.add(
                new SourceSpec(
                    sourceId, type, source.priority, new SourceSettings(source.settings)));
          }
        });
    return specs;
  }

  /** The sources that must not be opened. */
  Set<SourceId> disabled() {
    return disabled;
  }

  private void local() {
    Wanted local = wanted.computeIfAbsent(LOCAL, id -> new Wanted());
    boolean enabled = reading.value(Keys.LOCAL_ENABLED);
    local.wantedAs(LOCAL);
    local.settings.putIfAbsent("scan", reading.value(Keys.LOCAL_SCAN));
    local.settings.putIfAbsent("counting", reading.value(Keys.LOCAL_COUNTING));
    reading
        .optional(Keys.LOCAL_INTERFACES)
        .ifPresent(names -> local.settings.putIfAbsent("interfaces", String.join(",", names)));
    if (!enabled) {
      disabled.add(new SourceId(LOCAL));
    }
  }

  private void box(
      String id,
      String role,
      Key<String> host,
      Key<String> user,
      Key<Secret> pass,
      Key<Boolean> verify) {
    Optional<String> where = reading.optional(host);
    Optional<String> who = reading.optional(user);
    Optional<Secret> secret = reading.optional(pass);
    Optional<Boolean> verified = reading.optional(verify);
    boolean any = List.of(host, user, pass, verify).stream().anyMatch(reading::isGiven);
    if (where.isEmpty() || !any || reading.isEmptied(host)) {
      return; // the router's default address is a stranger's unless somebody configured it
    }
    Wanted box = wanted.computeIfAbsent(id, name -> new Wanted());
    box.wantedAs(ROUTEROS);
    box.settings.put("host", where.get());
    who.ifPresent(name -> box.settings.put("user", name));
    secret.ifPresent(text -> box.settings.put("pass", text.reveal()));
    verified.ifPresent(flag -> box.settings.put("verify-ssl", flag.toString()));
    box.settings.put("role", role);
  }

  private void readEntry(String key, Given given) {
    int dot = key.indexOf('.');
    String id = dot < 0 ? key : key.substring(0, dot);
    if (dot < 0 || dot == key.length() - 1) {
      if (!given.isBlank()) {
        reading.problem(
            given.origin()
                + ": under sources, "
                + Given.quoted(id)
                + " needs settings of its own, such as type.");
      }
    } else if (Kind.TYPE.parse(id).isEmpty()) {
      reading.wrong(
          "the name of a source", new Given(id, given.origin()), false, Kind.TYPE.allowed());
    } else {
      readSetting(id, key.substring(dot + 1), given);
    }
  }

  private void readSetting(String id, String key, Given given) {
    Wanted source = wanted.computeIfAbsent(id, name -> new Wanted());
    String name = PREFIX + id + '.' + key;
    switch (key) {
      case "type" -> parsed(name, Kind.TYPE, given).ifPresent(type -> source.type = type);
      case "priority" -> parsed(name, PRIORITY, given).ifPresent(place -> source.priority = place);
      case "enabled" ->
          parsed(name, Kind.FLAG, given)
              .filter(enabled -> !enabled)
              .ifPresent(no -> disabled.add(new SourceId(id)));
      default -> source.settings.put(key, given.text());
    }
  }

  private <T> Optional<T> parsed(String name, Kind<T> kind, Given given) {
    Optional<T> value = kind.parse(given.text());
    if (value.isEmpty() && !given.isBlank()) {
      reading.wrong(name, given, false, kind.allowed());
    }
    return value;
  }

  private static boolean isBuiltIn(String id) {
    return Set.of(LOCAL, ROUTER, SWITCH).contains(id);
  }

  /** What was found about one source so far. */
  private static final class Wanted {
    private @Nullable String type;
    private @Nullable Integer priority;
    private boolean shortForm;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private void wantedAs(String ofType) {
      shortForm = true;
      if (type == null) {
        type = ofType;
      }
    }
  }
}
