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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which sources the configuration wants. {@code router}, {@code switch}, {@code switches}
 * and {@code local} are short for sources of known types; {@code sources.<id>} adds others or says
 * more about these.
 */
final class SourceSettingsReader {
  static final String LOCAL = "local";
  static final String ROUTER = "mikrotik";
  static final String SWITCH = "switch";

  /** The list of switches, each with settings of its own. */
  static final String SWITCHES = "switches";

  private static final Pattern SWITCH_NAME = Pattern.compile("switches\\.[0-9]+\\.name");
  private static final String ROUTEROS = "routeros";
  private static final String PREFIX = "sources.";
  private static final Kind<Integer> PRIORITY = Kind.number(1, 999);

  private static final Login ROUTER_LOGIN =
      new Login(
          Keys.ROUTER_USER,
          Keys.ROUTER_PASS,
          Keys.ROUTER_VERIFY_SSL,
          Keys.ROUTER_TLS,
          Keys.ROUTER_CA_FILE);
  private static final Login SWITCH_LOGIN =
      new Login(
          Keys.SWITCH_USER,
          Keys.SWITCH_PASS,
          Keys.SWITCH_VERIFY_SSL,
          Keys.SWITCH_TLS,
          Keys.SWITCH_CA_FILE);

  /** How to log in to a box, and how it proves to be the right one. */
  private record Login(
      Key<String> user,
      Key<Secret> pass,
      Key<Boolean> verify,
      Key<String> tls,
      Key<String> caFile) {}

  private final Reading reading;
  private final Map<String, Wanted> wanted = new LinkedHashMap<>();
  private final Set<SourceId> disabled = new HashSet<>();

  SourceSettingsReader(Reading reading) {
    this.reading = reading;
  }

  /** Whether a key, though no setting by itself, says something about a source. */
  static boolean reads(String key) {
    return key.startsWith(PREFIX) || key.startsWith(SWITCHES + '.');
  }

  /** The names under which sources are known in some settings, the built-in ones included. */
  static Set<String> ids(Map<String, Given> given) {
    Set<String> ids = new LinkedHashSet<>(List.of(LOCAL, ROUTER, SWITCH));
    given.forEach(
        (key, value) -> {
          int end = key.indexOf('.', PREFIX.length());
          if (key.startsWith(PREFIX) && end > 0) {
            ids.add(key.substring(PREFIX.length(), end));
          } else if (SWITCH_NAME.matcher(key).matches()) {
            ids.add(value.text());
          }
        });
    return ids;
  }

  /** Reads everything about sources. To be called once. */
  void read() {
    router();
    switches();
    reading.under(PREFIX).forEach(entry -> readEntry(entry.getKey(), entry.getValue()));
    local();
    limits();
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
    local.settings.putIfAbsent("means", String.join(",", reading.value(Keys.LOCAL_MEANS)));
    reading
        .optional(Keys.LOCAL_LEASES)
        .ifPresent(files -> local.settings.putIfAbsent("leases", String.join(",", files)));
    if (!enabled) {
      disabled.add(new SourceId(LOCAL));
    }
  }

  private void router() {
    boolean any =
        Stream.of(
                Keys.ROUTER_HOST,
                Keys.ROUTER_USER,
                Keys.ROUTER_PASS,
                Keys.ROUTER_VERIFY_SSL,
                Keys.ROUTER_TLS,
                Keys.ROUTER_CA_FILE)
            .anyMatch(reading::isGiven);
    Optional<String> host = reading.optional(Keys.ROUTER_HOST);
    Map<String, String> login = login(ROUTER_LOGIN);
    if (host.isPresent() && any && !reading.isEmptied(Keys.ROUTER_HOST)) {
      box(ROUTER, "router", login, host.get());
    } // else the router's default address is a stranger's: nobody configured it
  }

  private void switches() {
    Map<String, String> login = login(SWITCH_LOGIN);
    for (String host : reading.optional(Keys.SWITCH_HOST).orElse(List.of())) {
      box(freeName(), "switch", login, host);
    }
    Map<String, Map<String, Given>> entries = new LinkedHashMap<>();
    for (Map.Entry<String, Given> entry : reading.under(SWITCHES + '.')) {
      int dot = entry.getKey().indexOf('.');
      entries
          .computeIfAbsent(entry.getKey().substring(0, dot), number -> new LinkedHashMap<>())
          .put(entry.getKey().substring(dot + 1), entry.getValue());
    }
    entries.forEach((number, given) -> readSwitch(number, given, login));
  }

  private void readSwitch(String number, Map<String, Given> given, Map<String, String> login) {
    String entry = SWITCHES + ", entry " + number;
    Given host = given.get("host");
    if (host == null || host.isBlank()) {
      reading.problem(entry + ", needs a host, such as host: 192.168.88.2.");
      return;
    }
    Optional<String> endpoint = parsed(entry + ", host", Kind.ENDPOINT_TEXT, host);
    Given name = given.get("name");
    Optional<String> id =
        name == null ? Optional.of(freeName()) : parsed(entry + ", name", Kind.TYPE, name);
    if (id.isEmpty() || endpoint.isEmpty()) {
      return;
    }
    if (wanted.containsKey(id.get())) {
      reading.problem(
          entry
              + ", has the name "
              + Given.quoted(id.get())
              + ", which another source has already.");
      return;
    }
    Map<String, String> settings = new LinkedHashMap<>(login);
    given.forEach(
        (key, value) -> {
          if (!key.equals("name") && !value.isBlank()) {
            settings.put(key, value.text());
          }
        });
    box(id.get(), "switch", settings, endpoint.get());
  }

  /** {@code switch}, {@code switch-2}, {@code switch-3} … */
  private String freeName() {
    String name = SWITCH;
    for (int number = 2; wanted.containsKey(name); number++) {
      name = SWITCH + '-' + number;
    }
    return name;
  }

  /** Said once for every router; what is said for one of them wins. */
  private void limits() {
    String fastTrack = reading.value(Keys.LIMITS_FASTTRACK);
    if (reading.isGiven(Keys.LIMITS_FASTTRACK)) {
      wanted.values().stream()
          .filter(source -> ROUTEROS.equals(source.type))
          .forEach(source -> source.settings.putIfAbsent("fasttrack", fastTrack));
    }
  }

  private void box(String id, String role, Map<String, String> settings, String host) {
    Wanted box = wanted.computeIfAbsent(id, name -> new Wanted());
    box.wantedAs(ROUTEROS);
    box.settings.putAll(settings);
    box.settings.put("host", host);
    box.settings.putIfAbsent("role", role);
  }

  private Map<String, String> login(Login keys) {
    Map<String, String> settings = new LinkedHashMap<>();
    reading.optional(keys.user).ifPresent(name -> settings.put("user", name));
    reading.optional(keys.pass).ifPresent(text -> settings.put("pass", text.reveal()));
    reading.optional(keys.verify).ifPresent(flag -> settings.put("verify-ssl", flag.toString()));
    reading.optional(keys.tls).ifPresent(mode -> settings.put("tls", mode));
    reading.optional(keys.caFile).ifPresent(file -> settings.put("ca-file", file));
    return settings;
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
