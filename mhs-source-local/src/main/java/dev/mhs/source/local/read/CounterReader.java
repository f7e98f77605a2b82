package dev.mhs.source.local.read;

import java.util.Map;
import java.util.Set;

/** Reads the counters of interfaces. Any thread. */
@FunctionalInterface
public interface CounterReader {
  /**
   * Reads the counters of some interfaces, as nearly at one instant as can be.
   *
   * @param names the interfaces
   * @return the counters by name; an interface that is not there is absent
   */
  Map<String, InterfaceCounters> read(Set<String> names);
}
