package dev.mhs.core.spi;

import java.time.Duration;

/**
 * How often a capability wants to be asked, and how long an answer may take.
 *
 * @param watched the pause between two questions while somebody looks at the page
 * @param idle the pause while nobody does
 * @param deadline after how long a call is interrupted and counts as timed out
 * @since 0.1
 */
public record Cadence(Duration watched, Duration idle, Duration deadline) {
  /** Every 2 s while watched, every 10 s otherwise, 5 s for an answer. */
  public static final Cadence DEFAULT =
      new Cadence(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(5));

  /** Checks that all three are longer than zero. */
  public Cadence {
    if (!watched.isPositive() || !idle.isPositive() || !deadline.isPositive()) {
      throw new IllegalArgumentException("a cadence needs times longer than zero");
    }
  }

  /**
   * Returns the pause that applies now.
   *
   * @param isWatched whether somebody looks
   * @return the pause
   */
  public Duration pause(boolean isWatched) {
    return isWatched ? watched : idle;
  }
}
