package dev.mhs.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} says what the table of keys says. */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final String BEGIN = "<!-- settings: begin -->\n";
  private static final String END = "<!-- settings: end -->\n";

  @Test
  void theDocumentListsEverySettingAsTheProgramKnowsIt() throws IOException {
    String text = Files.readString(DOCUMENT);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    Path right = Path.of("target", "configuration.md");
    Files.writeString(
        right, text.substring(0, begin) + table() + text.substring(text.indexOf(END)));

    assertEquals(
        table(),
        text.substring(begin, text.indexOf(END)),
        () -> "docs/configuration.md is out of date: copy " + right.toAbsolutePath() + " over it");
  }

  @Test
  void everyDefaultIsAllowed() {
    for (Key<?> key : Keys.ALL) {
      String otherwise = key.otherwise();
      assertTrue(otherwise == null || key.kind().parse(otherwise).isPresent(), key::name);
    }
  }

  private static String table() {
    return Keys.ALL.stream()
        .map(ConfigurationDocumentTest::row)
        .collect(
            Collectors.joining(
                "",
                "| Setting | Default | What it does | What it may be | Variables |\n|---|---|---|---|---|\n",
                ""));
  }

  private static String row(Key<?> key) {
    String otherwise = key.otherwise();
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            key.name(),
            otherwise == null ? "–" : '`' + otherwise + '`',
            key.meaning(),
            key.kind().allowed() + (key.secret() ? " (never shown)" : ""),
            key.variables().stream()
                .map(name -> '`' + name + '`')
                .collect(Collectors.joining(", ")));
  }
}
