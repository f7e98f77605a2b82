package dev.mhs.simulator.world;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses and their texts. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads a literal that is known to be one.
   *
   * @param literal such as {@code 192.168.88.10}
   * @return the address
   */
  static InetAddress of(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException wrong) {
      throw new IllegalArgumentException(literal + " is no address", wrong);
    }
  }

  /**
   * Returns the text that RouterOS prints: IPv6 with its longest run of zeros shortened (RFC 5952).
   *
   * @param address the address
   * @return the text
   */
  public static String text(InetAddress address) {
    return address instanceof Inet6Address
        ? shortened(address.getAddress())
        : address.getHostAddress();
  }

  private static String shortened(byte[] octets) {
    int[] groups = new int[8];
    for (int place = 0; place < 8; place++) {
      groups[place] = (octets[2 * place] & 0xFF) << 8 | (octets[2 * place + 1] & 0xFF);
    }
    int from = 0;
    int most = 0;
    for (int place = 0; place < 8; place++) {
      int run = place;
      while (run < 8 && groups[run] == 0) {
        run++;
      }
      if (run - place > most) {
        from = place;
        most = run - place;
      }
    }
    return most < 2
        ? joined(groups, 0, 8)
        : joined(groups, 0, from) + "::" + joined(groups, from + most, 8);
  }

  private static String joined(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int place = from; place < to; place++) {
      text.append(place > from ? ":" : "").append(Integer.toHexString(groups[place]));
    }
    return text.toString();
  }
}
