package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * What a subject moved within one step of a series. The mean rate is the bytes over the covered
 * time, not over the step.
 *
 * @param at when the step begins
 * @param downloadBytes bytes received within the step
 * @param uploadBytes bytes sent within the step
 * @param covered how much of the step was measured, longer than zero; a trifle more than the step
 *     where measurements touch, or where the clock was set back
 */
public record Sample(Instant at, long downloadBytes, long uploadBytes, Duration covered) {
  /** Checks the counts and the time. */
  public Sample {
    requireNonNull(at, "at is null");
    if (downloadBytes < 0 || uploadBytes < 0 || !covered.isPositive()) {
      throw new IllegalArgumentException(
          "no sample: " + downloadBytes + " down, " + uploadBytes + " up over " + covered);
    }
  }
}
