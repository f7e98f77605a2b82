package dev.mhs.source.local.count;

import java.net.InetAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what each address moves, one way or another. For one thread, but for {@link #close}. */
public interface KernelCounting extends AutoCloseable {
  /** What a look at the counters led to. */
  sealed interface Look {
    /**
     * The counters were read.
     *
     * @param counts what each address moved since counting began; silent ones are absent
     * @param began whether counting began with this look, everything at zero
     * @param way how it was counted
     * @param missed packets since the last look that went by uncounted; then the rates are
     *     estimates
     * @param passedOver why it is not counted in the best way, or null when it is
     */
    record Counted(
        Map<InetAddress, Counts> counts,
        boolean began,
        Way way,
        long missed,
        @Nullable Unavailable passedOver)
        implements Look {
      /**
       * Makes the usual one: exact, in the best way.
       *
       * @param counts what each address moved since counting began
       * @param began whether counting began with this look
       */
      public Counted(Map<InetAddress, Counts> counts, boolean began) {
        this(counts, began, Way.NFTABLES, 0, null);
      }

      Counted insteadOf(@Nullable Unavailable better) {
        return new Counted(counts, began, way, missed, better);
      }

      /** What was counted while another way was used counts for nothing. */
      Counted beginning(@Nullable Unavailable better) {
        return new Counted(counts, true, way, missed, better);
      }
    }

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

  /** Stops counting until the next look, which begins anew. */
  default void rest() {}

  /** Leaves the kernel as it was found. A second call does nothing. Any thread. */
  @Override
  void close();
}
