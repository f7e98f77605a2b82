package dev.mhs.server.config;

import java.util.List;
import java.util.Random;

/** Makes configuration files at random, from quite right to quite wrong. */
final class ConfigurationFuzz {
  private static final List<String> PIECES =
      List.of(
          "server:",
          "port:",
          " 8000",
          "\n",
          "\n  ",
          "\n    ",
          "router",
          "pass: ",
          "*a",
          "&a ",
          "!x ",
          "<<: ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          ", ",
          ": ",
          "'",
          "\"",
          "|",
          ">",
          "#",
          "---\n",
          "...\n",
          "%YAML 1.1\n",
          "? ",
          "~",
          "\t",
          "\\",
          "\"\\UFFFFFFFF\"",
          "\"\\uD800\"",
          "\u0000",
          "\uFEFF",
          "é",
          "\uD83D\uDE00",
          "sources:",
          "nas:",
          "type: x",
          "true",
          "0x1F",
          "1e9",
          "=",
          "export ",
          "A=b",
          "\r\n",
          "@",
          "`",
          "presets: ",
          "5,30");

  private final Random random;

  ConfigurationFuzz(long seed) {
    random = new Random(seed);
  }

  /** A file of pieces that mean something, in no order. */
  String pieces() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** A right file with some letters replaced. */
  String mutated(String right) {
    StringBuilder text = new StringBuilder(right);
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 ->
            text.setCharAt(
                at, (char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x10000)));
        case 1 -> text.deleteCharAt(at);
        default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString();
  }
}
