package dev.mhs.source.local.count;

import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts in the kernel what each address moves. For one thread, but for {@link #close}. */
public interface KernelCounting extends AutoCloseable {
  /** What a look at the counters led to. */
  sealed interface Look {
    /**
     * The counters were read.
     *
     * @param counts what each address moved since counting began; silent ones are absent
     * @param began whether counting began with this look, everything at zero
     */
    record Counted(Map<InetAddress, Counts> counts, boolean began) implements Look {}

    /**
     * It cannot be counted here for now.
     *
     * @param why one clause, in the kernel's words where it said any
     * @param remedy the command that mends it, or null when none is known
     */
    record Unavailable(String why, @Nullable String remedy) implements Look {}
  }

  /**
   * Sees to it that a plan is in force, and reads the counters.
   *
   * @param plan where to count and whose traffic; not empty
   * @return the counters or why there are none
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  Look look(CountingPlan plan) throws InterruptedException;

  /** Leaves the kernel as it was found. A second call does nothing. Any thread. */
  @Override
  void close();
}
