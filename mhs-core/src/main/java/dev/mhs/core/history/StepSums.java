package dev.mhs.core.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Spreads rows over the steps of a series. The bytes of a row are taken to have flowed evenly; each
 * goes to exactly one step. For one thread.
 */
public final class StepSums {
  private final long stepMillis;
  private final long fromMillis;
  private final long toMillis;
  private final TreeMap<Long, Sum> sums = new TreeMap<>(); // by the step's number since 1970

  /**
   * Makes sums of nothing.
   *
   * @param from the first step is the one that holds this time
   * @param to the last step is the one that begins before this time
   * @param step how long each step is; whole seconds, at least one
   */
  public StepSums(Instant from, Instant to, Duration step) {
    if (step.compareTo(Duration.ofSeconds(1)) < 0 || step.toNanosPart() != 0) {
      throw new IllegalArgumentException("a step is whole seconds, not " + step);
    }
    stepMillis = step.toMillis();
    fromMillis = Math.floorDiv(from.toEpochMilli(), stepMillis) * stepMillis;
    toMillis = -Math.floorDiv(-to.toEpochMilli(), stepMillis) * stepMillis;
  }

  /**
   * Adds what of a row lies within the series.
   *
   * @param row the row
   */
  public void add(TrafficRow row) {
    add(row.end().toEpochMilli(), row.downloadBytes(), row.uploadBytes(), millis(row.covered()));
  }

  /**
   * Adds what of a row lies within the series.
   *
   * @param endMillis when it ended, milliseconds since 1970
   * @param downloadBytes bytes received
   * @param uploadBytes bytes sent
   * @param coveredMillis the covered time in milliseconds, longer than zero
   */
  public void add(long endMillis, long downloadBytes, long uploadBytes, long coveredMillis) {
    long start = endMillis - coveredMillis;
    long at = Math.max(start, fromMillis);
    long until = Math.min(endMillis, toMillis);
    while (at < until) {
      long step = Math.floorDiv(at, stepMillis);
      long next = Math.min((step + 1) * stepMillis, until);
      Sum sum = sums.computeIfAbsent(step, number -> new Sum());
      sum.download += between(downloadBytes, at - start, next - start, coveredMillis);
      sum.upload += between(uploadBytes, at - start, next - start, coveredMillis);
      sum.coveredMillis += next - at;
      at = next;
    }
  }

  /**
   * Returns the steps in which something was measured.
   *
   * @return the samples, oldest first
   */
  public Series.Measured series() {
    List<Sample> samples = new ArrayList<>(sums.size());
    sums.forEach(
        (step, sum) ->
            samples.add(
                new Sample(
                    Instant.ofEpochMilli(step * stepMillis),
                    sum.download,
                    sum.upload,
                    Duration.ofMillis(sum.coveredMillis))));
    return new Series.Measured(Duration.ofMillis(stepMillis), samples);
  }

  /**
   * Returns a covered time as it is kept: in whole milliseconds, never zero.
   *
   * @param covered the time
   * @return milliseconds, at least one
   */
  public static long millis(Duration covered) {
    return Math.max(1, covered.plusNanos(500_000).toMillis());
  }

  /** Differences of a rising function of the time: whatever the cuts, they add up to all bytes. */
  private static long between(long bytes, long from, long to, long whole) {
    return upTo(bytes, to, whole) - upTo(bytes, from, whole);
  }

  private static long upTo(long bytes, long part, long whole) {
    return part == whole ? bytes : Math.min(bytes, (long) ((double) bytes * part / whole));
  }

  private static final class Sum {
    private long download;
    private long upload;
    private long coveredMillis;
  }
}
