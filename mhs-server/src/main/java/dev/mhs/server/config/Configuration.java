package dev.mhs.server.config;

import static java.util.Objects.requireNonNull;

import dev.mhs.core.history.Retention;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration in its order: defaults, then {@code mhs.yaml}, then {@code .env}, then
 * the environment; the later one wins, key by key. For one thread, once.
 */
public final class Configuration {
  private static final Path SYSTEM_WIDE = Path.of("/etc/mhs/mhs.yaml");
  private static final String FILE_VARIABLE = "MHS_CONFIG";
  private static final long LARGEST_FILE = 1 << 20;

  private final Map<String, String> environment;
  private final Path workingFolder;
  private final Path systemWide;
  private final List<String> problems = new ArrayList<>();
  private final List<Path> readFrom = new ArrayList<>();
  private final Map<String, Given> given = new LinkedHashMap<>();

  private Configuration(Map<String, String> environment, Path workingFolder, Path systemWide) {
    this.environment = Map.copyOf(environment);
    this.workingFolder = requireNonNull(workingFolder, "workingFolder is null").toAbsolutePath();
    this.systemWide = systemWide;
  }

  /**
   * Reads the configuration.
   *
   * @param environment the environment variables
   * @param workingFolder where {@code mhs.yaml} and {@code .env} are looked for, and what relative
   *     paths mean
   * @return the settings, or everything that is wrong
   */
  public static Loaded load(Map<String, String> environment, Path workingFolder) {
    return load(environment, workingFolder, SYSTEM_WIDE);
  }

  static Loaded load(Map<String, String> environment, Path workingFolder, Path systemWide) {
    return new Configuration(environment, workingFolder, systemWide).load();
  }

  private Loaded load() {
    Path dotEnvFile = workingFolder.resolve(".env");
    Optional<String> dotEnvText = text(dotEnvFile);
    Map<String, Given> dotEnv =
        dotEnvText.map(text -> DotEnv.read(shown(dotEnvFile), text, problems)).orElse(Map.of());
    yamlFile(dotEnv).ifPresent(this::addYaml);
    dotEnvText.ifPresent(text -> readFrom.add(dotEnvFile));
    addVariables(dotEnv, true);
    Map<String, Given> fromEnvironment = new LinkedHashMap<>();
    environment.keySet().stream()
        .sorted()
        .forEach(
            name ->
                fromEnvironment.put(
                    name,
                    new Given(requireNonNull(environment.get(name)).strip(), "variable " + name)));
    addVariables(fromEnvironment, false);
    Settings settings = settings(new Reading(given, problems));
    return problems.isEmpty() ? settings : new Problems(problems);
  }

  private void addVariables(Map<String, Given> variables, boolean ownFile) {
    given.putAll(Variables.read(variables, ownFile, SourceSettingsReader.ids(given), problems));
  }

  private Optional<Path> yamlFile(Map<String, Given> dotEnv) {
    Given inDotEnv = dotEnv.get(FILE_VARIABLE);
    String named = environment.getOrDefault(FILE_VARIABLE, inDotEnv == null ? "" : inDotEnv.text());
    if (named.isBlank()) {
      Path here = workingFolder.resolve("mhs.yaml");
      return Optional.of(Files.exists(here) ? here : systemWide).filter(Files::exists);
    }
    try {
      Path file = workingFolder.resolve(named);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    } catch (InvalidPathException impossible) {
      // Told below: what cannot be a path does not exist either.
    }
    problems.add(FILE_VARIABLE + " is " + Given.quoted(named) + ", but there is no such file.");
    return Optional.empty();
  }

  private void addYaml(Path file) {
    Optional<String> text = text(file);
    if (text.isEmpty()) {
      return;
    }
    readFrom.add(file);
    Map<String, Given> entries = YamlFile.read(shown(file), text.get(), problems);
    List<String> known = Keys.ALL.stream().map(Key::name).toList();
    entries.forEach(
        (key, value) -> {
          if (known.contains(key) || SourceSettingsReader.reads(key)) {
            given.put(key, value);
          } else if (!isEmptySection(key, value, known)) {
            problems.add(unknown(key, value, known));
          }
        });
  }

  private static String unknown(String key, Given value, List<String> known) {
    boolean section = known.stream().anyMatch(name -> name.startsWith(key + '.'));
    return section
        ? value.origin()
            + ": "
            + key
            + " must hold settings of its own, such as "
            + firstUnder(key, known)
            + '.'
        : value.origin() + ": " + Given.quoted(key) + " is no setting" + Nearest.ending(key, known);
  }

  private static String firstUnder(String section, List<String> known) {
    return known.stream().filter(name -> name.startsWith(section + '.')).findFirst().orElseThrow();
  }

  /** A heading all of whose settings are commented out says nothing wrong. */
  private static boolean isEmptySection(String key, Given value, List<String> known) {
    return value.isBlank()
        && (key.equals("sources")
            || key.equals(SourceSettingsReader.SWITCHES)
            || known.stream().anyMatch(name -> name.startsWith(key + '.')));
  }

