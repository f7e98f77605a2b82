package dev.mhs.source.routeros.map;

import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lies on the household's side of the router.
 *
 * @param prefixes the networks of its interfaces
 * @param own the router's own addresses, those on the line included
 * @param line the household's line
 */
public record Lan(List<Prefix> prefixes, Set<InetAddress> own, Wan line) {
  /** Interfaces behind which no devices of the household are, unless the list LAN says so. */
  private static final Set<String> TUNNELS =
      Set.of(
          "wg",
          "gre",
          "gre-tunnel",
          "gre6-tunnel",
          "eoip",
          "eoipv6-tunnel",
          "ipip-tunnel",
          "ipipv6-tunnel",
          "6to4-tunnel",
          "ovpn-in",
          "ovpn-out",
          "l2tp-in",
          "l2tp-out",
          "pptp-in",
          "pptp-out",
          "sstp-in",
          "sstp-out",
          "pppoe-out",
          "ppp-out",
          "lte",
          "zerotier",
          "loopback",
          "vxlan");

  /** Copies the collections. */
  public Lan {
    prefixes = List.copyOf(prefixes);
    own = Set.copyOf(own);
  }

  /**
   * Finds the networks: those of every interface that is neither the line nor a tunnel, and those
   * of the interface list LAN.
   *
   * @param interfaces {@code /interface}
   * @param members {@code /interface/list/member}
   * @param addresses {@code /ip/address} and {@code /ipv6/address}
   * @param line the household's line
   * @return the household's side
   */
  public static Lan of(List<Row> interfaces, List<Row> members, List<Row> addresses, Wan line) {
    Map<String, String> types = new HashMap<>();
    for (Row row : interfaces) {
      row.text("name").ifPresent(name -> types.put(name, row.word("type").orElse("")));
    }
    Set<String> listed = new HashSet<>();
    for (Row row : members) {
      if (!row.flag("disabled") && row.text("list").orElse("").equals("LAN")) {
        row.text("interface").ifPresent(listed::add);
      }
    }
    Set<Prefix> prefixes = new HashSet<>();
    Set<InetAddress> own = new HashSet<>();
    for (Row row : addresses) {
      Optional<Prefix> address = row.text("address").flatMap(Prefix::parse);
      if (address.isEmpty() || row.flag("disabled") || row.flag("invalid")) {
        continue;
      }
      own.add(address.get().base());
      String name = row.text("actual-interface").or(() -> row.text("interface")).orElse("");
      String type = types.getOrDefault(name, "");
      boolean isHousehold = listed.contains(name) || !TUNNELS.contains(type);
      if (isHousehold && !line.has(name) && !isNarrow(address.get())) {
        prefixes.add(address.get());
      }
    }
    return new Lan(List.copyOf(prefixes), own, line);
  }

  /**
   * Tells whether an address lies in one of the networks.
   *
   * @param address the address
   * @return whether it does; the router's own included
   */
  public boolean has(InetAddress address) {
    for (Prefix prefix : prefixes) {
      if (prefix.contains(address)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether an address names many, or nobody: multicast, broadcast, this machine, link-local.
   *
   * @param address the address
   * @return whether no traffic to or from it is anybody's use of the line
   */
  public boolean isNobody(InetAddress address) {
    if (address.isMulticastAddress()
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || isAllOnes(address)) {
      return true;
    }
    return prefixes.stream().anyMatch(prefix -> prefix.isBroadcast(address));
  }

  private static boolean isAllOnes(InetAddress address) {
    byte[] octets = address.getAddress();
    return octets.length == 4 && (octets[0] & octets[1] & octets[2] & octets[3]) == -1;
  }

  private static boolean isNarrow(Prefix prefix) {
    return prefix.isSingle() || prefix.base().isLinkLocalAddress();
  }
}
