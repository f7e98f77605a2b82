package dev.mhs.source.routeros.parse;

import static java.util.Objects.requireNonNull;

import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, such as {@code 192.168.88.0/24}.
 *
 * @param base an address within it; bits beyond the length do not matter
 * @param length how many leading bits its addresses share
 */
public record Prefix(InetAddress base, int length) {
  /** Checks that the length fits the address family. */
  public Prefix {
    requireNonNull(base, "base is null");
    if (length < 0 || length > base.getAddress().length * 8) {
      throw new IllegalArgumentException("no prefix: " + base + "/" + length);
    }
  }

  /**
   * Returns the prefix of one address.
   *
   * @param address the address
   * @return {@code address/32} or {@code address/128}
   */
  public static Prefix single(InetAddress address) {
    return new Prefix(address, address.getAddress().length * 8);
  }

  /**
   * Reads a prefix.
   *
   * @param text {@code address/length}, or an address alone, which is a prefix of one
   * @return the prefix, or empty when the text is none
   */
  public static Optional<Prefix> parse(String text) {
    Optional<InetAddress> base = AddressText.parse(text);
    if (base.isEmpty()) {
      return Optional.empty();
    }
    int bits = base.get().getAddress().length * 8;
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.of(new Prefix(base.get(), bits));
    }
    String length = text.substring(slash + 1).strip();
    if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
      return Optional.empty();
    }
    return Optional.of(new Prefix(base.get(), Integer.parseInt(length)));
  }

  /**
   * Tells whether an address lies within.
   *
   * @param address the address
   * @return whether it does; never for one of the other family
   */
  public boolean contains(InetAddress address) {
    return sharesBits(base.getAddress(), address.getAddress(), length);
  }

  /**
   * Tells whether two prefixes have an address in common.
   *
   * @param other the other one
   * @return whether they overlap
   */
  public boolean overlaps(Prefix other) {
    return sharesBits(base.getAddress(), other.base.getAddress(), Math.min(length, other.length));
  }

  /**
   * Tells whether another prefix lies within altogether.
   *
   * @param other the other one
   * @return whether every address of it does
   */
  public boolean covers(Prefix other) {
    return length <= other.length && contains(other.base);
  }

  /**
   * Tells whether exactly one address lies within.
   *
   * @return whether it is a {@code /32} (or {@code /128})
   */
  public boolean isSingle() {
    return length == base.getAddress().length * 8;
  }

  /**
   * Tells whether an address is the broadcast address of an IPv4 prefix.
   *
   * @param address the address
   * @return whether it is
   */
  public boolean isBroadcast(InetAddress address) {
    byte[] octets = address.getAddress();
    if (octets.length != 4 || length > 30 || !contains(address)) {
      return false;
    }
    int hostMask = (int) (0xffff_ffffL >>> length);
    return (asInt(octets) & hostMask) == hostMask;
  }

  /** Returns it as RouterOS writes it. */
  @Override
  public String toString() {
    return IpLiteral.text(base) + "/" + length;
  }

  private static int asInt(byte[] octets) {
    return (octets[0] & 0xff) << 24
        | (octets[1] & 0xff) << 16
        | (octets[2] & 0xff) << 8
        | (octets[3] & 0xff);
  }

  private static boolean sharesBits(byte[] one, byte[] other, int bits) {
    if (one.length != other.length) {
      return false;
    }
    int whole = bits / 8;
    for (int at = 0; at < whole; at++) {
      if (one[at] != other[at]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >>> (8 - rest) == 0;
  }
}
