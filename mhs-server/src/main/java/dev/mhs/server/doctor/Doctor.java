package dev.mhs.server.doctor;

import dev.mhs.api.Capability;
import dev.mhs.api.Finding;
import dev.mhs.api.SourceId;
import dev.mhs.core.engine.SourceSpec;
import dev.mhs.core.plugin.FoundProvider;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.spi.SettingException;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.config.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens each configured source once, asks it everything once, and says what works. For one thread.
 */
public final class Doctor {
  private static final String LOCAL = "local";
  private static final String ACTIVE = "active";

  /** What the local source names as the remedy when it may not send. */
  private static final String SCAN_ACTIVE = "MHS_LOCAL_SCAN=active";

  private static final String ROUTEROS = "routeros";

  private final Settings settings;
  private final Providers providers;
  private final TimeSource time;

  /**
   * Makes a doctor.
   *
   * @param settings the configuration
   * @param providers what sources can be opened by
   * @param time the clocks
   */
  public Doctor(Settings settings, Providers providers, TimeSource time) {
    this.settings = settings;
    this.providers = providers;
    this.time = time;
  }

  /**
   * Examines every source, printing each when it is done.
   *
   * @param out where to print
   * @param inColours whether a terminal is there to show colours
   * @return whether everything that was configured works
   * @throws InterruptedException when somebody gives up waiting
   */
  public boolean examine(PrintStream out, boolean inColours) throws InterruptedException {
    Paper paper = new Paper(out, inColours);
    boolean isWell = true;
    for (SourceSpec spec : settings.sources()) {
      Diagnosis diagnosis = examine(spec);
      paper.print(diagnosis);
      isWell &= !diagnosis.isBroken();
    }
    for (Providers.PluginProblem problem : providers.problems()) {
      paper.print(new Diagnosis("Plugin " + problem.origin(), List.of(broken(problem.problem()))));
      isWell = false;
    }
    if (settings.sources().stream().noneMatch(spec -> spec.type().equals(ROUTEROS))) {
      paper.print(noRouter());
    }
    return isWell;
  }

  private static Diagnosis noRouter() {
    return new Diagnosis(
        "Router",
        List.of(
            new Finding(
                Finding.Level.LACKING,
                "no router is configured: MHS shows what this machine sees by itself",
                "ROUTER_HOST=192.168.88.1 ROUTER_USER=mhs ROUTER_PASS=... ./mhs run")));
  }

  private Diagnosis examine(SourceSpec spec) throws InterruptedException {
    Optional<FoundProvider> provider =
        providers.found().stream().filter(one -> one.type().equals(spec.type())).findFirst();
    String how = spec.type().equals(LOCAL) ? ", asked without sending anything" : host(spec);
    String title = "Source " + spec.id() + " (" + spec.type() + how + ")";
    if (provider.isEmpty()) {
      String what = "there is no source of type \"" + spec.type() + "\"";
      return new Diagnosis(title, List.of(broken(what)));
    }
    return new Diagnosis(title, findings(spec, provider.get()));
  }

  private List<Finding> findings(SourceSpec spec, FoundProvider found) throws InterruptedException {
    boolean isLocal = spec.type().equals(LOCAL);
    // Counting may set up counters in the kernel, and those of an MHS that runs must stay.
    Set<Capability> asked =
        isLocal
            ? EnumSet.of(Capability.DEVICES, Capability.PORTS)
            : EnumSet.allOf(Capability.class);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(found.classLoader());
    try (Source source = found.provider().open(context(spec, isLocal))) {
      return new Consultation(source, found.classLoader(), asked)
          .findings().stream().filter(one -> !isOurDoing(one, spec)).toList();
    } catch (SettingException wrong) {
      return List.of(broken("it cannot be opened: " + wrong.getMessage()));
    } catch (InterruptedException stop) {
      throw stop;
    } catch (Exception bug) { // a plugin's, whatever it is: the next source is still examined
      return List.of(broken("it cannot be opened: " + bug));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** That nothing was sent is no lack where the configuration says otherwise. */
  private static boolean isOurDoing(Finding finding, SourceSpec spec) {
    boolean isActive = !spec.settings().text("scan").orElse(ACTIVE).equals("passive");
    return spec.type().equals(LOCAL) && isActive && SCAN_ACTIVE.equals(finding.remedy());
  }

  /** A doctor sends nothing into the network but what the configured boxes are asked. */
  private SourceContext context(SourceSpec spec, boolean isLocal) {
    Map<String, String> values = new HashMap<>(spec.settings().values());
    if (isLocal && !"off".equals(values.get("scan"))) {
      values.put("scan", "passive");
    }
    return new Context(
        spec.id(), new SourceSettings(values), time, settings.dataFolder().resolve("sources"));
  }

  private static String host(SourceSpec spec) {
    return spec.settings().text("host").map(host -> " at " + host).orElse("");
  }

  private static Finding broken(String what) {
    return new Finding(Finding.Level.BROKEN, what, null);
  }

  private record Context(SourceId id, SourceSettings settings, TimeSource time, Path all)
      implements SourceContext {
    @Override
    public Path storage() {
      try {
        return Files.createDirectories(all.resolve(id.name()));
      } catch (IOException failure) {
        throw new UncheckedIOException("no folder can be made below " + all, failure);
      }
    }

    @Override
    public System.Logger logger() {
      return System.getLogger("dev.mhs.source." + id);
    }
  }
}
