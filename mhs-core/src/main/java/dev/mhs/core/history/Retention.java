package dev.mhs.core.history;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long the rows of each level are kept; days are kept for ever. What is coarser is kept for
 * at least as long as what is finer.
 *
 * @param ticks for how long what was measured is kept as it was measured
 * @param fiveMinutes for how long steps of 5 min are kept
 * @param hours for how long hours are kept
 */
public record Retention(Duration ticks, Duration fiveMinutes, Duration hours) {
  /** A week as measured, 90 days in steps of 5 min, two years in hours. */
  public static final Retention DEFAULT =
      new Retention(Duration.ofDays(7), Duration.ofDays(90), Duration.ofDays(730));

  /** Lengthens what is shorter than something finer. */
  public Retention {
    fiveMinutes = longer(ticks, fiveMinutes);
    hours = longer(fiveMinutes, hours);
  }

  /**
   * Returns for how long the rows of a level are kept.
   *
   * @param level the level
   * @return the time, or empty when they are kept for ever
   */
  public Optional<Duration> keep(Level level) {
    return switch (level) {
      case TICK -> Optional.of(ticks);
      case FIVE_MINUTES -> Optional.of(fiveMinutes);
      case HOUR -> Optional.of(hours);
      case DAY -> Optional.empty();
    };
  }

  /**
   * Returns the finest level that reaches back far enough.
   *
   * @param back how far
   * @return the level
   */
  public Level finest(Duration back) {
    return Level.FROM_FINE_TO_COARSE.stream()
        .filter(level -> keep(level).map(kept -> kept.compareTo(back) >= 0).orElse(true))
        .findFirst()
        .orElse(Level.DAY);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
