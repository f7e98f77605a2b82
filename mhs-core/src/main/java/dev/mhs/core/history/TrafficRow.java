package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;

/**
 * Bytes that a subject moved in a stretch of time. A stretch without any row was not measured: that
 * is a gap, while a row of no bytes is a measured zero.
 *
 * <p>Viewpoint: the device's (or the household's, for the line).
 *
 * @param subject whose traffic
 * @param end when the stretch ended
 * @param downloadBytes bytes received
 * @param uploadBytes bytes sent
 * @param covered how much of the time up to the end was measured, longer than zero
 */
public record TrafficRow(
    Subject subject, Instant end, long downloadBytes, long uploadBytes, Duration covered) {
  /** Checks the counts and the time. */
  public TrafficRow {
    requireNonNull(subject, "subject is null");
    requireNonNull(end, "end is null");
    if (downloadBytes < 0 || uploadBytes < 0 || !covered.isPositive()) {
      throw new IllegalArgumentException(
          "no row: " + downloadBytes + " down, " + uploadBytes + " up over " + covered);
    }
  }

  /**
   * Returns the row of one measurement.
   *
   * @param subject whose it is
   * @param measured what was measured
   * @return the row
   */
  public static TrafficRow of(Subject subject, Throughput measured) {
    return new TrafficRow(
        subject, measured.at(), measured.downloadBytes(), measured.uploadBytes(), measured.over());
  }

  /**
   * Returns when the stretch began, taking it to be without holes.
   *
   * @return the end less what was covered
   */
  public Instant start() {
    return end.minus(covered);
  }

  /**
   * Tells whether nothing was moved: a measured zero.
   *
   * @return whether both counts are zero
   */
  public boolean isIdle() {
    return downloadBytes == 0 && uploadBytes == 0;
  }

  /**
   * Returns this row and a later one of the same subject as one. No byte and no covered time is
   * lost.
   *
   * @param later the other row
   * @return both together, ending when the other one does
   */
  public TrafficRow plus(TrafficRow later) {
    if (!subject.equals(later.subject)) {
      throw new IllegalArgumentException("rows of " + subject + " and " + later.subject);
    }
    return new TrafficRow(
        subject,
        later.end,
        Math.addExact(downloadBytes, later.downloadBytes),
        Math.addExact(uploadBytes, later.uploadBytes),
        covered.plus(later.covered));
  }
}
