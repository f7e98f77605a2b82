package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.mhs.dist.Markdown.Block;
import dev.mhs.dist.Markdown.Link;
import dev.mhs.server.config.Configuration;
import dev.mhs.server.config.Settings;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README, {@code docs/} and the rest of the Markdown say nothing that is not so. */
class DocumentsTest {
  private static final Pattern RUN_BY = Pattern.compile("run by (\\w+(?:, \\w+)*)");
  private static final String NEEDS_A_ROUTER = "needs a router";
  private static final Path PROJECT = Markdown.PROJECT;

  /** How a setting is spelled in a text. */
  private static final Pattern SETTING = Pattern.compile("([a-z]+)\\.[a-z][a-z0-9-]*(?=$|: |…)");

  private static final Pattern VARIABLE = Pattern.compile("\\bMHS_[A-Z0-9_]+\\b");

  /** What the starter reads, or stands for many. */
  private static final Set<String> NO_SETTINGS =
      Set.of("MHS_CONFIG", "MHS_HOME", "MHS_JAVA_HOME", "MHS_JAVA_OPTIONS");

  @Test
  void everyCommandIsRunByATestOrNeedsARouter() {
    List<String> unproven = new ArrayList<>();
    for (Markdown document : Markdown.all()) {
      for (Block block : document.blocks()) {
        switch (block.language()) {
          case "sh" -> unproven.addAll(unprovenIn(block));
          case "routeros" -> {
            if (!block.mark().equals(NEEDS_A_ROUTER)) {
              unproven.add(block.place() + ": is not marked as \"" + NEEDS_A_ROUTER + '"');
            }
          }
          case "" -> unproven.add(block.place() + ": say which language it is");
          default -> {} // not to be typed
        }
      }
    }
    assertEquals(List.of(), unproven);
  }

  /** Returns the commands of a block that none of the tests runs which its mark names. */
  private static List<String> unprovenIn(Block block) {
    if (block.mark().equals(NEEDS_A_ROUTER)) {
      return List.of();
    }
    Matcher mark = RUN_BY.matcher(block.mark());
    if (!mark.matches()) {
      return List.of(block.place() + ": no comment above says which test runs it");
    }
    Set<String> run =
        Stream.of(mark.group(1).split(", ", -1))
            .flatMap(DocumentsTest::runBy)
            .collect(Collectors.toSet());
    return block.commandsOfRoot().stream()
        .filter(command -> !run.contains(command))
        .map(command -> block.place() + ": " + mark.group(1) + " does not run " + command)
        .toList();
  }

  /** What a test class of the built product says it runs; one that is not there runs nothing. */
  private static Stream<String> runBy(String test) {
    try {
      Class<?> type =
          Class.forName("dev.mhs.dist." + test, false, DocumentsTest.class.getClassLoader());
      List<AnnotatedElement> places = new ArrayList<>(List.of(type.getDeclaredMethods()));
      places.add(type);
      return places.stream()
          .map(place -> place.getAnnotation(Runs.class))
          .filter(Objects::nonNull)
          .flatMap(runs -> Stream.of(runs.value()));
    } catch (ClassNotFoundException e) {
      return Stream.of();
    }
  }

  @Test
  void everyCommandThatATestRunsStandsInADocumentThatNamesTheTest() {
    Map<String, Set<String>> documented = new TreeMap<>();
    for (Markdown document : Markdown.all()) {
      for (Block block : document.blocks()) {
        Matcher mark = RUN_BY.matcher(block.mark());
        if (mark.matches()) {
          for (String test : mark.group(1).split(", ", -1)) {
            documented
                .computeIfAbsent(test, none -> new TreeSet<>())
                .addAll(block.commandsOfRoot());
          }
        }
      }
    }
    List<String> forgotten = new ArrayList<>();
    documented.forEach(
        (test, commands) ->
            runBy(test)
                .filter(command -> !commands.contains(command))
                .forEach(command -> forgotten.add(test + ": " + command)));
    assertEquals(List.of(), forgotten);
  }

