package dev.mhs.core.engine;

import dev.mhs.api.Cost;
import dev.mhs.api.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What asking a source has cost so far, and lately. A value: {@link #next} makes the next one.
 *
 * @param notes what was told in the last minute and the last before it, oldest first; never empty
 */
record CostMeter(List<Note> notes) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /**
   * What a source told.
   *
   * @param at when
   * @param cost its cost until then
   */
  record Note(Moment at, Cost cost) {}

  CostMeter {
    notes = List.copyOf(notes);
  }

  /** Returns the meter of a source that is opened now. */
  static CostMeter begun(Moment now) {
    return new CostMeter(List.of(new Note(now, Cost.NONE)));
  }

  /**
   * Returns the meter after the source told its cost once more. Several threads let it tell: what
   * was told earlier but comes later changes nothing.
   */
  CostMeter next(Moment now, Cost cost) {
    if (cost.requests() < soFar().requests()) {
      return this;
    }
    List<Note> kept = new ArrayList<>(notes.subList(lastBefore(now), notes.size()));
    kept.add(new Note(now, cost));
    return new CostMeter(kept);
  }

  Cost soFar() {
    return notes.getLast().cost();
  }

  /** Returns what the last minute has cost; null before there was one. */
  @Nullable Cost lastMinute(Moment now) {
    Note before = notes.get(lastBefore(now));
    return now.since(before.at()).compareTo(MINUTE) < 0 ? null : soFar().since(before.cost());
  }

  /** Which note was the last one a minute ago; the oldest, when all are younger. */
  private int lastBefore(Moment now) {
    int at = 0;
    while (at + 1 < notes.size() && now.since(notes.get(at + 1).at()).compareTo(MINUTE) >= 0) {
      at++;
    }
    return at;
  }
}
