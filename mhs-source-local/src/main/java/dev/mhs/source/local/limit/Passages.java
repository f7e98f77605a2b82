package dev.mhs.source.local.limit;

import dev.mhs.source.local.read.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what the queues of limited devices do. It knows the queues that were met when limits were
 * last read or changed; without any it runs nothing. Any thread.
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
   * @return what each queue did; queues that cannot be read are left out
   * @throws InterruptedException when the deadline has passed or MHS ends
   */
  public Map<Lane, Passage> read(Set<String> sides) throws InterruptedException {
    List<LimitEntry> entries = inForce;
    Map<Lane, Passage> passages = new HashMap<>();
    for (Direction direction : Direction.values()) {
      List<LimitEntry> those =
          entries.stream().filter(each -> each.direction() == direction).toList();
      for (String name : direction.interfaces(sides)) {
        if (!those.isEmpty()
            && tools.run(List.of("tc", "-s", "class", "show", "dev", name))
                instanceof Outcome.Printed(String text)) {
          enter(passages, those, Queues.lines(direction, text));
        }
      }
    }
    return passages;
  }

  private static void enter(
      Map<Lane, Passage> passages, List<LimitEntry> entries, Map<Integer, Queues.Line> lines) {
    for (LimitEntry each : entries) {
      Queues.Line line = lines.get(each.minor());
      if (line != null) {
        Lane lane = new Lane(each.key(), each.direction() == Direction.DOWN, each.minor());
        passages.merge(lane, line.passage(), Passage::met);
      }
    }
  }
}
