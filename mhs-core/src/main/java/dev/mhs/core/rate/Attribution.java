package dev.mhs.core.rate;

import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the household's line is known to belong to devices, over the last minute. A value:
 * {@link #next} makes the next one.
 *
 * @param steps the readings of the last minute, oldest first
 */
public record Attribution(List<Step> steps) {
  /** Nothing was compared yet. */
  public static final Attribution NONE = new Attribution(List.of());

  /** Over how long devices and line are compared. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** Less than this on the line says nothing about a share. */
  static final long FEWEST_BYTES = 20_000;

  /**
   * One reading.
   *
   * @param at when it was taken
   * @param deviceBytes what all devices moved, both ways
   * @param lineBytes what the line moved, both ways
   */
  record Step(Moment at, long deviceBytes, long lineBytes) {}

  /** Copies the list. */
  public Attribution {
    steps = List.copyOf(steps);
  }

  /**
   * Returns the attribution after one more reading.
   *
   * @param at when it was taken
   * @param devices what each measured device moved; empty when devices are not measured
   * @param line what the line moved, or null when that is not known
   */
  public Attribution next(Moment at, Collection<Throughput> devices, @Nullable Throughput line) {
    List<Step> kept = new ArrayList<>();
    for (Step step : steps) {
      if (at.since(step.at()).compareTo(WINDOW) < 0) {
        kept.add(step);
      }
    }
    if (line != null && !devices.isEmpty()) {
      kept.add(new Step(at, devices.stream().mapToLong(Attribution::bytes).sum(), bytes(line)));
    }
    return new Attribution(kept);
  }

  /** Returns the share, 0 to about 1; null when too little moved to tell. */
  public @Nullable Double ratio() {
    long line = steps.stream().mapToLong(Step::lineBytes).sum();
    long devices = steps.stream().mapToLong(Step::deviceBytes).sum();
    return line < FEWEST_BYTES ? null : (Double) (devices / (double) line);
  }

  private static long bytes(Throughput moved) {
    return moved.downloadBytes() + moved.uploadBytes();
  }
}
