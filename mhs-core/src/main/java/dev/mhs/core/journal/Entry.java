package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

/** One thing that is kept. A later one with the same id takes its place. */
public sealed interface Entry
    permits Acquaintance, Alias, Baseline, Event, Gone, Notice, Parcel, Watch {
  /** The kinds of entries. */
  enum Kind {
    /** {@link Acquaintance}. */
    ACQUAINTANCE,
    /** {@link Alias}. */
    ALIAS,
    /** {@link Baseline}. */
    BASELINE,
    /** {@link Event}. */
    EVENT,
    /** {@link Notice}. */
    NOTICE,
    /** {@link Parcel}. */
    PARCEL,
    /** {@link Watch}. */
    WATCH
  }

  /**
   * What tells one entry from all others.
   *
   * @param kind its kind
   * @param key its name among those of its kind
   */
  record Id(Kind kind, String key) {
    /** Checks that nothing is missing. */
    public Id {
      requireNonNull(kind, "kind is null");
      requireNonNull(key, "key is null");
    }
  }

  /**
   * Returns what tells it from others.
   *
   * @return the id
   */
  Id id();
}
