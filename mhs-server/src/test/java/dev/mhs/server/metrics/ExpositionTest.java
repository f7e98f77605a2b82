package dev.mhs.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text format, whatever names the network has. */
class ExpositionTest {
  @Test
  void labelsAreEscaped() {
    String text = text(new Exposition().family("a", "gauge", "b").sample(1, "c", "\\ \" \n ü"));

    assertEquals("# HELP a b\n# TYPE a gauge\na{c=\"\\\\ \\\" \\n ü\"} 1\n", text);
  }

  @Test
  void whatIsNotKnownHasNoSample() {
    assertEquals(
        "# HELP a b\n# TYPE a gauge\n",
        text(new Exposition().family("a", "gauge", "b").sample(null, "c", "d")));
  }

  @Test
  void aLabelIsBoundedAndNoCharacterTorn() {
    String text =
        text(new Exposition().family("a", "gauge", "b").sample(1, "c", "x" + "😀".repeat(500)));

    assertTrue(text.length() < 200, text);
    assertTrue(text.contains("😀\"} 1"), text);
  }

  private static String text(Exposition out) {
    return new String(out.utf8(), StandardCharsets.UTF_8);
  }
}