  private Optional<String> text(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (!Files.isRegularFile(file)) {
        problems.add(shown(file) + " is no file.");
      } else if (Files.size(file) > LARGEST_FILE) {
        problems.add(shown(file) + " is larger than 1 MiB, hence hardly a configuration.");
      } else {
        String text = Files.readString(file);
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
      }
    } catch (CharacterCodingException notText) {
      problems.add(shown(file) + " is no text in UTF-8.");
    } catch (IOException unreadable) {
      problems.add(shown(file) + " cannot be read: " + reason(unreadable) + '.');
    }
    return Optional.empty();
  }

  private static @Nullable String reason(IOException failure) {
    return failure instanceof AccessDeniedException ? "permission denied" : failure.getMessage();
  }

  private String shown(Path file) {
    return file.startsWith(workingFolder)
        ? workingFolder.relativize(file).toString()
        : file.toString();
  }

  private Settings settings(Reading reading) {
    SourceSettingsReader sources = new SourceSettingsReader(reading);
    Settings.Server server =
        new Settings.Server(
            reading.value(Keys.SERVER_HOST),
            reading.value(Keys.SERVER_PORT),
            reading.value(Keys.PUSH_INTERVAL),
            reading.optional(Keys.ALLOWED_HOSTS).orElse(List.of()),
            reading.optional(Keys.BASE_PATH).orElse(""),
            reading.optional(Keys.DEMO).orElse(null));
    Settings.Credentials dashboard = credentials(reading);
    sources.read();
    return new Settings(
        server,
        dashboard,
        door(reading),
        folder(reading.value(Keys.DATA_FOLDER)),
        folder(reading.value(Keys.PLUGINS_FOLDER)),
        sources.specs(),
        sources.disabled(),
        presence(reading),
        new Settings.HistorySettings(
            reading.value(Keys.HISTORY_ENABLED),
            new Retention(
                reading.value(Keys.HISTORY_KEEP),
                reading.value(Keys.HISTORY_KEEP_5MIN),
                reading.value(Keys.HISTORY_KEEP_HOURS))),
        reading.value(Keys.PRESETS),
        AlertsReader.read(reading),
        reading.value(Keys.LOG_LEVEL),
        readFrom);
  }

  private Settings.Door door(Reading reading) {
    return new Settings.Door(
        reading.optional(Keys.TRUSTED_PROXIES).orElse(List.of()),
        reading.value(Keys.CONNECTIONS_PER_ADDRESS),
        reading.value(Keys.SESSION_IDLE),
        reading.value(Keys.SESSION_LONGEST),
        tls(reading));
  }

  private Settings.Tls tls(Reading reading) {
    String how = reading.value(Keys.SERVER_TLS);
    Optional<Path> certificate = reading.optional(Keys.TLS_CERTIFICATE).map(this::file);
    Optional<Path> key = reading.optional(Keys.TLS_KEY).map(this::file);
    boolean wanted = how.equals("files");
    for (Key<?> file : List.of(Keys.TLS_CERTIFICATE, Keys.TLS_KEY)) {
      if (reading.isGiven(file) != wanted) {
        reading.problem(
            wanted
                ? "server.tls is files "
                    + reading.origin(Keys.SERVER_TLS)
                    + ", but "
                    + file.name()
                    + " is not given."
                : file.name()
                    + " is given "
                    + reading.origin(file)
                    + ", but server.tls is not files.");
      }
    }
    if (wanted && certificate.isPresent() && key.isPresent()) {
      return new Settings.Tls.Files(certificate.get(), key.get());
    }
    return how.equals("self-signed") ? new Settings.Tls.SelfSigned() : new Settings.Tls.Off();
  }

  private Path file(String written) {
    return folder(Path.of(written));
  }

  private Path folder(Path written) {
    return workingFolder.resolve(written).normalize();
  }

  private static Settings.@Nullable Credentials credentials(Reading reading) {
    Optional<String> user = reading.optional(Keys.DASHBOARD_USER);
    Optional<Secret> pass = reading.optional(Keys.DASHBOARD_PASS);
    boolean userGiven = reading.isGiven(Keys.DASHBOARD_USER);
    if (userGiven != reading.isGiven(Keys.DASHBOARD_PASS)) {
      Key<?> there = userGiven ? Keys.DASHBOARD_USER : Keys.DASHBOARD_PASS;
      Key<?> missing = userGiven ? Keys.DASHBOARD_PASS : Keys.DASHBOARD_USER;
      reading.problem(
          there.name()
              + " is given "
              + reading.origin(there)
              + ", but "
              + missing.name()
              + " is not; the dashboard is protected by both or by neither.");
    }
    return user.isPresent() && pass.isPresent()
        ? new Settings.Credentials(user.get(), pass.get())
        : null;
  }

  private static Settings.PresenceTimes presence(Reading reading) {
    Duration onlineFor = reading.value(Keys.ONLINE_FOR);
    Duration offlineAfter = reading.value(Keys.OFFLINE_AFTER);
    if (offlineAfter.compareTo(onlineFor) < 0) {
      reading.problem(
          Keys.OFFLINE_AFTER.name()
              + ' '
              + reading.origin(Keys.OFFLINE_AFTER)
              + " must not be shorter than "
              + Keys.ONLINE_FOR.name()
              + ' '
              + reading.origin(Keys.ONLINE_FOR)
              + '.');
    }
    return new Settings.PresenceTimes(onlineFor, offlineAfter);
  }
}
