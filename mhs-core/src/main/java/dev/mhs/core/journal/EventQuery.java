package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; the newest come first.
 *
 * @param since none before this time
 * @param before only those with a smaller number: where the page before ended
 * @param kinds of which kinds; empty for all
 * @param device of which device, or null for all
 * @param limit how many at most
 */
public record EventQuery(
    Instant since, long before, Set<EventKind> kinds, @Nullable DeviceKey device, int limit) {
  /** Copies the kinds and checks the limit. */
  public EventQuery {
    requireNonNull(since, "since is null");
    kinds = Set.copyOf(kinds);
    if (limit < 1) {
      throw new IllegalArgumentException("at least one event must be asked for");
    }
  }

  /** The newest of all. */
  public static EventQuery newest(int limit) {
    return new EventQuery(Instant.EPOCH, Long.MAX_VALUE, Set.of(), null, limit);
  }

  /**
   * Tells whether an event is asked for.
   *
   * @param event the event
   * @return whether it is
   */
  public boolean matches(Event event) {
    return event.number() < before
        && !event.at().isBefore(since)
        && (kinds.isEmpty() || kinds.contains(event.kind()))
        && (device == null || (event.device() != null && event.device().key().equals(device)));
  }
}
