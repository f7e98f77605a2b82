package dev.mhs.core.history;

import dev.mhs.core.session.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history. Any thread may call; only reading and closing may block.
 *
 * <p>What cannot be written waits in memory: it is counted in every answer, tried again with each
 * tick, and when there is too much of it, joined to coarser rows. No byte is lost while the process
 * lives.
 */
public interface HistoryStore extends SessionStore, AutoCloseable {
  /**
   * Takes the rows of one tick, to be written soon. Never blocks.
   *
   * @param tick the rows
   */
  void record(Tick tick);

  /**
   * Tells what a subject moved.
   *
   * @param subject whose traffic
   * @param from the first step is the one that holds this time
   * @param to the last step is the one that begins before this time
   * @param step how long each step is; whole seconds, at least one
   * @param unwritten further rows of that subject which the store was not given yet
   * @return the steps in which something was measured, or why it cannot be read
   */
  Series series(
      Subject subject, Instant from, Instant to, Duration step, List<TrafficRow> unwritten);

  /**
   * Tells what everybody moved in some periods.
   *
   * @param periods the periods, in any order; days, weeks or months of the machine's time zone
   * @param unwritten further rows which the store was not given yet
   * @return what each moved, or why it cannot be read
   */
  Consumption consumption(List<Period> periods, List<TrafficRow> unwritten);

  /**
   * Tells who moved how much of the line, and when.
   *
   * @param from the first step is the one that holds this time
   * @param to the last step is the one that begins before this time
   * @param step how long each step is; whole seconds, at least one
   * @param most how many devices are told by name
   * @param unwritten further rows which the store was not given yet
   * @return the shares, or why they cannot be read
   */
  Shares shares(Instant from, Instant to, Duration step, int most, List<TrafficRow> unwritten);

  /**
   * Takes the newest state of some devices, to be written with the next tick. Never blocks. What
   * did not change costs no write.
   *
   * @param devices the devices; those not among them stay as they are
   */
  void remember(Collection<RememberedDevice> devices);

  /**
   * Returns the devices that were remembered, of earlier runs too. Waits until the store is open.
   *
   * @return the devices; empty when the store cannot be read, which {@link #state} then tells
   */
  List<RememberedDevice> remembered();

  /**
   * Tells whether it can be written.
   *
   * @return the state now; does no I/O
   */
  HistoryState state();

  /**
   * Returns how much room the history takes on the disk.
   *
   * @return bytes, all its files together; zero when there is none yet
   */
  long sizeBytes();

  /**
   * Tells how long the last write took.
   *
   * @return the time, or null when nothing was written yet or that is not measured
   */
  default @Nullable Duration lastWrite() {
    return null;
  }

  /** Writes what waits, for no longer than 2 s, and closes. A second call does nothing. */
  @Override
  void close();
}
