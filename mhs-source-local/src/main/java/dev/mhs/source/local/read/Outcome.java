package dev.mhs.source.local.read;

import java.util.Optional;

/** What running a program led to. */
public sealed interface Outcome {
  /**
   * It ended well.
   *
   * @param text what it printed
   */
  record Printed(String text) implements Outcome {}

  /**
   * It could not be run, failed, or took too long.
   *
   * @param reason why, in the program's own words where it said any; one line
   */
  record Failed(String reason) implements Outcome {}

  /**
   * Returns what was printed.
   *
   * @return the text, or empty when it failed
   */
  default Optional<String> printed() {
    return switch (this) {
      case Printed(String text) -> Optional.of(text);
      case Failed failed -> Optional.empty();
    };
  }
}
