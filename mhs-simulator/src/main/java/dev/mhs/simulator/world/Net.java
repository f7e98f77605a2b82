package dev.mhs.simulator.world;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A network, or a single address as the narrowest of them.
 *
 * @param base its first address
 * @param length how many bits of it are common
 */
record Net(InetAddress base, int length) {
  /** Reads {@code 192.168.88.0/24}, {@code 192.168.88.10}, {@code 2001:db8::/64}. */
  static Optional<Net> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    // Nothing but literals: a name would be looked up.
    if (!address.matches("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      byte[] octets = InetAddress.getByName(address).getAddress();
      int length = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (length < 0 || length > octets.length * 8) {
        return Optional.empty();
      }
      for (int bit = length; bit < octets.length * 8; bit++) {
        octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
      }
      return Optional.of(new Net(InetAddress.getByAddress(octets), length));
    } catch (UnknownHostException | NumberFormatException wrong) {
      return Optional.empty();
    }
  }

  boolean isSix() {
    return base.getAddress().length == 16;
  }

  boolean isSingle() {
    return length == base.getAddress().length * 8;
  }

  boolean contains(InetAddress address) {
    byte[] one = base.getAddress();
    byte[] other = address.getAddress();
    if (one.length != other.length) {
      return false;
    }
    int whole = length / 8;
    if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = length % 8;
    int mask = 0xFF << (8 - rest);
    return rest == 0 || (one[whole] & mask) == (other[whole] & mask);
  }

  /** Returns the form that RouterOS prints. */
  @Override
  public String toString() {
    return Addresses.text(base) + "/" + length;
  }
}
