package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What one tick hands to the store, to be written in one go.
 *
 * @param end when it was taken
 * @param rows the rows, of a subject in the order of time; a subject that was not measured has none
 */
public record Tick(Instant end, List<TrafficRow> rows) {
  /** Copies the rows. */
  public Tick {
    requireNonNull(end, "end is null");
    rows = List.copyOf(rows);
  }
}
