package dev.mhs.source.local.parse;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code /proc/net/arp}: a heading, then address, hardware type, flags, hardware address,
 * mask and interface (Linux net/ipv4/arp.c, arp_format_neigh_entry). An entry that failed keeps the
 * hardware address it had.
 */
public final class ArpTableParser {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int COMPLETE = 0x2; // include/uapi/linux/if_arp.h, ATF_COM
  private static final int PERMANENT = 0x4; // ATF_PERM
  private static final int COLUMNS = 6;

  private ArpTableParser() {}

  /**
   * Returns the entries that the table lists.
   *
   * @param text the file
   * @return the entries, in the order of the table; without ages, which it does not tell
   */
  public static List<Neighbor> parse(String text) {
    return text.lines().map(ArpTableParser::entry).flatMap(Optional::stream).toList();
  }

  private static Optional<Neighbor> entry(String line) {
    String[] words = BLANKS.split(line.strip(), -1);
    if (words.length != COLUMNS || !words[1].equals("0x1")) { // ARPHRD_ETHER
      return Optional.empty();
    }
    Optional<InetAddress> address = IpLiteral.parse(words[0]);
    Optional<NeighborState> state = Hex.parse(words[2]).map(ArpTableParser::state);
    if (address.isEmpty() || state.isEmpty()) {
      return Optional.empty();
    }
    MacAddress mac = MacAddress.parse(words[3]).filter(MacAddress::isDevice).orElse(null);
    return Optional.of(new Neighbor(address.get(), words[5], mac, state.get(), null));
  }

  private static NeighborState state(long flags) {
    if ((flags & PERMANENT) != 0) {
      return NeighborState.PERMANENT;
    }
    return (flags & COMPLETE) != 0 ? NeighborState.COMPLETE : NeighborState.UNRESOLVED;
  }
}
