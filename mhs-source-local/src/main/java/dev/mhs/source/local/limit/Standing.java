package dev.mhs.source.local.limit;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limit as it stands in the kernel.
 *
 * @param shape how fast the device may be
 * @param counted what went through, when both directions are limited; else null
 * @param trouble why traffic is not held to it; null when it is
 */
public record Standing(Shape shape, @Nullable Usage counted, @Nullable String trouble) {
  /**
   * Reads every limit from a picture.
   *
   * @param now what the kernel holds
   * @param place where devices are slowed down
   * @param refusal why something that lacks could not be mended, or null
   */
  static Map<DeviceKey, Standing> all(Picture now, ShapingPlace place, @Nullable String refusal) {
    Map<DeviceKey, Standing> standings = new HashMap<>();
    now.table()
        .wishes()
        .forEach((key, shape) -> standings.put(key, of(now, place, key, shape, refusal)));
    return standings;
  }

  private static Standing of(
      Picture now, ShapingPlace place, DeviceKey key, Shape shape, @Nullable String refusal) {
    String trouble = now.table().fits(place) ? null : "its packets do not reach their queue";
    Map<Direction, Long> sent = new HashMap<>();
    long epoch = 0;
    for (LimitEntry entry : now.table().entries()) {
      if (entry.key().equals(key)) {
        epoch = epoch << 16 | entry.minor();
        for (String each : place.interfaces(entry.direction())) {
          Queues.Line line = now.linesOf(each).get(entry.minor());
          if (line == null || !line.isAsFastAs(entry.rate())) {
            trouble = "its queue at " + each + " is missing";
          } else {
            // Behind a VLAN the same packet is met again at its parent.
            sent.merge(entry.direction(), line.passage().passedBytes(), Math::max);
          }
        }
      }
    }
    Long down = sent.get(Direction.DOWN);
    Long up = sent.get(Direction.UP);
    Usage counted =
        down == null || up == null ? null : new Usage.Totals(down, up, CounterWidth.BITS_64, epoch);
    return new Standing(shape, counted, trouble != null && refusal != null ? refusal : trouble);
  }
}
