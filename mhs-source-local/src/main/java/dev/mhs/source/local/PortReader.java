package dev.mhs.source.local;

import dev.mhs.source.local.read.InterfaceCounters;
import dev.mhs.source.local.read.LocalInterface;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads counters together with the epoch to which they belong. Any thread. */
final class PortReader {
  private static final int INDEX_BITS = 32;

  private final Machine machine;

  PortReader(Machine machine) {
    this.machine = machine;
  }

  /**
   * Reads the counters of some interfaces.
   *
   * @param interfaces the interfaces as they were listed
   * @return those that are still there; one that was made anew meanwhile is left out this time
   */
  List<PortReading> read(Collection<LocalInterface> interfaces) {
    Map<String, LocalInterface> byName = new LinkedHashMap<>();
    interfaces.forEach(each -> byName.put(each.name(), each));
    Map<String, InterfaceCounters> counters = machine.counters().read(byName.keySet());
    long boot = machine.files().bootEpoch();
    List<PortReading> found = new ArrayList<>();
    for (LocalInterface each : byName.values()) {
      InterfaceCounters own = counters.get(each.name());
      boolean same =
          machine.catalog().index(each.name()).filter(now -> now == each.index()).isPresent();
      if (own != null && same) {
        found.add(new PortReading(each, own, boot ^ ((long) each.index() << INDEX_BITS)));
      }
    }
    return found;
  }
}
