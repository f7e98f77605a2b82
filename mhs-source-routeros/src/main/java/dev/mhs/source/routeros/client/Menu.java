package dev.mhs.source.routeros.client;

import java.util.List;
import java.util.stream.Stream;

/**
 * The menus that are read, each with the keys that are used of it: an answer without the others is
 * shorter, and faster for the router to make. Unknown keys are ignored by every version.
 *
 * <p>Origin of the names: RouterOS console schema 7.9.2 to 7.24.
 */
public enum Menu {
  /** Version, model and uptime. */
  RESOURCE("system/resource", "uptime", "version", "board-name"),
  /** What the owner calls the box. */
  IDENTITY("system/identity", "name"),
  /** The model; MikroTik's own hardware only. */
  ROUTERBOARD("system/routerboard", "model", "board-name", "serial-number"),
  /** The users, which group each is in; no secrets are in there. */
  USER("user", "name", "group"),
  /** What each group of users may do. */
  USER_GROUP("user/group", "name", "policy"),
  /** Every interface with its counters. */
  INTERFACE(
      "interface",
      ".id",
      "name",
      "default-name",
      "type",
      "running",
      "disabled",
      "mac-address",
      "comment",
      "rx-byte",
      "tx-byte",
      "rx-error",
      "tx-error",
      "link-downs"),
  /** The counters at the sockets of ethernet and SFP ports. */
  ETHERNET("interface/ethernet", "name", "rx-bytes", "tx-bytes"),
  /** Which interface belongs to which list, such as WAN. */
  LIST_MEMBER("interface/list/member", "list", "interface", "disabled"),
  /** PPPoE clients and the interface below each; its password is not asked for. */
  PPPOE_CLIENT("interface/pppoe-client", "name", "interface", "running", "disabled"),
  /** VLAN interfaces and the interface below each. */
  VLAN("interface/vlan", "name", "interface", "disabled"),
  /** Which interfaces are joined by a bridge. */
  BRIDGE_PORT("interface/bridge/port", "interface", "bridge"),
  /** Which interfaces are joined by a bond. */
  BONDING("interface/bonding", "name", "slaves"),
  /** Who is behind which bridge port. */
  BRIDGE_HOST(
      "interface/bridge/host",
      "mac-address",
      "on-interface",
      "interface",
      "bridge",
      "local",
      "disabled",
      "invalid"),
  /** Wireless clients, package wifi (from 7.13). */
  WIFI_REGISTRATION(
      "interface/wifi/registration-table",
      "mac-address",
      "interface",
      "ssid",
      "authorized",
      "last-activity",
      "signal",
      "uptime",
      "bytes",
      "comment"),
  /** Wireless clients, package wireless (part of the system up to 7.12). */
  WIRELESS_REGISTRATION(
      "interface/wireless/registration-table",
      "mac-address",
      "interface",
      "ap",
      "last-activity",
      "signal-strength",
      "uptime",
      "bytes",
      "comment"),
  /** Radios of the package wireless with the names of their networks. */
  WIRELESS("interface/wireless", "name", "ssid"),
  /** Wireless clients behind a CAPsMAN of the old kind. */
  CAPSMAN_REGISTRATION(
      "caps-man/registration-table",
      "mac-address",
      "interface",
      "ssid",
      "last-activity",
      "uptime",
      "bytes",
      "comment"),
  /** The router's IPv4 addresses. */
  ADDRESS("ip/address", "address", "interface", "actual-interface", "disabled", "invalid"),
  /** The router's IPv6 addresses. */
  ADDRESS6("ipv6/address", "address", "interface", "actual-interface", "disabled", "invalid"),
  /** Routes; to be narrowed to the default routes. */
  ROUTE(
      "ip/route",
      "dst-address",
      "active",
      "disabled",
      "distance",
      "routing-table",
      "immediate-gw",
      "gateway"),
  /** DHCP clients, mostly towards the provider. */
  DHCP_CLIENT("ip/dhcp-client", "interface", "status", "disabled"),
  /** The neighbor table of IPv4. */
  ARP(
      "ip/arp",
      "address",
      "mac-address",
      "interface",
      "status",
      "complete",
      "disabled",
      "invalid",
      "comment"),
  /** The neighbor table of IPv6. */
  NEIGHBOR6("ipv6/neighbor", "address", "mac-address", "interface", "status", "disabled"),
  /** What the DHCP server promised to whom. */
  LEASE(
      "ip/dhcp-server/lease",
      "address",
      "mac-address",
      "active-address",
      "active-mac-address",
      "host-name",
      "comment",
      "status",
      "last-seen",
      "expires-after",
      "dynamic",
      "disabled"),
  /** Names that the router itself answers for. */
  DNS_STATIC("ip/dns/static", "name", "address", "type", "disabled"),
  /** Counters of devices, where kid control is in use. */
  KID_CONTROL("ip/kid-control/device", "mac-address", "bytes-up", "bytes-down", "disabled"),
  /** Whether packets may take the fast path. */
  IP_SETTINGS("ip/settings", "allow-fast-path", "ipv4-fasttrack-active"),
  /** Whether IPv6 packets may take the fast path (from 7.18). */
  IPV6_SETTINGS("ipv6/settings", "allow-fast-path"),
  /** Firewall rules of IPv4 in their order. */
  FILTER("ip/firewall/filter", Matchers.RULE_KEYS_4),
  /** Firewall rules of IPv6 in their order. */
  FILTER6("ipv6/firewall/filter", Matchers.RULE_KEYS_6),
  /** Mangle rules of IPv4; to be narrowed to those that speed connections up. */
  MANGLE("ip/firewall/mangle", ".id", "chain", "action", "disabled", "dynamic", "invalid"),
  /** Address lists of the firewall; to be narrowed to ours. */
  ADDRESS_LIST("ip/firewall/address-list", Matchers.LIST_KEYS),
  /** The same for IPv6. */
  ADDRESS_LIST6("ipv6/firewall/address-list", Matchers.LIST_KEYS),
  /** Simple queues in their order. */
  QUEUE(
      "queue/simple",
      ".id",
      "name",
      "target",
      "dst",
      "max-limit",
      "parent",
      "packet-marks",
      "time",
      "bytes",
      "disabled",
      "dynamic",
      "invalid",
      "comment"),
  /** Connections of IPv4 with their counters. */
  CONNECTION(
      "ip/firewall/connection",
      ".id",
      "protocol",
      "src-address",
      "src-port",
      "dst-address",
      "dst-port",
      "reply-src-address",
      "orig-bytes",
      "repl-bytes",
      "orig-fasttrack-bytes",
      "repl-fasttrack-bytes",
      "hw-offload"),
  /** Connections of IPv6 with their counters. */
  CONNECTION6(
      "ipv6/firewall/connection",
      ".id",
      "protocol",
      "src-address",
      "src-port",
      "dst-address",
      "dst-port",
      "reply-src-address",
      "orig-bytes",
      "repl-bytes",
      "orig-fasttrack-bytes",
      "repl-fasttrack-bytes",
      "hw-offload"),
  /** Whether bytes are counted by pairs of addresses; no version that has REST has it. */
  ACCOUNTING("ip/accounting", "enabled", "threshold"),
  /** What was counted before the last snapshot was taken. */
  ACCOUNTING_SNAPSHOT("ip/accounting/snapshot", "src-address", "dst-address", "bytes"),
  /** What the table had no room for. */
  ACCOUNTING_UNCOUNTED("ip/accounting/uncounted", "bytes");

