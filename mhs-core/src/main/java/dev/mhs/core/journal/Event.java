package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.SourceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened.
 *
 * @param number grows from one event to the next, across restarts too
 * @param at when it was noticed
 * @param kind what happened
 * @param device to which device, or null when it concerns none
 * @param source which source it concerns, or null
 * @param was what was before, in words or figures for people, or null
 * @param became what is now, likewise
 * @param by who did it, in words for people; null when nobody did
 * @param detail more about it, one sentence, or null
 */
public record Event(
    long number,
    Instant at,
    EventKind kind,
    @Nullable Portrait device,
    @Nullable SourceId source,
    @Nullable String was,
    @Nullable String became,
    @Nullable String by,
    @Nullable String detail)
    implements Entry {
  /** Checks that nothing needed is missing. */
  public Event {
    requireNonNull(at, "at is null");
    requireNonNull(kind, "kind is null");
  }

  /**
   * Returns something that happened to a device, without a number yet.
   *
   * @param at when
   * @param kind what
   * @param device the device
   * @return the event
   */
  public static Event of(Instant at, EventKind kind, Portrait device) {
    return new Event(0, at, kind, device, null, null, null, null, null);
  }

  /**
   * Returns something that happened to a source, without a number yet.
   *
   * @param at when
   * @param kind what
   * @param source the source
   * @param detail more about it, or null
   * @return the event
   */
  public static Event of(Instant at, EventKind kind, SourceId source, @Nullable String detail) {
    return new Event(0, at, kind, null, source, null, null, null, detail);
  }

  /**
   * Returns it as a change.
   *
   * @param before what was, or null
   * @param after what is, or null
   * @param who who did it, or null
   * @return the event
   */
  public Event changed(@Nullable String before, @Nullable String after, @Nullable String who) {
    return new Event(number, at, kind, device, source, before, after, who, detail);
  }

  /**
   * Returns it with its number.
   *
   * @param value the number
   * @return the event
   */
  public Event numbered(long value) {
    return new Event(value, at, kind, device, source, was, became, by, detail);
  }

  @Override
  public Id id() {
    return new Id(Kind.EVENT, Long.toString(number));
  }
}
