package dev.mhs.server.config;

import static java.util.Objects.requireNonNull;

/**
 * A text that must not be seen: whoever needs it asks for it by name.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {
  /** Checks that there is a text. */
  public Secret {
    requireNonNull(reveal, "reveal is null");
  }

  /** Returns a word in its place. */
  @Override
  public String toString() {
    return "(hidden)";
  }
}
