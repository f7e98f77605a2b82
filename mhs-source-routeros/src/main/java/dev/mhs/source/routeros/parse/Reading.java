package dev.mhs.source.routeros.parse;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.Moment;
import java.util.List;

/**
 * The rows of a menu together with when they were read.
 *
 * @param at when the answer was complete
 * @param rows the rows in the router's order
 */
public record Reading(Moment at, List<Row> rows) {
  /** Copies the rows. */
  public Reading {
    requireNonNull(at, "at is null");
    rows = List.copyOf(rows);
  }
}
