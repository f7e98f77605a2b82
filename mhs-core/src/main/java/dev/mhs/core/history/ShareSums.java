package dev.mhs.core.history;

import dev.mhs.api.DeviceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Adds up who moved how much in which step. First it is told what everybody moved in all; from then
 * on only those who moved the most are kept apart. For one thread.
 */
public final class ShareSums {
  private final Supplier<StepSums> fresh;
  private final Duration step;
  private final int most;
  private final StepSums all;
  private final Map<Subject, StepSums> apart = new LinkedHashMap<>();

  /**
   * Makes sums of nothing.
   *
   * @param from the first step is the one that holds this time
   * @param to the last step is the one that begins before this time
   * @param step how long each step is; whole seconds, at least one
   * @param most how many devices are kept apart
   */
  public ShareSums(Instant from, Instant to, Duration step, int most) {
    this.fresh = () -> new StepSums(from, to, step);
    this.step = step;
    this.most = most;
    this.all = fresh.get();
    apart.put(Subject.LINE, fresh.get());
  }

  /**
   * Takes what everybody moved in all; to be called once, before anything is added.
   *
   * @param totals what each subject moved
   */
  public void rank(Map<Subject, Consumption.Total> totals) {
    totals.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(Subject.LINE) && bytes(entry.getValue()) > 0)
        .sorted(
            Comparator.<Map.Entry<Subject, Consumption.Total>>comparingLong(
                    entry -> bytes(entry.getValue()))
                .reversed()
                .thenComparing(entry -> entry.getKey().toString()))
        .limit(most)
        .forEach(entry -> apart.put(entry.getKey(), fresh.get()));
  }

  /**
   * Returns those who are kept apart, the line among them, and what their rows are to be added to.
   *
   * @return the sums by subject
   */
  public Map<Subject, StepSums> apart() {
    return Map.copyOf(apart);
  }

  /**
   * Returns what the rows of all devices are to be added to.
   *
   * @return the sums
   */
  public StepSums all() {
    return all;
  }

  /**
   * Adds a row wherever it belongs.
   *
   * @param row the row
   */
  public void add(TrafficRow row) {
    @Nullable StepSums own = apart.get(row.subject());
    if (own != null) {
      own.add(row);
    }
    if (!row.subject().equals(Subject.LINE)) {
      all.add(row);
    }
  }

  /**
   * Returns the sums.
   *
   * @return the answer
   */
  public Shares.Measured shares() {
    List<Shares.Share> devices =
        apart.entrySet().stream()
            .filter(entry -> entry.getKey() instanceof Subject.OfDevice)
            .map(entry -> share(((Subject.OfDevice) entry.getKey()).key(), entry.getValue()))
            .toList();
    return new Shares.Measured(step, line().series().samples(), devices, all.series().samples());
  }

  private StepSums line() {
    return apart.getOrDefault(Subject.LINE, all);
  }

  private static Shares.Share share(DeviceKey device, StepSums sums) {
    return new Shares.Share(device, sums.series().samples());
  }

  private static long bytes(Consumption.Total total) {
    return total.downloadBytes() + total.uploadBytes();
  }
}
