package dev.mhs.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationPropertiesTest {
  private static final String RIGHT =
      """
      server: {host: 0.0.0.0, port: 8000, allowed-hosts: [a.lan, b.lan]}
      router:
        host: 10.0.0.1
        pass: "se#cret"
      sources:
        nas: {type: x, priority: 7}
      presets:
        - 0
        - 10
      """;

  @TempDir Path folder;

  @Test
  void noTextMakesReadingThrowAndEveryProblemIsOneLine() throws IOException {
    long seed = System.nanoTime();
    ConfigurationFuzz fuzz = new ConfigurationFuzz(seed);
    Path yaml = folder.resolve("mhs.yaml");
    Path dotEnv = folder.resolve(".env");
    for (int round = 0; round < 600; round++) {
      String text = round % 2 == 0 ? fuzz.pieces() : fuzz.mutated(RIGHT);
      String variables = round % 3 == 0 ? fuzz.pieces() : "";
      Files.write(yaml, text.getBytes(StandardCharsets.UTF_8));
      Files.write(dotEnv, variables.getBytes(StandardCharsets.UTF_8));

      Loaded loaded = load(text, seed);

      if (loaded instanceof Problems problems) {
        problems.sentences().forEach(sentence -> assertOneSentence(sentence, seed, text));
      }
    }
  }

  @Test
  void anAliasOfAliasesNeitherHangsNorFillsTheMemory() throws IOException {
    StringBuilder text = new StringBuilder("a0: &a0 {x: 1, y: 2}\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      text.append(
          "a%d: &a%d {p: %s, q: %s, r: %s, s: %s}\n"
              .formatted(i, i, before, before, before, before));
    }
    List<String> problems = new ArrayList<>();

    Map<String, Given> entries = YamlFile.read("x.yaml", text.toString(), problems);

    assertTrue(entries.size() <= 10_000, () -> "entries: " + entries.size());
  }

  @Test
  void aListOfItselfIsRefused() {
    List<String> problems = new ArrayList<>();

    YamlFile.read("x.yaml", "a: &a [*a]\nb: &b {c: *b}\n", problems);

    assertEquals(2, problems.size(), problems::toString);
  }

  private Loaded load(String text, long seed) {
    try {
      return Configuration.load(Map.of(), folder, folder.resolve("none.yaml"));
    } catch (RuntimeException | StackOverflowError thrown) {
      throw new AssertionError("seed " + seed + ", text:\n" + text, thrown);
    }
  }

  private static void assertOneSentence(String sentence, long seed, String text) {
    assertTrue(
        sentence.lines().count() == 1 && sentence.length() < 500 && sentence.matches(".*[.?]"),
        () -> "seed " + seed + ": " + sentence + "\nin:\n" + text);
  }
}
