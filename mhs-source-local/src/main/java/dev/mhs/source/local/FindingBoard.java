package dev.mhs.source.local;

import dev.mhs.api.Finding;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps what the polls found out until somebody asks. Any thread. */
final class FindingBoard {
  /** What a group of findings is about; shown in this order. */
  enum Topic {
    NEIGHBORS,
    NMAP,
    LINKS,
    NAMES,
    SWEEP,
    BANDWIDTH,
    COUNTERS,
    LIMITS
  }

  private final ConcurrentSkipListMap<Topic, List<Finding>> byTopic = new ConcurrentSkipListMap<>();

  void replace(Topic topic, List<Finding> findings) {
    byTopic.put(topic, List.copyOf(findings));
  }

  List<Finding> all() {
    return byTopic.values().stream().flatMap(Collection::stream).toList();
  }
}
