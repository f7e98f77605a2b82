package dev.mhs.source.routeros.traffic;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps the counters of different ways of measuring apart. A device that comes from one way to
 * another begins anew: the difference of two foreign counters is nobody's traffic, and what the
 * other way has counted meanwhile must not count twice. For one thread.
 */
public final class Turns {
  /** More than any household has; who was not measured for longest is forgotten first. */
  private static final int REMEMBERED = 10_000;

  private final Map<DeviceKey, Turn> turns =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DeviceKey, Turn> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long count;

  /** A time in which a device is measured in one way. */
  private record Turn(String method, long number) {}

  /** Makes one that has seen no device. */
  public Turns() {}

  /**
   * Marks a usage with its turn.
   *
   * @param device whose it is
   * @param method how it was measured
   * @param usage what was measured
   * @return the same, with an epoch that changes when the method does
   */
  public Usage stamped(DeviceKey device, String method, Usage usage) {
    Turn turn = turns.get(device);
    if (turn == null || !turn.method.equals(method)) {
      turn = new Turn(method, ++count);
      turns.put(device, turn);
    }
    return usage instanceof Usage.Totals(long down, long up, var width, long epoch)
        ? new Usage.Totals(down, up, width, Objects.hash(epoch, turn.number))
        : usage;
  }
}
