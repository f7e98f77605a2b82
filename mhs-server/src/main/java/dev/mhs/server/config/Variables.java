package dev.mhs.server.config;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns variables into settings. */
final class Variables {
  /** The variables of ours that are no settings. */
  static final Set<String> OTHERS =
      Set.of("MHS_CONFIG", "MHS_HOME", "MHS_JAVA_HOME", "MHS_JAVA_OPTIONS");

  private static final String SOURCES = "MHS_SOURCES_";
  private static final List<String> KNOWN =
      Stream.concat(
              Keys.ALL.stream().flatMap(key -> key.variables().stream()), OTHERS.stream().sorted())
          .toList();

  private Variables() {}

  /**
   * Returns the settings that some variables give.
   *
   * @param variables what stands in them, by name; those of other programs may be among them
   * @param ownFile whether they stand in a file of ours, where a name that is nearly ours is a slip
   * @param sourceIds the names of sources known so far, which may hold dashes
   * @param problems where to add what is wrong
   * @return what is given by key
   */
  static Map<String, Given> read(
      Map<String, Given> variables, boolean ownFile, Set<String> sourceIds, List<String> problems) {
    Map<String, Given> settings = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      key.variables().stream()
          .filter(variables::containsKey)
          .findFirst()
          .ifPresent(name -> settings.put(key.name(), variables.get(name)));
    }
    variables.forEach(
        (name, given) -> {
          if (name.startsWith(SOURCES)) {
            sourceKey(name.substring(SOURCES.length()), sourceIds)
                .ifPresentOrElse(
                    key -> settings.put(key, given),
                    () ->
                        problems.add(given.origin() + ": " + SOURCES + "<ID>_<KEY> is expected."));
          } else if (!KNOWN.contains(name) && isSlip(name, ownFile)) {
            problems.add(given.origin() + " is no setting" + Nearest.ending(name, KNOWN));
          }
        });
    return settings;
  }

  private static boolean isSlip(String name, boolean ownFile) {
    return name.startsWith(Key.PREFIX) || (ownFile && Nearest.to(name, KNOWN).isPresent());
  }

  /** {@code NAS_VERIFY_SSL} is {@code sources.nas.verify-ssl}, or of the longest id that fits. */
  private static Optional<String> sourceKey(String name, Set<String> sourceIds) {
    Optional<String> known =
        sourceIds.stream()
            .map(id -> id.toUpperCase(Locale.ROOT).replace('-', '_') + '_')
            .filter(name::startsWith)
            .max(Comparator.comparingInt(String::length));
    int end = known.map(prefix -> prefix.length() - 1).orElse(name.indexOf('_'));
    if (end <= 0 || end == name.length() - 1) {
      return Optional.empty();
    }
    return Optional.of(
        "sources." + spelled(name.substring(0, end)) + '.' + spelled(name.substring(end + 1)));
  }

  private static String spelled(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
