package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A value together with who said it and when.
 *
 * @param <T> the type of the value
 * @param value the value
 * @param source the source that reported it
 * @param at when it was reported
 * @since 0.1
 */
public record Sourced<T>(T value, SourceId source, Instant at) {
  /** Checks that nothing is missing. */
  public Sourced {
    requireNonNull(value, "value is null");
    requireNonNull(source, "source is null");
    requireNonNull(at, "at is null");
  }
}
