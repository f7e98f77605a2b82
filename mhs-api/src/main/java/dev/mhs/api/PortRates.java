package dev.mhs.api;

import static java.util.Objects.requireNonNull;

/**
 * What a port moves now, made by the core from two readings of its counters.
 *
 * @param rx what the port receives
 * @param tx what the port transmits
 * @since 0.1
 */
public record PortRates(BitRate rx, BitRate tx) {
  /** Checks that both are there. */
  public PortRates {
    requireNonNull(rx, "rx is null");
    requireNonNull(tx, "tx is null");
  }
}