  @Test
  void everyCommandInATextIsOne() throws IOException {
    Set<String> ofClone = commands(PROJECT.resolve("mhs"), "./mhs");
    Set<String> ofRelease = commands(PROJECT.resolve("dist/src/main/package/bin/mhs"), "mhs");
    List<String> unknown = new ArrayList<>();
    for (Markdown document : Markdown.all()) {
      for (String span : document.spans()) {
        Matcher words = Pattern.compile("(?:sudo )?((?:\\./)?mhs) ([a-z]+).*").matcher(span);
        if (words.matches()) {
          Set<String> known = words.group(1).equals("mhs") ? ofRelease : ofClone;
          if (!known.contains(words.group(2))) {
            unknown.add(document.name() + ": " + span);
          }
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  /** The commands that a script's help lists. */
  private static Set<String> commands(Path script, String name) throws IOException {
    return Pattern.compile("^  \\Q" + name + "\\E ([a-z]+) ", Pattern.MULTILINE)
        .matcher(Files.readString(script))
        .results()
        .map(line -> line.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void everyLinkLeadsSomewhereAndEveryPictureIsDescribed() {
    List<String> broken = new ArrayList<>();
    for (Markdown document : Markdown.all()) {
      for (Link link : document.links()) {
        String place = document.name() + ":" + link.line() + ": ";
        if (!link.target().contains(":") && !leadsSomewhere(document, link.target())) {
          broken.add(place + link.target());
        }
        if (link.picture() && link.text().isBlank()) {
          broken.add(place + "says nothing to who does not see " + link.target());
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static boolean leadsSomewhere(Markdown document, String target) {
    String file = target.replaceFirst("#.*", "");
    Path here = PROJECT.resolve(document.name());
    Path there = file.isEmpty() ? here : here.resolveSibling(file).normalize();
    if (!there.startsWith(PROJECT) || !Files.exists(there)) {
      return false;
    }
    return !target.contains("#")
        || Markdown.of(PROJECT.relativize(there).toString())
            .anchors()
            .contains(target.replaceFirst(".*#", ""));
  }

  @Test
  void everyPictureIsShownSomewhere() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Markdown document : Markdown.all()) {
      document.links().forEach(link -> shown.add(link.target().replaceFirst(".*/", "")));
    }
    try (Stream<Path> pictures = Files.list(PROJECT.resolve("docs/images"))) {
      assertEquals(
          List.of(),
          pictures
              .map(file -> file.getFileName().toString())
              .filter(n -> !shown.contains(n))
              .toList());
    }
  }

  @Test
  void theArchitectureShowsEveryModule() throws IOException {
    String told = Files.readString(PROJECT.resolve("docs/architecture.md"));
    String drawn = Files.readString(PROJECT.resolve("docs/images/architecture.svg"));
    List<String> modules =
        Pattern.compile("<module>(.*)</module>")
            .matcher(Files.readString(PROJECT.resolve("pom.xml")))
            .results()
            .map(module -> module.group(1))
            .toList();

    assertEquals(
        modules, modules.stream().filter(name -> told.contains("| `" + name + "` |")).toList());
    assertEquals(
        modules, modules.stream().filter(name -> drawn.contains(">" + name + "<")).toList());
  }

  @Test
  void everySettingInATextIsOne() {
    String table = String.join("\n", Markdown.of("docs/configuration.md").lines());
    Set<String> groups =
        Pattern.compile("(?m)^\\| `([a-z]+)\\.")
            .matcher(table)
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (Markdown document : Markdown.all()) {
      if (document.name().endsWith("architecture.md")) {
        continue; // it names packages
      }
      for (String span : document.spans()) {
        Matcher setting = SETTING.matcher(span);
        if (setting.lookingAt()
            && groups.contains(setting.group(1))
            && !table.contains("| `" + setting.group())) {
          unknown.add(document.name() + ": " + span);
        }
        VARIABLE
            .matcher(span)
            .results()
            .map(found -> found.group())
            .filter(name -> !table.contains("`" + name + "`"))
            .filter(name -> !NO_SETTINGS.contains(name) && !name.startsWith("MHS_SOURCES_"))
            .forEach(name -> unknown.add(document.name() + ": " + name));
      }
    }
    assertEquals(List.of(), unknown);
  }

  @Test
  void everyConfigurationThatIsShownIsAccepted(@TempDir Path folder) throws IOException {
    for (Markdown document : Markdown.all()) {
      for (Block block : document.blocks()) {
        if (block.language().equals("yaml")) {
          Files.writeString(folder.resolve("mhs.yaml"), block.text());
          assertInstanceOf(Settings.class, Configuration.load(Map.of(), folder), block.place());
        }
      }
    }
  }

  @Test
  void everyMessageThatIsShownIsJson() {
    for (Markdown document : Markdown.all()) {
      for (Block block : document.blocks()) {
        if (block.language().equals("json")) {
          try (JsonReader reader = Json.createReader(new StringReader(block.text()))) {
            reader.readObject();
          } catch (RuntimeException e) {
            throw new AssertionError(block.place(), e);
          }
        }
      }
    }
  }
}
