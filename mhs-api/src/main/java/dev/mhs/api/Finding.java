package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something that a source found out about its own abilities and that a person may want to mend.
 *
 * @param level how much it matters
 * @param what what was found, one sentence
 * @param remedy the command or setting that mends it, or null when there is none
 * @since 0.1
 */
public record Finding(Level level, String what, @Nullable String remedy) {
  /** How much a finding matters. */
  public enum Level {
    /** This works. */
    GOOD,
    /** Something would be better. */
    LACKING,
    /** Something does not work. */
    BROKEN
  }

  /** Checks that nothing needed is missing. */
  public Finding {
    requireNonNull(level, "level is null");
    requireNonNull(what, "what is null");
  }
}
