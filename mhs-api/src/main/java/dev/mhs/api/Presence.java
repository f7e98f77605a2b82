package dev.mhs.api;

/**
 * Our conclusion about a device, drawn from the evidence of all sources.
 *
 * @since 0.1
 */
public enum Presence {
  /** Proven to be there lately. */
  ONLINE,
  /** Known and perhaps asleep: not proven lately, not given up either. */
  IDLE,
  /** Not proven for so long, while somebody looked, that it must have left. */
  OFFLINE,
  /** Nobody could look. */
  UNKNOWN
}
