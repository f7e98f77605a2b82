package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./mhs package} makes: whole, named in full, and licensed. */
@Runs("./mhs package")
class PackagesIT {
  private static final Pattern VERSION = Pattern.compile("-[0-9][^-]*(-SNAPSHOT)?\\.jar$");

  @TempDir private static Path folder;
  private static Path release;

  @BeforeAll
  static void unpackTheArchiveWithoutARuntime() {
    release = Release.unpack(Release.withoutRuntime(), folder);
  }

  @Test
  void theSumsHoldForEveryFile() throws IOException {
    String checked =
        Command.of("sh", "-c", "cd \"$1\" && sha256sum --check SHA256SUMS", "sh")
            .with(Release.folder().toString())
            .run();

    try (Stream<Path> files = Files.list(Release.folder())) {
      assertEquals(files.count() - 1, checked.lines().count(), checked);
    }
  }

  @Test
  void theBillOfMaterialsNamesEveryJarAndTheLibraryOfThePage() throws IOException {
    Set<String> named = new TreeSet<>();
    try (JsonReader reader = Json.createReader(Files.newInputStream(Release.file(".cdx.json")))) {
      for (JsonObject each :
          reader.readObject().getJsonArray("components").getValuesAs(JsonObject.class)) {
        named.add(each.getString("name"));
        assertTrue(!each.getJsonArray("licenses").isEmpty(), each::toString);
      }
    }

    Set<String> bundled = jars();
    bundled.add("uPlot");
    assertEquals(bundled, named);
  }

  @Test
  void everyJarStandsInTheListOfLicencesAndNoOther() throws IOException {
    List<String> lines = Files.readAllLines(release.resolve("THIRD-PARTY.md"));
    List<String> listed =
        lines.stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();

    Set<String> unlisted = jars();
    for (String each : listed) {
      String start = each.replace("*", "");
      boolean bundled =
          unlisted.removeIf(jar -> each.endsWith("*") ? jar.startsWith(start) : jar.equals(each));
      assertTrue(bundled, () -> each + " is not bundled");
    }
    assertEquals(Set.of(), unlisted);
    for (String text : List.of("MIT.txt", "EPL-2.0.md", "zentus.txt")) {
      assertTrue(Files.size(release.resolve("licenses").resolve(text)) > 1000, text);
    }
  }

  @Test
  void theRuntimeHasTheModulesThatTheJarsUse() throws IOException {
    Path unpacked =
        Release.unpack(Release.withRuntime(), Files.createDirectory(folder.resolve("r")));
    String listed =
        Command.of(unpacked.resolve("runtime/bin/java").toString(), "--list-modules").run();
    Set<String> brought =
        listed.lines().map(line -> line.split("@", 2)[0]).collect(Collectors.toSet());

    Set<String> missing = new TreeSet<>(usedModules());
    missing.removeAll(brought);
    assertEquals(Set.of(), missing);
    assertTrue(brought.size() < 25, listed);
  }

  /**
   * As jdeps sees it; pcap4j is left to {@code java.base}, for its module names others by names
   * they do not have.
   */
  private static Set<String> usedModules() {
    String jdeps = Path.of(System.getProperty("java.home"), "bin/jdeps").toString();
    String code =
        "cd \"$1\" && \"$2\" --multi-release 21 --ignore-missing-deps -summary"
            + " -cp \"$(echo lib/*.jar demo/*.jar | tr ' ' ':')\""
            + " $(ls lib/*.jar demo/*.jar | grep -v '^lib/pcap4j')";
    return Command.of("sh", "-c", code, "sh", release.toString(), jdeps)
        .run()
        .lines()
        .map(line -> line.replaceFirst(".* -> ", ""))
        .filter(name -> name.matches("(java|jdk)\\.[a-z.]+"))
        .collect(Collectors.toSet());
  }

  @Test
  void itsDocumentsLeadToWhatIsThere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (Markdown.Link link :
          new Markdown(document.toString(), Files.readAllLines(document)).links()) {
        String target = link.target().replaceFirst("#.*", "");
        if (!target.contains(":") && !Files.exists(document.resolveSibling(target))) {
          broken.add(document + ": " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(documents().contains(release.resolve("README.md")));
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(release)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(release.resolve("licenses")))
          .toList();
    }
  }

  @Test
  void unpackedItRunsWithTheJavaOfThisMachine() {
    Command.Result token =
        Command.of("env", "-i", "PATH=/usr/bin:/bin")
            .with("MHS_JAVA_HOME=" + System.getProperty("java.home"))
            .with("MHS_DATA_DIR=" + folder.resolve("data"))
            .with(release.resolve("bin/mhs").toString(), "token", "list")
            .result();

    assertEquals(0, token.code(), token.output());
  }

  @Test
  void withoutAJavaItSaysWhatToInstall() {
    Command.Result run =
        Command.of("env", "-i", "PATH=/usr/bin:/bin", "MHS_JAVA_HOME=/nonexistent")
            .with(release.resolve("bin/mhs").toString(), "run")
            .result();

    assertEquals(1, run.code());
    assertTrue(run.output().contains("MHS_JAVA_HOME=/nonexistent is no JDK 21"), run.output());
  }

  @Test
  void unpackedItShowsTheDemo() throws Exception {
    Path home = Files.createDirectory(folder.resolve("demo"));
    try (RunningDemo demo =
        RunningDemo.start(home, List.of(release.resolve("bin/mhs").toString(), "demo"))) {
      Await.until(
          "the played household is shown",
          Duration.ofSeconds(40),
          () ->
              Optional.of(demo.json("/api/stats").getInt("device_count", 0))
                  .filter(count -> count > 20));
      assertEquals(143, demo.stop());
    }
  }

  private static Set<String> jars() throws IOException {
    try (Stream<Path> lib = Files.list(release.resolve("lib"));
        Stream<Path> demo = Files.list(release.resolve("demo"))) {
      return Stream.concat(lib, demo)
          .map(file -> VERSION.matcher(file.getFileName().toString()).replaceFirst(""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
