package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One reason to believe that a device is, or is not, on the network.
 *
 * @param kind what was observed
 * @param at when the device showed it, not when it was read; must not lie in the future
 * @param detail what a person may want to read about it, or null
 * @since 0.1
 */
public record Evidence(Kind kind, Instant at, @Nullable String detail) {
  /** How much a kind of evidence says. */
  public enum Weight {
    /** The device was there at that moment. */
    PROOF,
    /** It may still be there: a memory of the network, not an answer. */
    HINT,
    /** It was asked and did not answer. */
    DENIAL
  }

  /** What was observed. */
  public enum Kind {
    /** It answered a probe of ours (ARP, ICMP, NDP). */
    ANSWERED(Weight.PROOF),
    /**
     * The neighbor cache holds it as confirmed: RFC 4861 §7.3.2 REACHABLE, DELAY or PROBE; RouterOS
     * {@code /ip/arp} reachable, delay, probe.
     */
    NEIGHBOR_REACHABLE(Weight.PROOF),
    /** It is associated with an access point. */
    WIFI_ASSOCIATED(Weight.PROOF),
    /** Bytes of its own were counted. */
    TRAFFIC(Weight.PROOF),
    /** It is the machine that observes. */
    SELF(Weight.PROOF),
    /** The neighbor cache holds it, unconfirmed (STALE, or permanent). */
    NEIGHBOR_STALE(Weight.HINT),
    /** A DHCP server holds a bound lease for it. */
    LEASE(Weight.HINT),
    /** A bridge holds its MAC address in its forwarding table. */
    BRIDGE_HOST(Weight.HINT),
    /** The neighbor cache gave up on it (FAILED). */
    NEIGHBOR_FAILED(Weight.DENIAL);

    private final Weight weight;

    Kind(Weight weight) {
      this.weight = weight;
    }

    /**
     * Returns how much this kind says.
     *
     * @return the weight
     */
    public Weight weight() {
      return weight;
    }
  }

  /** Checks that kind and time are there. */
  public Evidence {
    requireNonNull(kind, "kind is null");
    requireNonNull(at, "at is null");
  }

  /**
   * Makes evidence without a detail.
   *
   * @param kind what was observed
   * @param at when the device showed it
   */
  public Evidence(Kind kind, Instant at) {
    this(kind, at, null);
  }
}
