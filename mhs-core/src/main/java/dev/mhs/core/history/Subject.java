package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.DeviceKey;

/** Whose traffic is kept: a device's, or that of the household's line. */
public sealed interface Subject {
  /** The household's line to its provider (the WAN). */
  Subject LINE = new Line();

  /** The household's line; there is one. */
  record Line() implements Subject {}

  /**
   * A device.
   *
   * @param key its identity
   */
  record OfDevice(DeviceKey key) implements Subject {
    /** Checks that there is a key. */
    public OfDevice {
      requireNonNull(key, "key is null");
    }
  }

  /**
   * Returns the subject for a device.
   *
   * @param key its identity
   * @return the subject
   */
  static Subject of(DeviceKey key) {
    return new OfDevice(key);
  }
}
