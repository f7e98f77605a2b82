package dev.mhs.source.routeros.limit;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.parse.CounterPair;
import dev.mhs.source.routeros.parse.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the queues of single devices have counted, of those that nothing passes by. */
public final class QueueCounters {
  private QueueCounters() {}

  /**
   * Makes the usage of each device that has a queue of its own in force.
   *
   * @param rows {@code /queue/simple} in the router's order
   * @param fastTrack who passes by the queues
   * @param book who has which address
   * @param epoch changes whenever the box's counters began anew
   * @return totals by device
   */
  public static Map<DeviceKey, Usage> usage(
      List<Row> rows, FastTrack fastTrack, AddressBook book, long epoch) {
    LimitMapper mapper = new LimitMapper(Queue.of(rows), fastTrack, book, epoch, Map.of());
    Set<DeviceKey> exact = new HashSet<>();
    mapper.limits().stream()
        .filter(limit -> limit.enforced())
        .forEach(limit -> exact.add(limit.limit().device()));
    Map<DeviceKey, Usage> usage = new HashMap<>();
    for (Row row : rows) {
      Optional<CounterPair> bytes = row.text("bytes").flatMap(CounterPair::parse);
      Optional<DeviceKey> device =
          Queue.of(List.of(row)).stream()
              .filter(queue -> !queue.disabled())
              .flatMap(queue -> Optional.ofNullable(mapper.device(queue)).stream())
              .filter(exact::contains)
              .findFirst();
      if (bytes.isPresent() && device.isPresent()) {
        // Upload stands first: a queue sees with its target's eyes. The first queue is the one
        // used.
        usage.putIfAbsent(
            device.get(),
            new Usage.Totals(
                bytes.get().second(), bytes.get().first(), CounterWidth.BITS_64, epoch));
      }
    }
    return usage;
  }
}
