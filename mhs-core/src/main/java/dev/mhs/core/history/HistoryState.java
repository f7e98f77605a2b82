package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** How the history fares. */
public sealed interface HistoryState {
  /** All is well, as far as is known. */
  record Recording() implements HistoryState {}

  /**
   * It cannot be written now. Rows wait in memory, and the next tick tries again.
   *
   * @param since when it first failed
   * @param sentence what is wrong, for people
   */
  record Failing(Instant since, String sentence) implements HistoryState {
    /** Checks that nothing is missing. */
    public Failing {
      requireNonNull(since, "since is null");
      requireNonNull(sentence, "sentence is null");
    }
  }
}
