package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Limit;
import dev.mhs.api.MacAddress;
import dev.mhs.api.SourceId;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.PluginJar;
import dev.mhs.core.plugin.Providers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInEngineTest {
  private static final String SOURCE =
      """
      package acme;
      import dev.mhs.api.*;
      import dev.mhs.core.spi.*;
      import java.io.*;
      import java.nio.file.*;
      import java.util.*;
      final class AcmeSource implements Source {
        private final Path log;
        AcmeSource(SourceContext context) {
          log = context.storage().resolve("calls");
          called("open");
        }
        synchronized void called(String what) {
          boolean own =
              Thread.currentThread().getContextClassLoader() == AcmeSource.class.getClassLoader();
          try {
            Files.writeString(log, (own ? "" : "WRONG ") + what + "\\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        }
        public Optional<DeviceSource> devices() {
          called("offer");
          return Optional.of(new Devices());
        }
        public Optional<LimitController> limits() { return Optional.of(new Limits()); }
        public List<Finding> findings() { called("findings"); return List.of(); }
        public Cost cost() { called("cost"); return Cost.NONE; }
        public void close() { called("close"); }

        final class Devices implements DeviceSource {
          public Poll<List<Sighting>> devices() {
            called("devices");
            return new Poll.Ok<>(List.of());
          }
          public void rescan() { called("rescan"); }
          public Cadence cadence() { called("cadence"); return Cadence.DEFAULT; }
        }

        final class Limits implements LimitController {
          public Poll<List<LimitInForce>> limits() {
            called("limits");
            return new Poll.Ok<>(List.of());
          }
          public LimitOutcome apply(Limit limit) {
            called("apply");
            return new LimitOutcome.Applied(null);
          }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void theContextClassLoaderIsThePluginsOnEveryCall() throws Exception {
    jar().write(folder.resolve("plugins/acme/acme.jar"));
    try (Providers providers = Providers.load(folder.resolve("plugins"))) {
      Engine engine = engine(providers);
      CountDownLatch answered = new CountDownLatch(1);
      engine.subscribe(
          snapshot -> {
            if (new SourceId("acme").equals(snapshot.source(Capability.LIMITS))
                && new SourceId("acme").equals(snapshot.source(Capability.DEVICES))) {
              answered.countDown();
            }
          });
      engine.start();
      assertTrue(answered.await(20, TimeUnit.SECONDS));
      engine.commands().rescan();
      engine
          .commands()
          .limit(
              new Limit(
                  new DeviceKey.ByMac(MacAddress.of("02:00:00:00:00:01")), List.of(), null, null),
              "the test");
      awaitCall("rescan");
      engine.close();
    }

    assertEquals(
        Set.of(
            "open",
            "offer",
            "cadence",
            "devices",
            "limits",
            "rescan",
            "apply",
            "findings",
            "cost",
            "close"),
        calls());
  }

  private void awaitCall(String what) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!calls().contains(what) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private Set<String> calls() throws IOException {
    return new TreeSet<>(Files.readAllLines(folder.resolve("data/acme/calls")));
  }

  private Engine engine(Providers providers) {
    return new Engine(
        new EngineSettings(
            Duration.ofMillis(20), PresenceRules.DEFAULT, ZoneOffset.UTC, folder.resolve("data")),
        new SystemTime(),
        List.of(),
        Set.of(),
        providers,
        (devices, line) -> {});
  }

  private static PluginJar jar() {
    String provider =
        """
        package acme;
        import dev.mhs.core.spi.*;
        public final class Acme implements SourceProvider {
          public String type() { return "acme"; }
          public Source open(SourceContext context) { return new AcmeSource(context); }
        }
        """;
    return new PluginJar().withProvider("acme.Acme", provider).with("acme.AcmeSource", SOURCE);
  }
}
