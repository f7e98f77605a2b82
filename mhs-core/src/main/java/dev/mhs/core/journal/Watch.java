package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;
import java.time.Instant;

/**
 * Whether somebody wants to be told when a device goes. A device that nobody has decided about has
 * none.
 *
 * @param device the device
 * @param wanted whether they want it
 * @param at when they said so
 * @param by who said so, in words for people
 */
public record Watch(DeviceKey device, boolean wanted, Instant at, String by) implements Entry {
  /** Checks that nothing is missing. */
  public Watch {
    requireNonNull(device, "device is null");
    requireNonNull(at, "at is null");
    requireNonNull(by, "by is null");
  }

  /**
   * Returns the id of what was decided about a device.
   *
   * @param device the device
   * @return the id
   */
  public static Id idOf(DeviceKey device) {
    return new Id(Kind.WATCH, device.toString());
  }

  @Override
  public Id id() {
    return idOf(device);
  }

  /**
   * Returns the same decision about the same device, known by another key.
   *
   * @param key the new key
   * @return the decision
   */
  public Watch of(DeviceKey key) {
    return new Watch(key, wanted, at, by);
  }
}
