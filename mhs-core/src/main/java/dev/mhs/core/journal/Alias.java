package dev.mhs.core.journal;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;
import java.time.Instant;

/**
 * The name that a person gave a device.
 *
 * @param device the device
 * @param name its name, cleaned
 * @param at when it was given
 * @param by who gave it, in words for people
 */
public record Alias(DeviceKey device, String name, Instant at, String by) implements Entry {
  /** Checks that nothing is missing. */
  public Alias {
    requireNonNull(device, "device is null");
    requireNonNull(name, "name is null");
    requireNonNull(at, "at is null");
    requireNonNull(by, "by is null");
  }

  /**
   * Returns the id of a device's alias.
   *
   * @param device the device
   * @return the id
   */
  public static Id idOf(DeviceKey device) {
    return new Id(Kind.ALIAS, device.toString());
  }

  @Override
  public Id id() {
    return idOf(device);
  }

  /**
   * Returns the same name of the same device, known by another key.
   *
   * @param key the new key
   * @return the alias
   */
  public Alias of(DeviceKey key) {
    return new Alias(key, name, at, by);
  }
}