  /** The registration tables of all generations of wireless. */
  public static final List<Menu> REGISTRATIONS =
      List.of(WIFI_REGISTRATION, WIRELESS_REGISTRATION, CAPSMAN_REGISTRATION);

  /** The keys by which a firewall rule says which packets it takes. */
  public static final List<String> MATCHERS = Matchers.all();

  private final String path;
  private final String keys;

  Menu(String path, String... keys) {
    this.path = path;
    this.keys = String.join(",", keys);
  }

  /**
   * Returns where the menu is.
   *
   * @return such as {@code ip/arp}
   */
  public String path() {
    return path;
  }

  /**
   * Returns the request that reads it.
   *
   * @return the request; for routes, the default routes only
   */
  public RouterRequest request() {
    RouterRequest all = RouterRequest.read(path, List.of(keys.split(",", -1)));
    return switch (this) {
      case ROUTE -> all.where("dst-address", "0.0.0.0/0");
      case MANGLE -> all.where("action", "fasttrack-connection");
      case ADDRESS_LIST, ADDRESS_LIST6 -> all.where("list", "mhs-limited");
      default -> all;
    };
  }

  /** Keys that are used by two menus. */
  private static final class Matchers {
    /** Whatever a rule may ask of a packet of either family, in any version. */
    private static final List<String> BOTH =
        List.of(
            "connection-bytes",
            "connection-limit",
            "connection-mark",
            "connection-nat-state",
            "connection-rate",
            "connection-state",
            "connection-type",
            "content",
            "dscp",
            "dst-address",
            "dst-address-list",
            "dst-address-type",
            "dst-limit",
            "dst-port",
            "icmp-options",
            "in-bridge-port",
            "in-bridge-port-list",
            "in-interface",
            "in-interface-list",
            "ingress-priority",
            "ipsec-policy",
            "limit",
            "nth",
            "out-bridge-port",
            "out-bridge-port-list",
            "out-interface",
            "out-interface-list",
            "packet-mark",
            "packet-size",
            "per-connection-classifier",
            "port",
            "priority",
            "protocol",
            "random",
            "routing-mark",
            "src-address",
            "src-address-list",
            "src-address-type",
            "src-mac-address",
            "src-port",
            "tcp-flags",
            "tcp-mss",
            "time",
            "tls-host",
            "tos");

    private static final List<String> ONLY_4 =
        List.of(
            "fragment", "hotspot", "ipv4-options", "layer7-protocol", "p2p", "psd", "realm", "ttl");

    private static final List<String> ONLY_6 = List.of("headers", "hop-limit");

    private static final String[] RULE_KEYS_4 = ruleKeys(ONLY_4);
    private static final String[] RULE_KEYS_6 = ruleKeys(ONLY_6);

    private static final String[] LIST_KEYS = {
      ".id", "list", "address", "disabled", "dynamic", "comment"
    };

    private static String[] ruleKeys(List<String> ofTheFamily) {
      return Stream.of(
              List.of(".id", "chain", "action", "disabled", "dynamic", "invalid", "comment"),
              BOTH,
              ofTheFamily)
          .flatMap(List::stream)
          .toArray(String[]::new);
    }

    private static List<String> all() {
      return Stream.of(BOTH, ONLY_4, ONLY_6).flatMap(List::stream).toList();
    }
  }
}
