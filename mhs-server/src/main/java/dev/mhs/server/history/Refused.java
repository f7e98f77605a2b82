package dev.mhs.server.history;

import static java.util.Objects.requireNonNull;

/**
 * There can be no history in the data folder.
 *
 * @param sentence why, and what mends it, for people
 */
public record Refused(String sentence) implements Opened {
  /** Checks that there is a sentence. */
  public Refused {
    requireNonNull(sentence, "sentence is null");
  }
}
