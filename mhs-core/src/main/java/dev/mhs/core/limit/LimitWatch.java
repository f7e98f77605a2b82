package dev.mhs.core.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import java.util.HashMap;
import java.util.Map;

/**
 * Watches whether limited devices keep to their limits. A box may say in good faith that a limit is
 * in force, and traffic may pass by it all the same; only measuring tells. A value: {@link #next}
 * makes the next one.
 *
 * @param watched by device
 */
public record LimitWatch(Map<DeviceKey, Watched> watched) {
  /** Nothing is watched yet. */
  public static final LimitWatch NONE = new LimitWatch(Map.of());

  /** Copies the map. */
  public LimitWatch {
    watched = Map.copyOf(watched);
  }

  /**
   * Returns the watch after one more look. The same measurement may be given again; it counts once.
   *
   * @param now when
   * @param limits the limit of each device; those that are not among them are no longer watched
   * @param moved what each device moved lately, counted by the same box or nobody
   * @param counted what went through each limit lately, as its box counts
   */
  public LimitWatch next(
      Moment now,
      Map<DeviceKey, LimitInForce> limits,
      Map<DeviceKey, Throughput> moved,
      Map<DeviceKey, Throughput> counted) {
    Map<DeviceKey, Watched> next = new HashMap<>();
    limits.forEach(
        (key, said) -> {
          Watched before = watched.get(key);
          Watched kept =
              before != null && before.isOf(said.limit())
                  ? before
                  : Watched.begin(now, said.limit());
          next.put(key, kept.next(now, moved.get(key), counted.get(key)));
        });
    return new LimitWatch(next);
  }

  /**
   * Returns what is to be told of a limit: with the rates that were measured, and not as enforced
   * while its device clearly moves more than it may.
   *
   * @param key the device
   * @param said what the box says
   */
  public LimitInForce judged(DeviceKey key, LimitInForce said) {
    Watched found = watched.get(key);
    return found == null ? said : found.told(said);
  }
}
