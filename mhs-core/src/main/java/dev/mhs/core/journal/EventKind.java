package dev.mhs.core.journal;

/** What may happen. */
public enum EventKind {
  /** A known device is there again. */
  JOINED,
  /** A device has gone. */
  LEFT,
  /** A device is there that was never met before. */
  NEW_DEVICE,
  /** A device has another IPv4 address. */
  ADDRESS_CHANGED,
  /** A device may be faster or slower than before. */
  LIMIT_CHANGED,
  /** A device was given a name, or another, or lost it. */
  ALIAS_CHANGED,
  /** A source does not answer any more, or not for everything. */
  SOURCE_FAILED,
  /** A source answers again. */
  SOURCE_RECOVERED,
  /** A router or switch was restarted. */
  ROUTER_REBOOTED
}
