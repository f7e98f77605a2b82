package dev.mhs.server.metrics;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes Prometheus' text format, version 0.0.4. For one thread. */
final class Exposition {
  /** In characters; names from the network are bounded before, this only makes sure. */
  private static final int LONGEST_LABEL = 128;

  private final StringBuilder out = new StringBuilder(16 * 1024);
  private String family = "";

  /** Begins a family of samples. */
  Exposition family(String name, String type, String help) {
    family = name;
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /**
   * Writes a sample of the family, or none when it is not known.
   *
   * @param value the value, or null
   * @param labels names and values in turn
   */
  Exposition sample(@Nullable Number value, String... labels) {
    if (value == null) {
      return this;
    }
    out.append(family);
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
      label(labels[i + 1]);
      out.append('"');
    }
    out.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
    return this;
  }

  private void label(String text) {
    int end = Math.min(text.length(), LONGEST_LABEL);
    for (int i = 0; i < end; i++) {
      char next = text.charAt(i);
      boolean torn = i == end - 1 && Character.isHighSurrogate(next);
      switch (next) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> {
          if (!torn) {
            out.append(next);
          }
        }
      }
    }
  }

  byte[] utf8() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
