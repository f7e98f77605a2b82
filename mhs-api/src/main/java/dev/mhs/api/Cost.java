package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What asking a box costs it.
 *
 * @param requests how many requests were sent
 * @param bytes how many bytes of answers were received
 * @param polling how long requests were under way, added up; the box was busy no longer than that
 * @since 0.1
 */
public record Cost(long requests, long bytes, Duration polling) {
  /** A source that costs nobody else anything. */
  public static final Cost NONE = new Cost(0, 0, Duration.ZERO);

  /** Checks that the time is there. */
  public Cost {
    requireNonNull(polling, "polling is null");
  }

  /**
   * Returns what came on top of an earlier cost.
   *
   * @param earlier the cost of the same source before
   * @return the difference
   */
  public Cost since(Cost earlier) {
    return new Cost(
        requests - earlier.requests, bytes - earlier.bytes, polling.minus(earlier.polling));
  }
}
