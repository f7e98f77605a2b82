package dev.mhs.source.routeros.map;

import dev.mhs.source.routeros.parse.Row;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which interfaces are the household's line.
 *
 * @param counted whose counters are the line's; several lines are added up
 * @param carriers what carries them, such as the ethernet port below PPPoE; not counted as well
 * @param reason how it was found out, in words for people
 */
public record Wan(Set<String> counted, Set<String> carriers, String reason) {
  /** Copies the sets. */
  public Wan {
    counted = Set.copyOf(counted);
    carriers = Set.copyOf(carriers);
  }

  /**
   * What it is found out from.
   *
   * @param interfaces {@code /interface}
   * @param members {@code /interface/list/member}
   * @param routes {@code /ip/route}, the default routes
   * @param pppoe {@code /interface/pppoe-client}
   * @param vlans {@code /interface/vlan}
   * @param dhcpClients {@code /ip/dhcp-client}
   */
  public record Rows(
      List<Row> interfaces,
      List<Row> members,
      List<Row> routes,
      List<Row> pppoe,
      List<Row> vlans,
      List<Row> dhcpClients) {}

  /**
   * Tells whether an interface belongs to the line.
   *
   * @param name the interface
   * @return whether it is counted or carries one that is
   */
  public boolean has(String name) {
    return counted.contains(name) || carriers.contains(name);
  }

  /**
   * Finds the line: by the interface list WAN, which every default configuration has, else by the
   * active default route, else by a PPPoE or DHCP client. Never by a port's name.
   *
   * @param rows what the router says
   * @return the line; nothing is counted when it cannot be told
   */
  public static Wan of(Rows rows) {
    Set<String> existing = names(rows.interfaces, "name", row -> !row.flag("disabled"));
    return found(existing, byList(rows), "the interface list WAN")
        .or(() -> found(existing, byRoute(rows.routes), "the default route"))
        .or(() -> found(existing, byPppoe(rows.pppoe), "the PPPoE client"))
        .or(() -> found(existing, byDhcp(rows.dhcpClients), "the DHCP client"))
        .map(found -> found.withoutCarriers(rows))
        .orElse(new Wan(Set.of(), Set.of(), "no interface list WAN, default route or client"));
  }

  private static Optional<Wan> found(Set<String> existing, Set<String> candidates, String by) {
    Set<String> real = new LinkedHashSet<>(candidates);
    real.retainAll(existing);
    return real.isEmpty() ? Optional.empty() : Optional.of(new Wan(real, Set.of(), "by " + by));
  }

  private Wan withoutCarriers(Rows rows) {
    Set<String> running = names(rows.interfaces, "name", row -> row.flag("running"));
    Map<String, String> below = new HashMap<>();
    rows.pppoe.forEach(row -> putBelow(below, row));
    rows.vlans.forEach(row -> putBelow(below, row));
    Set<String> carriers = new LinkedHashSet<>();
    for (String name : counted) {
      String carrier = running.contains(name) ? below.get(name) : null;
      while (carrier != null && carriers.add(carrier)) {
        carrier = below.get(carrier);
      }
    }
    Set<String> topmost = new LinkedHashSet<>(counted);
    topmost.removeAll(carriers);
    return topmost.isEmpty() ? this : new Wan(topmost, carriers, reason);
  }

  private static void putBelow(Map<String, String> below, Row row) {
    Optional<String> name = row.text("name");
    Optional<String> carrier = row.text("interface");
    if (name.isPresent() && carrier.isPresent() && !row.flag("disabled")) {
      below.put(name.get(), carrier.get());
    }
  }

  private static Set<String> byList(Rows rows) {
    return names(
        rows.members,
        "interface",
        row -> !row.flag("disabled") && row.text("list").orElse("").equals("WAN"));
  }

  private static Set<String> byRoute(List<Row> routes) {
    List<Row> active =
        routes.stream()
            .filter(row -> row.flag("active") && !row.flag("disabled"))
            .filter(row -> row.text("dst-address").orElse("").equals("0.0.0.0/0"))
            .filter(row -> row.text("routing-table").orElse("main").equals("main"))
            .toList();
    long nearest = active.stream().mapToLong(Wan::distance).min().orElse(0);
    Set<String> interfaces = new LinkedHashSet<>();
    for (Row row : active) {
      if (distance(row) == nearest) {
        interfaces.addAll(gateways(row));
      }
    }
    return interfaces;
  }

  private static long distance(Row route) {
    OptionalLong distance = route.number("distance");
    return distance.orElse(255); // an unreachable route has 255
  }

  private static Set<String> gateways(Row route) {
    String text = route.text("immediate-gw").or(() -> route.text("gateway")).orElse("");
    Set<String> interfaces = new LinkedHashSet<>();
    for (String one : text.split(",", -1)) {
      interfaces.add(one.substring(one.indexOf('%') + 1).strip());
    }
    return interfaces;
  }

  private static Set<String> byPppoe(List<Row> clients) {
    return names(clients, "name", row -> row.flag("running"));
  }

  private static Set<String> byDhcp(List<Row> clients) {
    return names(clients, "interface", row -> row.word("status").orElse("").equals("bound"));
  }

  private static Set<String> names(List<Row> rows, String key, Predicate<Row> wanted) {
    return rows.stream()
        .filter(wanted)
        .flatMap(row -> row.text(key).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
