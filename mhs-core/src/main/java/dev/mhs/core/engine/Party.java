package dev.mhs.core.engine;

import dev.mhs.api.DeviceKey;

/** Whose traffic is counted. */
sealed interface Party {
  /**
   * A device.
   *
   * @param key as the source names it
   */
  record OfDevice(DeviceKey key) implements Party {}

  /** The household's line. */
  record Line() implements Party {}

  /** The router or host itself. */
  record Own() implements Party {}
}
