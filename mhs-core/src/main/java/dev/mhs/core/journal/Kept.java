package dev.mhs.core.journal;

import java.util.Collection;
import java.util.List;

/**
 * What earlier runs have left.
 *
 * @param entries everything but events
 * @param lastNumber the greatest number that was given to anything
 */
public record Kept(List<Entry> entries, long lastNumber) {
  /** Nothing: the first start. */
  public static final Kept NOTHING = new Kept(List.of(), 0);

  /** Copies the list. */
  public Kept {
    entries = List.copyOf(entries);
  }

  /**
   * Returns the entries of one kind.
   *
   * @param <E> the kind
   * @param kind the kind
   * @return those of it
   */
  public <E extends Entry> Collection<E> of(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
