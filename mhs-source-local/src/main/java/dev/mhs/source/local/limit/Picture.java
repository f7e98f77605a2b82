package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel holds.
 *
 * @param table our table
 * @param roots the queue of each interface
 * @param lines the classes of our queues, by interface
 * @param hasWaitingRoom whether the interface is there behind which uploads wait
 */
record Picture(
    LimitTable table,
    Map<String, Queues.Root> roots,
    Map<String, Map<Integer, Queues.Line>> lines,
    boolean hasWaitingRoom) {
  Picture {
    roots = Map.copyOf(roots);
    lines = Map.copyOf(lines);
  }

  Map<Integer, Queues.Line> linesOf(String interfaceName) {
    return lines.getOrDefault(interfaceName, Map.of());
  }

  boolean isOurs(String interfaceName, Direction direction) {
    Queues.Root root = roots.get(interfaceName);
    return root != null && root.isOurs(direction);
  }

  /** Returns the interfaces that have a queue of ours. */
  List<String> ours(Direction direction) {
    return roots.keySet().stream().filter(each -> isOurs(each, direction)).sorted().toList();
  }

  /**
   * Returns why the queue of an interface cannot be ours, or null. Somebody has given it one, and
   * there is but one.
   */
  @Nullable String foreignQueue(String interfaceName, Direction direction) {
    Queues.Root root = roots.get(interfaceName);
    if (root == null || root.isDefault() || root.isOurs(direction)) {
      return null;
    }
    return "%s has a queue of its own (%s %s), which MHS leaves alone; \"tc qdisc del dev %s root\" would make room"
        .formatted(interfaceName, root.kind(), root.handle(), interfaceName);
  }

  /**
   * Gives each wish a class: the one that it has, or one that nothing refers to yet, so that what
   * is in force stays whole until the table changes.
   */
  List<LimitEntry> entries(Map<DeviceKey, Shape> wishes) {
    List<LimitEntry> entries = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      Map<LimitEntry, Integer> before = new HashMap<>();
      Set<Integer> taken = new HashSet<>();
      table.entries(direction).forEach(each -> before.put(withoutClass(each), each.minor()));
      taken.addAll(before.values());
      ours(direction).forEach(each -> taken.addAll(linesOf(each).keySet()));
      wishes.forEach(
          (key, shape) -> {
            BitRate rate = shape.of(direction);
            if (rate != null) {
              LimitEntry entry = new LimitEntry(key, direction, 0, rate);
              Integer minor = before.get(entry);
              entries.add(
                  new LimitEntry(key, direction, minor == null ? free(taken) : minor, rate));
            }
          });
    }
    return entries;
  }

  private static LimitEntry withoutClass(LimitEntry entry) {
    return new LimitEntry(entry.key(), entry.direction(), 0, entry.rate());
  }

  private static int free(Set<Integer> taken) {
    int minor = 0x10;
    while (!taken.add(minor)) {
      minor++;
    }
    return minor;
  }
}
