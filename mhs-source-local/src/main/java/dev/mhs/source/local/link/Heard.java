package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import java.net.Inet4Address;
import org.jspecify.annotations.Nullable;

/** What a frame said. */
public sealed interface Heard {
  /**
   * Somebody told where an address is (RFC 826).
   *
   * @param mac who tells
   * @param address the address that it claims to have
   * @param answerTo whom it answers, or null when it asks somebody else or tells everybody
   */
  record Arp(MacAddress mac, Inet4Address address, @Nullable MacAddress answerTo)
      implements Heard {}

  /**
   * A client asked for a lease (RFC 2131).
   *
   * @param mac the client
   * @param name its host name in its own words (RFC 2132 §3.14)
   */
  record LeaseRequest(MacAddress mac, String name) implements Heard {}

  /** A datagram of multicast DNS (RFC 6762). */
  final class NameMessage implements Heard {
    private final Inet4Address from;
    private final byte[] message;

    NameMessage(Inet4Address from, byte[] message) {
      this.from = from;
      this.message = message;
    }

    /**
     * Returns who sent it.
     *
     * @return its address
     */
    public Inet4Address from() {
      return from;
    }

    /**
     * Returns what it says, to be parsed.
     *
     * @return a copy
     */
    public byte[] message() {
      return message.clone();
    }
  }
}
