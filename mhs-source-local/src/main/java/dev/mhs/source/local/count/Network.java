package dev.mhs.source.local.count;

import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;

/**
 * A range of addresses.
 *
 * @param base its first address
 * @param prefixLength how many leading bits are the same in all of them
 */
public record Network(InetAddress base, int prefixLength) implements Comparable<Network> {
  private static final Comparator<Network> ORDER =
      Comparator.comparing(Network::base, IpLiteral.ORDER).thenComparingInt(Network::prefixLength);

  static Network of(InetAddress member, int prefixLength) {
    byte[] octets = member.getAddress();
    for (int bit = prefixLength; bit < octets.length * Byte.SIZE; bit++) {
      octets[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    try {
      return new Network(InetAddress.getByAddress(octets), prefixLength);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible); // the length was an address's
    }
  }

  boolean isIpv4() {
    return base.getAddress().length == 4;
  }

  @Override
  public int compareTo(Network other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return IpLiteral.text(base) + "/" + prefixLength;
  }
}
