package dev.mhs.api;

/**
 * What a source can be asked for.
 *
 * @since 0.1
 */
public enum Capability {
  /** Who is there. One source answers at a time. */
  DEVICES,
  /** Who moved how many bytes. One source answers at a time. */
  BANDWIDTH,
  /** What the sockets of routers, switches and this host do. All sources answer together. */
  PORTS,
  /** Slowing a device down. One source answers at a time. */
  LIMITS
}
