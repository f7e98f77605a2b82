package dev.mhs.api;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads and orders IP addresses without ever asking a name server.
 *
 * @since 0.1
 */
public final class IpLiteral {
  /** IPv4 before IPv6, then by value: the order in which addresses are shown. */
  public static final Comparator<InetAddress> ORDER =
      Comparator.<InetAddress, Boolean>comparing(Inet6Address.class::isInstance)
          .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

  private static final Pattern V4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

  private IpLiteral() {}

  /**
   * Returns the address that a text spells.
   *
   * @param text dotted decimal with four parts, or an IPv6 address (RFC 4291 §2.2) without brackets
   *     and zone
   * @return the address, or empty when the text is no address; a host name is none
   */
  public static Optional<InetAddress> parse(String text) {
    if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text)); // a literal: no look-up happens
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /**
   * Returns the address that a text spells.
   *
   * @param text a text that {@link #parse} accepts
   * @return the address
   * @throws IllegalArgumentException when the text is no IP address
   */
  public static InetAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
  }

  /**
   * Returns the usual spelling of an address: for IPv6 the canonical one of RFC 5952 §4, without a
   * zone.
   *
   * @param address the address
   * @return its spelling
   */
  public static String text(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 16 ? v6Text(octets) : address.getHostAddress();
  }

  private static String v6Text(byte[] octets) {
    int[] groups = new int[8];
    for (int group = 0; group < groups.length; group++) {
      groups[group] = (octets[2 * group] & 0xff) << 8 | (octets[2 * group + 1] & 0xff);
    }
    int gap = -1; // where the longest run of zeros begins, at least two, the first among equals
    int length = 1;
    for (int from = 0; from < groups.length; from++) {
      int to = from;
      while (to < groups.length && groups[to] == 0) {
        to++;
      }
      if (to - from > length) {
        gap = from;
        length = to - from;
      }
    }
    return gap < 0
        ? joined(groups, 0, groups.length)
        : joined(groups, 0, gap) + "::" + joined(groups, gap + length, groups.length);
  }

  private static String joined(int[] groups, int from, int to) {
    return Arrays.stream(groups, from, to)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(":"));
  }
}
