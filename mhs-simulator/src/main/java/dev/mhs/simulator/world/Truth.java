package dev.mhs.simulator.world;

import java.util.Map;

/**
 * What was truly moved over the household's line since the world began; IP bytes, which no reboot
 * takes away.
 *
 * @param devices by MAC address as RouterOS prints it; every device of the household is in it
 * @param own by the router itself
 * @param line in all
 */
public record Truth(Map<String, Moved> devices, Moved own, Moved line) {
  /** Copies the map. */
  public Truth {
    devices = Map.copyOf(devices);
  }

  /**
   * Returns what a device moved.
   *
   * @param mac its MAC address
   * @return its bytes
   */
  public Moved device(String mac) {
    return devices.getOrDefault(mac, Moved.NOTHING);
  }

  /**
   * Returns what was moved since.
   *
   * @param before an earlier truth of the same world
   * @return the difference
   */
  public Truth minus(Truth before) {
    Map<String, Moved> grown = new java.util.HashMap<>();
    devices.forEach((mac, moved) -> grown.put(mac, moved.minus(before.device(mac))));
    return new Truth(grown, own.minus(before.own), line.minus(before.line));
  }
}
