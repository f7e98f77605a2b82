package dev.mhs.server.history;

import dev.mhs.core.history.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * A time whose rows are read from one level. Of all stretches of an answer no two share a row, and
 * none is left out.
 *
 * @param level the level
 * @param after rows that ended after this, in seconds since 1970
 * @param upTo and not after this
 */
record Stretch(Level level, long after, long upTo) {
  /**
   * Returns from which levels all of the past is read: what was pruned from the wanted one comes
   * from coarser ones, and what was not rolled up into it yet from finer ones.
   */
  static List<Stretch> of(Level wanted, Marks marks) {
    List<Stretch> stretches = new ArrayList<>();
    List<Level> levels = Level.FROM_FINE_TO_COARSE;
    int place = levels.indexOf(wanted);
    long from = marks.pruned(wanted);
    for (Level coarser : levels.subList(place + 1, levels.size())) {
      long after = Math.min(from, coarser == Level.DAY ? Long.MIN_VALUE : marks.pruned(coarser));
      add(stretches, coarser, after, from);
      from = after;
    }
    from = wanted == Level.DAY ? Long.MIN_VALUE : marks.pruned(wanted);
    for (Level finer : levels.subList(0, place + 1).reversed()) {
      add(stretches, finer, from, marks.rolled(finer));
      from = Math.max(from, marks.rolled(finer));
    }
    return stretches;
  }

  /** The part that ended within a time, or an empty one. */
  Stretch within(long begin, long end) {
    return new Stretch(level, Math.max(after, begin), Math.min(upTo, end));
  }

  boolean isEmpty() {
    return after >= upTo;
  }

  private static void add(List<Stretch> stretches, Level level, long after, long upTo) {
    if (after < upTo) {
      stretches.add(new Stretch(level, after, upTo));
    }
  }
}
