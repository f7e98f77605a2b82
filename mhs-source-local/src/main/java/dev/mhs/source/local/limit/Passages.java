package dev.mhs.source.local.limit;

import dev.mhs.source.local.read.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what the queues of limited devices let pass. It knows the queues that were met when limits
 * were last read or changed; without any it runs nothing. Any thread.
 */
public final class Passages {
  private final Tools tools;
  private volatile List<LimitEntry> inForce = List.of();

  Passages(Tools tools) {
    this.tools = tools;
  }

  void replace(List<LimitEntry> entries) {
    inForce = List.copyOf(entries);
  }

  /**
   * Reads.
   *
   * @param sides the interfaces behind which devices are
   * @return the bytes of frames that each queue has let pass since it was made; queues that cannot
   *     be read are left out
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  public Map<Lane, Long> read(Set<String> sides) throws InterruptedException {
    List<LimitEntry> entries = inForce;
    Map<Lane, Long> passed = new HashMap<>();
    for (Direction direction : Direction.values()) {
      List<LimitEntry> those =
          entries.stream().filter(each -> each.direction() == direction).toList();
      for (String name : direction.interfaces(sides)) {
        if (!those.isEmpty()
            && tools.run(List.of("tc", "-s", "class", "show", "dev", name))
                instanceof Outcome.Printed(String text)) {
          enter(passed, those, Queues.lines(direction, text));
        }
      }
    }
    return passed;
  }

  private static void enter(
      Map<Lane, Long> passed, List<LimitEntry> entries, Map<Integer, Queues.Line> lines) {
    for (LimitEntry each : entries) {
      Queues.Line line = lines.get(each.minor());
      if (line != null) {
        Lane lane = new Lane(each.key(), each.direction() == Direction.DOWN, each.minor());
        // Behind a VLAN the same packet is met again at its parent.
        passed.merge(lane, line.sentBytes(), Math::max);
      }
    }
  }
}
