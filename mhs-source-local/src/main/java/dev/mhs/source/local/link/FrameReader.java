package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads what matters of an Ethernet frame. Pure; anything that is cut off, contradicts itself or
 * belongs to another VLAN says nothing.
 */
public final class FrameReader {
  private static final int VLAN_TAG = 0x8100; // IEEE 802.1Q §9.6
  private static final int ARP = 0x0806;
  private static final int IPV4 = 0x0800;
  private static final int ETHERNET = 14;
  private static final int UDP = 17;
  private static final int DHCP_SERVER = 67;
  private static final int DHCP_CLIENT = 68;
  private static final int MULTICAST_DNS = 5353;

  private FrameReader() {}

  /**
   * Reads a frame.
   *
   * @param frame its octets from the destination address on, without the checksum
   * @return what it said, empty when that is nothing for us
   */
  public static Optional<Heard> read(byte[] frame) {
    if (frame.length < ETHERNET) {
      return Optional.empty();
    }
    int type = Octets.two(frame, 12);
    int start = ETHERNET;
    if (type == VLAN_TAG && frame.length >= ETHERNET + 4) {
      boolean isOtherNetwork = (Octets.two(frame, 14) & 0xfff) != 0; // 0 only marks a priority
      type = isOtherNetwork ? VLAN_TAG : Octets.two(frame, 16);
      start = ETHERNET + 4;
    }
    return switch (type) {
      case ARP -> arp(frame, start);
      case IPV4 -> datagram(frame, start);
      default -> Optional.empty();
    };
  }

  private static Optional<Heard> arp(byte[] frame, int at) {
    boolean isArp =
        frame.length >= at + 28
            && Octets.two(frame, at) == 1 // Ethernet
            && Octets.two(frame, at + 2) == IPV4
            && frame[at + 4] == 6
            && frame[at + 5] == 4;
    int operation = isArp ? Octets.two(frame, at + 6) : 0;
    if (operation != 1 && operation != 2) {
      return Optional.empty();
    }
    MacAddress sender = Octets.mac(frame, at + 8);
    Inet4Address address = address(frame, at + 14);
    // Who only tries whether an address is free has none yet (RFC 5227 §2.1.1).
    if (!sender.isDevice() || address.isAnyLocalAddress()) {
      return Optional.empty();
    }
    MacAddress target = operation == 2 ? Octets.mac(frame, at + 18) : null;
    return Optional.of(new Heard.Arp(sender, address, target));
  }

  private static Optional<Heard> datagram(byte[] frame, int at) {
    if (frame.length < at + 20 || (frame[at] & 0xf0) != 0x40) {
      return Optional.empty();
    }
    int header = (frame[at] & 0xf) * 4;
    int end = at + Octets.two(frame, at + 2);
    boolean isPiece = (Octets.two(frame, at + 6) & 0x3fff) != 0; // more fragments, or an offset
    int start = at + header;
    if (header < 20 || end > frame.length || isPiece || frame[at + 9] != UDP || start + 8 > end) {
      return Optional.empty();
    }
    int length = Octets.two(frame, start + 4);
    if (length < 8 || start + length > end) {
      return Optional.empty();
    }
    byte[] payload = Arrays.copyOfRange(frame, start + 8, start + length);
    int from = Octets.two(frame, start);
    if (from == DHCP_CLIENT && Octets.two(frame, start + 2) == DHCP_SERVER) {
      return LeaseRequests.read(payload);
    }
    return from == MULTICAST_DNS
        ? Optional.of(new Heard.NameMessage(address(frame, at + 12), payload))
        : Optional.empty();
  }

  private static Inet4Address address(byte[] frame, int at) {
    try {
      return (Inet4Address) InetAddress.getByAddress(Arrays.copyOfRange(frame, at, at + 4));
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("four octets are an IPv4 address", wrongLength);
    }
  }
}
