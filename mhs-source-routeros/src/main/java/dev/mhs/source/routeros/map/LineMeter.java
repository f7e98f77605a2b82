package dev.mhs.source.routeros.map;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.parse.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the counters of the household's line. The sum begins a new epoch when one of its
 * interfaces began anew or another interface became the line: a sum alone would hide that. For one
 * thread.
 */
public final class LineMeter {
  private Map<String, Counted> before = Map.of();
  private long restarts;

  private record Counted(long rx, long tx) {}

  /**
   * Reads the line. What the line's interfaces receive is the household's download.
   *
   * @param interfaces {@code /interface}
   * @param line which of them are the line
   * @param epoch changes whenever the box's counters began anew
   * @return the totals, or null when the line or its counters are not known
   */
  public Usage.@Nullable Totals read(List<Row> interfaces, Wan line, long epoch) {
    Map<String, Counted> now = new HashMap<>();
    for (Row row : interfaces) {
      Optional<String> name = row.text("name").filter(line.counted()::contains);
      if (name.isPresent()
          && row.number("rx-byte").isPresent()
          && row.number("tx-byte").isPresent()) {
        long rx = row.number("rx-byte").getAsLong();
        now.put(name.get(), new Counted(rx, row.number("tx-byte").getAsLong()));
      }
    }
    if (now.isEmpty()) {
      return null;
    }
    if (!before.keySet().equals(now.keySet()) || anyWentBack(now)) {
      restarts++;
    }
    before = now;
    long rx = now.values().stream().mapToLong(Counted::rx).sum();
    long tx = now.values().stream().mapToLong(Counted::tx).sum();
    return new Usage.Totals(rx, tx, CounterWidth.BITS_64, (epoch << 32) + restarts);
  }

  private boolean anyWentBack(Map<String, Counted> now) {
    return now.entrySet().stream()
        .anyMatch(
            entry -> {
              Counted old = before.get(entry.getKey());
              Counted young = entry.getValue();
              return old != null && (young.rx < old.rx || young.tx < old.tx);
            });
  }
}
