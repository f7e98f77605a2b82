package dev.mhs.source.local.count;

import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A range of addresses.
 *
 * @param base its first address
 * @param prefixLength how many leading bits are the same in all of them
 */
public record Network(InetAddress base, int prefixLength) implements Comparable<Network> {
  private static final Comparator<Network> ORDER =
      Comparator.comparing(Network::base, IpLiteral.ORDER).thenComparingInt(Network::prefixLength);

  private static final List<Network> NOWHERE_4 =
      nowhere(true).stream().map(Network::parse).toList();

  private static final List<Network> NOWHERE_6 =
      nowhere(false).stream().map(Network::parse).toList();

  /**
   * Returns the range to which an address belongs.
   *
   * @param member the address
   * @param prefixLength how many leading bits are the same in the whole range
   * @return the range
   */
  public static Network of(InetAddress member, int prefixLength) {
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

  /**
   * Returns what is not a household's, but not the internet's either: link-local, multicast,
   * broadcast.
   *
   * @param isIpv4 of which family
   * @return the ranges, as they are written
   */
  public static List<String> nowhere(boolean isIpv4) {
    return isIpv4
        ? List.of("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3")
        : List.of("::/8", "fe80::/10", "ff00::/8");
  }

  /**
   * Returns {@linkplain #nowhere(boolean) those ranges} of both families.
   *
   * @return the ranges
   */
  public static List<Network> nowhere() {
    return Stream.concat(NOWHERE_4.stream(), NOWHERE_6.stream()).toList();
  }

  /**
   * Tells whether an address is neither a household's nor the internet's.
   *
   * @param address any address
   * @return whether it is in one of {@linkplain #nowhere those ranges}
   */
  public static boolean isNowhere(InetAddress address) {
    return (address.getAddress().length == 4 ? NOWHERE_4 : NOWHERE_6)
        .stream().anyMatch(each -> each.holds(address));
  }

  private static Network parse(String text) {
    String[] parts = text.split("/", 2);
    return of(IpLiteral.of(parts[0]), Integer.parseInt(parts[1]));
  }

  /**
   * Tells whether an address is within.
   *
   * @param address any address
   * @return whether it is one of the range's
   */
  public boolean holds(InetAddress address) {
    return address.getAddress().length == base.getAddress().length
        && of(address, prefixLength).equals(this);
  }

  /**
   * Tells of which family it is.
   *
   * @return whether it is one of IPv4 addresses
   */
  public boolean isIpv4() {
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
