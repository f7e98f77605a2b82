package dev.mhs.source.local.count;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what nft(8) is to do. Each script is one transaction of the kernel's: all of it or
 * nothing. Pure.
 *
 * <p>Counters live in dynamic sets, one for each direction, family and place, keyed by address. The
 * sets stay while the chains and networks are replaced, so that a new interface costs no count.
 */
final class NftScript {
  /** Of addresses in a set: times eight sets and 115 characters it fits what is read. */
  static final int MOST_ADDRESSES = 4096;

  /** An address that was silent for so long makes room for others. */
  private static final String FORGOTTEN_AFTER = "1h";

  private NftScript() {}

  /** Makes the table with all counters at zero. */
  static String install(String table, CountingPlan plan) {
    StringBuilder script = new StringBuilder();
    script.append("table netdev ").append(table).append(" {\n");
    for (String family : List.of("4", "6")) {
      for (String ranges : List.of("household", "counted")) {
        line(script, "  set %s%s {".formatted(ranges, family));
        line(script, "    type ipv%s_addr".formatted(family));
        line(script, "    flags interval");
        line(script, "    auto-merge");
        line(script, "  }");
      }
      for (Tally tally : Tally.values()) {
        line(script, "  set %s%s {".formatted(tally.set(), family));
        line(script, "    type ipv%s_addr".formatted(family));
        line(script, "    size %d".formatted(MOST_ADDRESSES));
        line(script, "    flags dynamic,timeout");
        line(script, "    timeout %s".formatted(FORGOTTEN_AFTER));
        line(script, "    counter");
        line(script, "  }");
      }
    }
    script.append("}\n");
    chains(script, table, plan);
    return script.toString();
  }

  /**
   * Exchanges where and whose; what was counted until then stays. A chain is added before it is
   * deleted, which changes nothing where it stands: it may have gone with its last interface.
   */
  static String replace(String table, CountingPlan plan) {
    StringBuilder script = new StringBuilder();
    for (String chain : List.of("entering", "leaving")) {
      line(script, "add chain netdev %s %s".formatted(table, chain));
      line(script, "delete chain netdev %s %s".formatted(table, chain));
    }
    for (String family : List.of("4", "6")) {
      line(script, "flush set netdev %s household%s".formatted(table, family));
      line(script, "flush set netdev %s counted%s".formatted(table, family));
    }
    chains(script, table, plan);
    return script.toString();
  }

  static String remove(String table) {
    return "delete table netdev " + table;
  }

  private static void chains(StringBuilder script, String table, CountingPlan plan) {
    ranges(script, table, "household4", concat(plan.household(), true, Network.nowhere(true)));
    ranges(script, table, "household6", concat(plan.household(), false, Network.nowhere(false)));
    ranges(script, table, "counted4", concat(plan.counted(), true, List.of()));
    ranges(script, table, "counted6", concat(plan.counted(), false, List.of()));
    line(script, "table netdev %s {".formatted(table));
    chain(script, "entering", "ingress", plan.entries(), plan.trunks());
    chain(script, "leaving", "egress", plan.exits(), plan.trunks());
    line(script, "}");
  }

  private static List<String> concat(
      Collection<Network> networks, boolean isIpv4, List<String> more) {
    return Stream.concat(
            networks.stream().filter(each -> each.isIpv4() == isIpv4).map(Network::toString),
            more.stream())
        .sorted()
        .toList();
  }

  private static void ranges(StringBuilder script, String table, String set, List<String> all) {
    if (!all.isEmpty()) {
      line(script, "add element netdev %s %s { %s }".formatted(table, set, String.join(", ", all)));
    }
  }

  private static void chain(
      StringBuilder script,
      String name,
      String hook,
      Collection<String> devices,
      Collection<String> trunks) {
    if (devices.isEmpty()) {
      return;
    }
    line(script, "  chain %s {".formatted(name));
    line(
        script,
        "    type filter hook %s devices = { %s } priority -500; policy accept;"
            .formatted(hook, quoted(devices)));
    for (String trunk : new TreeSet<>(trunks)) {
      // Its VLAN's own interface meets them again (net/core/dev.c: after the ingress hook).
      line(script, "    %s \"%s\" vlan id 1-4094 accept".formatted(interfaceWord(hook), trunk));
    }
    for (String family : List.of("4", "6")) {
      String ip = family.equals("4") ? "ip" : "ip6";
      line(
          script,
          "    %s saddr @counted%s %s daddr != @household%s update @%s%s { %s saddr counter }"
              .formatted(ip, family, ip, family, Tally.of(hook, true).set(), family, ip));
      line(
          script,
          "    %s daddr @counted%s %s saddr != @household%s update @%s%s { %s daddr counter }"
              .formatted(ip, family, ip, family, Tally.of(hook, false).set(), family, ip));
    }
    line(script, "  }");
  }

  private static String interfaceWord(String hook) {
    return hook.equals("ingress") ? "iifname" : "oifname";
  }

  private static String quoted(Collection<String> devices) {
    return new TreeSet<>(devices)
        .stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(", "));
  }

  private static void line(StringBuilder script, String text) {
    script.append(text).append('\n');
  }
}
