package dev.mhs.source.local.name;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what devices call themselves. It is bounded: of too many, those go first that nobody
 * asked about for longest, so that a flood of made-up devices does not push out the names of those
 * that are shown. Any thread.
 *
 * @param <K> by what devices are told apart
 */
public final class HeardNames<K> {
  /** How many names are remembered at most. */
  static final int MOST = 2048;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, String> names = new LinkedHashMap<>(64, 0.75f, true); // guarded by lock

  /** Makes an empty memory. */
  public HeardNames() {}

  /**
   * Takes in a name.
   *
   * @param device who it is about
   * @param name what it said, already cleaned
   */
  public void put(K device, String name) {
    lock.lock();
    try {
      boolean isNew = names.put(device, name) == null;
      if (isNew && names.size() > MOST) {
        var eldest = names.entrySet().iterator();
        eldest.next();
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns a name.
   *
   * @param device who it is about
   * @return the name, or null when none was heard
   */
  public @Nullable String get(K device) {
    lock.lock();
    try {
      return names.get(device);
    } finally {
      lock.unlock();
    }
  }
}
