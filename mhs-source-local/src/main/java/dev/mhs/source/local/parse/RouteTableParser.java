package dev.mhs.source.local.parse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the default routes from {@code /proc/net/route} and {@code /proc/net/ipv6_route}. */
public final class RouteTableParser {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern V4 = Pattern.compile("[0-9A-Fa-f]{8}");
  private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f]{32}");
  private static final String V4_ANY = "00000000";
  private static final String V6_ANY = "0".repeat(32);
  private static final long UP = 0x1; // include/uapi/linux/route.h, RTF_UP
  private static final long REJECT = 0x200; // RTF_REJECT: "unreachable"

  private RouteTableParser() {}

  /**
   * Returns the IPv4 default routes: Iface, Destination, Gateway, Flags, RefCnt, Use, Metric, Mask
   * (Linux net/ipv4/fib_trie.c, fib_route_seq_show).
   *
   * @param text the file
   * @return the routes, the one that is taken first
   */
  public static List<DefaultRoute> ipv4(String text) {
    return routes(text, RouteTableParser::ipv4Route);
  }

  /**
   * Returns the IPv6 default routes: destination, its prefix length, source, its prefix length,
   * next hop, metric, references, uses, flags, interface (Linux net/ipv6/route.c, rt6_info_route).
   *
   * @param text the file
   * @return the routes, the one that is taken first
   */
  public static List<DefaultRoute> ipv6(String text) {
    return routes(text, RouteTableParser::ipv6Route);
  }

  private static List<DefaultRoute> routes(
      String text, Function<String[], Optional<DefaultRoute>> reader) {
    return text.lines()
        .map(line -> reader.apply(BLANKS.split(line.strip(), -1)))
        .flatMap(Optional::stream)
        .sorted(Comparator.comparingLong(DefaultRoute::metric))
        .toList();
  }

  private static Optional<DefaultRoute> ipv4Route(String[] words) {
    if (words.length < 8
        || !words[1].equals(V4_ANY)
        || !words[7].equals(V4_ANY)
        || !V4.matcher(words[2]).matches()
        || !isUsable(words[3])) {
      return Optional.empty();
    }
    byte[] gateway = hostOrder(HexFormat.of().parseHex(words[2]));
    return decimal(words[6]).map(metric -> new DefaultRoute(words[0], address(gateway), metric));
  }

  private static Optional<DefaultRoute> ipv6Route(String[] words) {
    if (words.length < 10
        || !words[0].equals(V6_ANY)
        || !words[1].equals("00")
        || !V6.matcher(words[4]).matches()
        || !isUsable(words[8])
        || words[9].equals("lo")) {
      return Optional.empty();
    }
    byte[] gateway = HexFormat.of().parseHex(words[4]);
    return Hex.parse(words[5]).map(metric -> new DefaultRoute(words[9], address(gateway), metric));
  }

  private static boolean isUsable(String flags) {
    return Hex.parse(flags).filter(bits -> (bits & (UP | REJECT)) == UP).isPresent();
  }

  /** The kernel prints IPv4 addresses as a number in the byte order of the machine. */
  private static byte[] hostOrder(byte[] printed) {
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      return printed;
    }
    return new byte[] {printed[3], printed[2], printed[1], printed[0]};
  }

  private static @Nullable InetAddress address(byte[] octets) {
    try {
      InetAddress address = InetAddress.getByAddress(octets);
      return address.isAnyLocalAddress() ? null : address;
    } catch (UnknownHostException wrongLength) {
      throw new IllegalArgumentException("not an address of 4 or 16 octets", wrongLength);
    }
  }

  private static Optional<Long> decimal(String digits) {
    return digits.matches("\\d{1,10}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }
}
