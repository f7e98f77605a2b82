package dev.mhs.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads and orders IP addresses without ever asking a name server.
 *
 * @since 0.1
 */
public final class IpLiteral {
  /** IPv4 before IPv6, then by value: the order in which addresses are shown. */
  public static final Comparator<InetAddress> ORDER =
      Comparator.<InetAddress>comparingInt(address -> address.getAddress().length)
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
}
