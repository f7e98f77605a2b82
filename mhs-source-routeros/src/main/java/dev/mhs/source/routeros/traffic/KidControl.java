package dev.mhs.source.routeros.traffic;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.parse.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the counters that kid control keeps by device, where it is in use. */
public final class KidControl {
  private KidControl() {}

  /**
   * Makes the usage of each device.
   *
   * @param rows {@code /ip/kid-control/device}
   * @param epoch changes whenever the box's counters began anew
   * @return totals by device; a row without MAC address or counters is left out
   */
  public static Map<DeviceKey, Usage> usage(List<Row> rows, long epoch) {
    Map<DeviceKey, Usage> usage = new HashMap<>();
    for (Row row : rows) {
      var down = row.number("bytes-down");
      var up = row.number("bytes-up");
      if (down.isPresent() && up.isPresent() && !row.flag("disabled")) {
        Usage totals =
            new Usage.Totals(down.getAsLong(), up.getAsLong(), CounterWidth.BITS_64, epoch);
        row.mac("mac-address").ifPresent(mac -> usage.put(new DeviceKey.ByMac(mac), totals));
      }
    }
    return usage;
  }
}
