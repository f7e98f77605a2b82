package dev.mhs.core.engine;

import dev.mhs.api.Cost;
import dev.mhs.api.SourceId;
import dev.mhs.api.SourceStatus;
import dev.mhs.core.plugin.FoundProvider;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.spi.SourceSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which sources are opened: those that the configuration names, and one for each plugin that it
 * does not mention, so that dropping a jar in is enough.
 *
 * @param wanted what is to be opened
 * @param problems what cannot be, for people
 */
record Roster(List<Entry> wanted, List<SourceStatus> problems) {
  /** A source to be opened. */
  record Entry(SourceSpec spec, FoundProvider provider) {}

  static Roster of(List<SourceSpec> specs, Set<SourceId> disabled, Providers providers) {
    Map<String, FoundProvider> byType = new HashMap<>();
    providers.found().forEach(provider -> byType.put(provider.type(), provider));
    List<Entry> wanted = new ArrayList<>();
    List<SourceStatus> problems = new ArrayList<>();
    Set<String> mentioned = new HashSet<>();
    for (SourceSpec spec : specs) {
      mentioned.add(spec.type());
      FoundProvider provider = byType.get(spec.type());
      if (provider != null) {
        wanted.add(new Entry(spec, provider));
      } else {
        problems.add(unknownType(spec));
      }
    }
    for (FoundProvider provider : providers.found()) {
      SourceId id = new SourceId(provider.type());
      if (provider.isPlugin() && !mentioned.contains(provider.type()) && !disabled.contains(id)) {
        if (specs.stream().anyMatch(spec -> spec.id().equals(id))) {
          problems.add(nameTaken(id, provider));
          continue;
        }
        SourceSpec spec = new SourceSpec(id, provider.type(), null, SourceSettings.NONE);
        wanted.add(new Entry(spec, provider));
      }
    }
    for (Providers.PluginProblem problem : providers.problems()) {
      problems.add(broken(problem));
    }
    return new Roster(List.copyOf(wanted), List.copyOf(problems));
  }

  private static SourceStatus nameTaken(SourceId id, FoundProvider provider) {
    return new SourceStatus(
        id,
        provider.type(),
        provider.vendor(),
        provider.priority(),
        provider.origin(),
        "its name \"" + id + "\" is taken; name a source of this type in the configuration",
        List.of(),
        List.of(),
        Cost.NONE,
        null);
  }

  private static SourceStatus unknownType(SourceSpec spec) {
    return new SourceStatus(
        spec.id(),
        spec.type(),
        spec.type(),
        spec.priority() == null ? 1 : spec.priority(),
        "the configuration",
        "there is no source of type \"" + spec.type() + "\"",
        List.of(),
        List.of(),
        Cost.NONE,
        null);
  }

  private static SourceStatus broken(Providers.PluginProblem problem) {
    String folder = problem.origin().replaceAll(".*[/\\\\]", "").toLowerCase(Locale.ROOT);
    String name = folder.replaceAll("[^a-z0-9.-]", "-").replaceAll("^[.-]+", "");
    SourceId id =
        new SourceId(name.isEmpty() ? "plugin" : name.substring(0, Math.min(64, name.length())));
    return new SourceStatus(
        id,
        id.name(),
        id.name(),
        1,
        problem.origin(),
        problem.problem(),
        List.of(),
        List.of(),
        Cost.NONE,
        null);
  }
}
