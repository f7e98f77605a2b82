package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * Bytes that were moved in a measured interval, made by the core from two readings of a source.
 *
 * <p>Viewpoint: the household device's (or the household's, for the WAN).
 *
 * @param downloadBytes bytes received in the interval
 * @param uploadBytes bytes sent in the interval
 * @param at when the interval ended
 * @param over how long it was, longer than zero
 * @since 0.1
 */
public record Throughput(long downloadBytes, long uploadBytes, Instant at, Duration over) {
  /** Checks the counts and the interval. */
  public Throughput {
    requireNonNull(at, "at is null");
    if (downloadBytes < 0 || uploadBytes < 0 || !over.isPositive()) {
      throw new IllegalArgumentException(
          "no throughput: " + downloadBytes + " down, " + uploadBytes + " up over " + over);
    }
  }

  /**
   * Returns the mean download rate.
   *
   * @return bits per second, device's viewpoint
   */
  public BitRate download() {
    return BitRate.of(downloadBytes, over);
  }

  /**
   * Returns the mean upload rate.
   *
   * @return bits per second, device's viewpoint
   */
  public BitRate upload() {
    return BitRate.of(uploadBytes, over);
  }
}
