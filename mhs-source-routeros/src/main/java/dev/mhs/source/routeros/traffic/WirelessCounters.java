package dev.mhs.source.routeros.traffic;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.CounterPair;
import dev.mhs.source.routeros.parse.RouterDuration;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the byte counters of wireless clients. They begin anew with each association, which is
 * noticed by its age. For one thread.
 */
public final class WirelessCounters {
  private Map<MacAddress, Association> before = Map.of();
  private long associations;

  /** One stay of a client; the number tells it from an earlier one of the same client. */
  private record Association(long number, Duration age) {}

  /** Makes one that has seen nobody. */
  public WirelessCounters() {}

  /**
   * Makes the usage of each client.
   *
   * @param rows the registration tables of all generations
   * @param line the household's line; clients on its side are no devices
   * @param epoch changes whenever the box's counters began anew
   * @return totals by device; one without counters is left out
   */
  public Map<DeviceKey, Usage> usage(List<Row> rows, Wan line, long epoch) {
    Map<MacAddress, Association> now = new HashMap<>();
    Map<DeviceKey, Usage> usage = new HashMap<>();
    for (Row row : rows) {
      Optional<MacAddress> mac = row.mac("mac-address");
      boolean isStation = !row.flag("ap") && !line.has(row.text("interface").orElse(""));
      if (mac.isEmpty() || !isStation || now.containsKey(mac.get())) {
        continue;
      }
      Association stay = association(mac.get(), row);
      now.put(mac.get(), stay);
      Usage totals = totals(row, (epoch << 32) + stay.number);
      if (totals != null) {
        usage.put(new DeviceKey.ByMac(mac.get()), totals);
      }
    }
    before = now;
    return usage;
  }

  private Association association(MacAddress mac, Row row) {
    Duration age = row.text("uptime").flatMap(RouterDuration::parse).orElse(Duration.ZERO);
    Association old = before.get(mac);
    return old != null && age.compareTo(old.age) >= 0
        ? new Association(old.number, age)
        : new Association(++associations, age);
  }

  /** {@code bytes} is seen from the access point: sent first, which is the client's download. */
  private static @Nullable Usage totals(Row row, long epoch) {
    return row.text("bytes")
        .flatMap(CounterPair::parse)
        .<@Nullable Usage>map(
            pair -> new Usage.Totals(pair.first(), pair.second(), CounterWidth.BITS_64, epoch))
        .orElse(null);
  }
}
