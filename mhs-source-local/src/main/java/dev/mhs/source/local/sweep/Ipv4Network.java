package dev.mhs.source.local.sweep;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A directly connected IPv4 network.
 *
 * @param interfaceName the interface that it is on
 * @param own this machine's address in it
 * @param prefixLength how many leading bits name it, 0 to 32
 */
public record Ipv4Network(String interfaceName, Inet4Address own, int prefixLength) {
  /** Checks the prefix. */
  public Ipv4Network {
    if (prefixLength < 0 || prefixLength > Integer.SIZE) {
      throw new IllegalArgumentException("a prefix has 0 to 32 bits: " + prefixLength);
    }
  }

  /**
   * Returns how many addresses hosts may have in it, its own name and its broadcast left out.
   *
   * @return the number; 0 for /31 and /32, which have no others (RFC 3021)
   */
  public long hosts() {
    return prefixLength >= 31 ? 0 : (1L << (Integer.SIZE - prefixLength)) - 2;
  }

  /**
   * Returns the addresses nearest to our own, nearest first, without our own.
   *
   * @param most how many at most
   * @return the addresses; all of the network if it has no more than that
   */
  public List<InetAddress> nearest(int most) {
    long here = number(own);
    long first = (here & -(1L << (Integer.SIZE - prefixLength))) + 1;
    long last = first + hosts() - 1;
    List<InetAddress> found = new ArrayList<>();
    for (long step = 1; found.size() < most; step++) {
      if (here - step < first && here + step > last) {
        break;
      }
      if (here - step >= first) {
        found.add(address(here - step));
      }
      if (here + step <= last && found.size() < most) {
        found.add(address(here + step));
      }
    }
    return found;
  }

  /**
   * Tells whether an address belongs to it.
   *
   * @param address any address
   * @return whether it is directly connected
   */
  public boolean contains(InetAddress address) {
    long mask = -(1L << (Integer.SIZE - prefixLength));
    return address instanceof Inet4Address other && (number(other) & mask) == (number(own) & mask);
  }

  /**
   * Tells whether a host other than us may have an address.
   *
   * @param address any address
   * @return whether it lies in this network, and is neither ours, the network's nor the broadcast's
   */
  public boolean isHost(InetAddress address) {
    if (!contains(address) || address.equals(own)) {
      return false;
    }
    long below = number((Inet4Address) address) & ~-(1L << (Integer.SIZE - prefixLength));
    return prefixLength >= 31 || (below != 0 && below != hosts() + 1);
  }

  /**
   * Tells whether its addresses are for use inside households and companies (RFC 1918). Those of
   * the public internet and between a provider and its customers (RFC 6598) belong to others.
   *
   * @return whether it is private
   */
  public boolean isPrivate() {
    return own.isSiteLocalAddress();
  }

  /** Returns the usual spelling, such as {@code 192.168.88.0/24}. */
  @Override
  public String toString() {
    long mask = -(1L << (Integer.SIZE - prefixLength));
    return address(number(own) & mask).getHostAddress() + "/" + prefixLength;
  }

  private static long number(Inet4Address address) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt());
  }

  private static InetAddress address(long number) {
    try {
      return InetAddress.getByAddress(
          ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array());
    } catch (UnknownHostException wrongLength) {
      throw new IllegalStateException("four octets are an IPv4 address", wrongLength);
    }
  }
}
