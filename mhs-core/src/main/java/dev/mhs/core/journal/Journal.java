package dev.mhs.core.journal;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps entries, also beyond the end of the process if it can. Any thread. */
public interface Journal {
  /**
   * Takes some entries, to be kept soon: all of them or none. Never blocks. What cannot be written
   * waits in memory.
   *
   * @param entries the entries
   */
  void keep(List<? extends Entry> entries);

  /**
   * Hands over what earlier runs have left, once it can be read: at once, or later on a thread of
   * the journal's; never when there is no place where it could be.
   *
   * @param reader takes it; must not block
   */
  void whenRead(Consumer<Kept> reader);

  /**
   * Returns some events, of this run and of earlier ones. May block.
   *
   * @param query which ones
   * @return the events, newest first
   */
  EventPage events(EventQuery query);

  /**
   * Waits until everything that was handed over so far is safe.
   *
   * @param atMost for how long
   * @return why it is in memory only, or null when it is safe
   * @throws InterruptedException when the caller gives up
   */
  @Nullable String awaitKept(Duration atMost) throws InterruptedException;
}
