package dev.mhs.core.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some events.
 *
 * @param events the events, newest first
 * @param more whether there are older ones that were asked for, too
 * @param problem why there may be others that could not be read, or null
 */
public record EventPage(List<Event> events, boolean more, @Nullable String problem) {
  /** Copies the list. */
  public EventPage {
    events = List.copyOf(events);
  }
}
