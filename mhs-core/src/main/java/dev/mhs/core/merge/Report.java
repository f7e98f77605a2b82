package dev.mhs.core.merge;

import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import java.time.Instant;
import java.util.List;

/**
 * The last good answer of one source for devices.
 *
 * @param source who said it
 * @param priority higher wins where two sources know a field
 * @param at when it was complete
 * @param sightings what was said
 * @param placesOnly whether the source knows only where devices hang; of that it knows more
 */
public record Report(
    SourceId source, int priority, Instant at, List<Sighting> sightings, boolean placesOnly) {
  /** Copies the list. */
  public Report {
    sightings = List.copyOf(sightings);
  }

  /**
   * Makes the report of a source that knows devices.
   *
   * @param source who said it
   * @param priority higher wins where two sources know a field
   * @param at when it was complete
   * @param sightings what was said
   */
  public Report(SourceId source, int priority, Instant at, List<Sighting> sightings) {
    this(source, priority, at, sightings, false);
  }
}
