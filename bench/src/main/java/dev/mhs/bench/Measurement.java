package dev.mhs.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One figure, as often as it was measured.
 *
 * @param what what was measured
 * @param unit the unit of samples and budget
 * @param samples what each measurement gave, at least one
 * @param budget what it may be at most, or null where nothing was set
 */
record Measurement(String what, Unit unit, List<Double> samples, @Nullable Double budget) {
  Measurement {
    samples = samples.stream().sorted().toList();
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(what + " was never measured");
    }
  }

  /** Returns the middle of the samples; of an even number the mean of the two in the middle. */
  double median() {
    int half = samples.size() / 2;
    return samples.size() % 2 == 1
        ? samples.get(half)
        : (samples.get(half - 1) + samples.get(half)) / 2;
  }

  double least() {
    return samples.getFirst();
  }

  double most() {
    return samples.getLast();
  }

  /** Returns the median as a part of the budget, or null without a budget; 1 is all of it. */
  @Nullable Double ofBudget() {
    return budget == null ? null : (Double) (median() / budget);
  }
}
