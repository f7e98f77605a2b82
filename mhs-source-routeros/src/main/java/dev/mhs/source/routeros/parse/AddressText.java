package dev.mhs.source.routeros.parse;

import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Reads the address out of the forms in which RouterOS writes one: {@code 192.0.2.1}, {@code
 * 192.0.2.1:443} (before the port had a key of its own), {@code [2001:db8::1]:443}, {@code
 * 192.0.2.1/24}, {@code 192.0.2.1%ether1}.
 */
public final class AddressText {
  private AddressText() {}

  /**
   * Returns the address alone.
   *
   * @param text one of the forms
   * @return the address, or empty when there is none in it
   */
  public static Optional<InetAddress> parse(String text) {
    return IpLiteral.parse(bare(text.strip()));
  }

  private static String bare(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      return end < 0 ? "" : bare(text.substring(1, end));
    }
    String address = before(before(text, '/'), '%');
    int colon = address.indexOf(':');
    boolean isV4WithPort = colon >= 0 && colon == address.lastIndexOf(':');
    return isV4WithPort ? address.substring(0, colon) : address;
  }

  private static String before(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }
}
