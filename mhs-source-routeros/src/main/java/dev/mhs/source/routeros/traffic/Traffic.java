package dev.mhs.source.routeros.traffic;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import java.time.Duration;
import java.util.Map;

/**
 * What was moved between two readings of a table.
 *
 * @param devices by device, over the line
 * @param own by the router itself, over the line
 * @param over the measured time between the readings
 */
public record Traffic(Map<DeviceKey, Usage> devices, Usage own, Duration over) {
  /** Copies the map. */
  public Traffic {
    devices = Map.copyOf(devices);
  }
}
