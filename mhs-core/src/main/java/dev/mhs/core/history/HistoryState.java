package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

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

  /**
   * It is written, but what was written before was damaged and lies elsewhere.
   *
   * @param since when that was noticed
   * @param sentence what happened and where it lies, for people
   */
  record BegunAnew(Instant since, String sentence) implements HistoryState {
    /** Checks that nothing is missing. */
    public BegunAnew {
      requireNonNull(since, "since is null");
      requireNonNull(sentence, "sentence is null");
    }
  }

  /**
   * Returns what people should know.
   *
   * @return a sentence, or null when all is well
   */
  default @Nullable String trouble() {
    return switch (this) {
      case Recording() -> null;
      case Failing(Instant since, String sentence) -> sentence;
      case BegunAnew(Instant since, String sentence) -> sentence;
    };
  }
}
