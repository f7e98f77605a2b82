package dev.mhs.source.routeros.map;

import dev.mhs.source.routeros.parse.Row;
import java.util.Collections;
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
  private static final String LIST = "the interface list WAN";

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
   * active default route, else by a PPPoE or DHCP client. Never by a port's name. A list none of
   * whose interfaces has a link comes last: the household is online by another way, or not at all.
   *
   * @param rows what the router says
   * @return the line; nothing is counted when it cannot be told
   */
  public static Wan of(Rows rows) {
    Set<String> existing = names(rows.interfaces, "name", row -> !row.flag("disabled"));
    Set<String> listed = byList(rows.members);
    return found(existing, isListed(rows.interfaces, rows.members) ? listed : Set.of(), LIST)
        .or(() -> found(existing, byRoute(rows.routes), "the default route"))
        .or(() -> found(existing, byPppoe(rows.pppoe), "the PPPoE client"))
        .or(() -> found(existing, byDhcp(rows.dhcpClients), "the DHCP client"))
        .or(() -> found(existing, listed, LIST))
        .map(found -> found.withoutCarriers(rows))
        .orElse(new Wan(Set.of(), Set.of(), "no interface list WAN, default route or client"));
  }

  /**
   * Tells whether the interface list WAN says it alone, so that nothing else need be read.
   *
   * @param interfaces {@code /interface}
   * @param members {@code /interface/list/member}
   * @return whether an interface of the list has a link
   */
  public static boolean isListed(List<Row> interfaces, List<Row> members) {
    Set<String> running = names(interfaces, "name", row -> row.flag("running"));
    return !Collections.disjoint(byList(members), running);
  }

  private static Optional<Wan> found(Set<String> existing, Set<String> candidates, String by) {
    Set<String> real = new LinkedHashSet<>(candidates);
    real.retainAll(existing);
    return real.isEmpty() ? Optional.empty() : Optional.of(new Wan(real, Set.of(), "by " + by));
  }

  private Wan withoutCarriers(Rows rows) {
    Set<String> running = names(rows.interfaces, "name", row -> row.flag("running"));
    Set<String> bridges = names(rows.interfaces, "name", row -> isOfType(row, "bridge"));
    Map<String, String> below = new HashMap<>();
    rows.pppoe.forEach(row -> putBelow(below, row));
    rows.vlans.forEach(row -> putBelow(below, row));
    // A VLAN of the line may come over the bridge that everybody at home is on as well.
    below.values().removeIf(bridges::contains);
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

  /**
   * Tells whether the line is joined of several interfaces, which are named elsewhere.
   *
   * @param interfaces {@code /interface}
   * @return whether one that is counted is a bridge or a bond
   */
  public boolean isJoined(List<Row> interfaces) {
    return interfaces.stream()
        .filter(row -> row.text("name").filter(counted::contains).isPresent())
        .anyMatch(row -> isOfType(row, "bridge") || isOfType(row, "bond"));
  }

  /**
   * Adds what the line is joined of.
   *
   * @param bridgePorts {@code /interface/bridge/port}
   * @param bonds {@code /interface/bonding}
   * @return the line with these as carriers
   */
  public Wan joined(List<Row> bridgePorts, List<Row> bonds) {
    Set<String> more = new LinkedHashSet<>(carriers);
    more.addAll(
        names(bridgePorts, "interface", row -> row.text("bridge").filter(this::has).isPresent()));
    for (Row bond : bonds) {
      if (bond.text("name").filter(this::has).isPresent()) {
        bond.text("slaves").ifPresent(slaves -> more.addAll(List.of(slaves.split(",", -1))));
      }
    }
    more.removeAll(counted);
    return new Wan(counted, more, reason);
  }

  private static boolean isOfType(Row row, String type) {
    return row.word("type").orElse("").equals(type);
  }

  private static void putBelow(Map<String, String> below, Row row) {
    Optional<String> name = row.text("name");
    Optional<String> carrier = row.text("interface");
    if (name.isPresent() && carrier.isPresent() && !row.flag("disabled")) {
      below.put(name.get(), carrier.get());
    }
  }

  private static Set<String> byList(List<Row> members) {
    return names(
        members,
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
