package dev.mhs.source.local.count;

import dev.mhs.api.Moment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares readings of the counters: what was moved in between, by whom. For one thread. */
public final class CountLedger {
  private Map<InetAddress, Counts> before = Map.of();
  private @Nullable Moment at;

  /** Makes a ledger that has seen nothing. */
  public CountLedger() {}

  /**
   * What was moved between two readings.
   *
   * @param counts the bytes of each address that has counters, silent ones included
   * @param over the time between
   */
  public record Moved(Map<InetAddress, Counts> counts, Duration over) {
    /**
     * Returns what all moved together.
     *
     * @return the sum
     */
    public Counts total() {
      return counts.values().stream().reduce(Counts.NONE, Counts::plus);
    }
  }

  /**
   * Enters a reading. An address that was not there before counts in full: its counters began in
   * between.
   *
   * @param look the reading
   * @param now when it was read
   * @return what was moved since the last reading; null when this one is a beginning
   */
  public @Nullable Moved enter(KernelCounting.Look.Counted look, Moment now) {
    Moment last = at;
    Map<InetAddress, Counts> earlier = before;
    before = look.counts();
    at = now;
    if (look.began() || last == null || !now.since(last).isPositive()) {
      return null;
    }
    Map<InetAddress, Counts> moved = new HashMap<>();
    before.forEach(
        (address, counts) ->
            moved.put(address, counts.since(earlier.getOrDefault(address, Counts.NONE))));
    return new Moved(moved, now.since(last));
  }

  /** Forgets all: the next reading is a beginning. */
  public void reset() {
    before = Map.of();
    at = null;
  }
}
