package dev.mhs.source.routeros.limit;

import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The firewall of one address family, as far as FastTrack is concerned: which rules speed
 * connections up, and who is kept out of it.
 *
 * @param six whether it is that of IPv6
 * @param rules the filter's rules in their order
 * @param entries our address list
 * @param forbidden whether the fast path is forbidden altogether, so that no rule can do it
 * @param elsewhere whether a mangle rule speeds connections up, which no filter rule can prevent
 */
record Firewall(
    boolean six, List<Rule> rules, List<ListEntry> entries, boolean forbidden, boolean elsewhere) {

  Firewall {
    rules = List.copyOf(rules);
    entries = List.copyOf(entries);
  }

  static Firewall of(
      boolean six, List<Row> filter, List<Row> list, List<Row> settings, List<Row> mangle) {
    boolean forbidden =
        settings.stream()
            .anyMatch(
                row -> row.text("allow-fast-path").isPresent() && !row.flag("allow-fast-path"));
    return new Firewall(
        six,
        Rule.of(filter),
        ListEntry.of(list),
        forbidden,
        Rule.of(mangle).stream().anyMatch(Rule::isFastTrack));
  }

  String family() {
    return six ? "IPv6" : "IPv4";
  }

  /** Whether anything may be sped up. */
  boolean isFastTracking() {
    return !forbidden && (elsewhere || rules.stream().anyMatch(Rule::isFastTrack));
  }

  /** Returns the first rule of each chain that speeds connections up. */
  List<Rule> first() {
    Map<String, Rule> byChain = new HashMap<>();
    List<Rule> first = new ArrayList<>();
    if (!forbidden) {
      for (Rule rule : rules) {
        if (rule.isFastTrack() && byChain.putIfAbsent(rule.chain(), rule) == null) {
          first.add(rule);
        }
      }
    }
    return first;
  }

  /** Returns the rule that speeds up what a target sends or receives, or empty. */
  Optional<Rule> speedingUp(Prefix target) {
    return forbidden
        ? Optional.empty()
        : rules.stream().filter(rule -> rule.isFastTrack() && !isKeptOut(target, rule)).findFirst();
  }

  boolean hasActiveEntry(Prefix target) {
    return entries.stream().anyMatch(entry -> entry.active() && entry.address().covers(target));
  }

  /** Both directions must be kept out: the first packet of either speeds up the connection. */
  private boolean isKeptOut(Prefix target, Rule fastTrack) {
    Set<String> lists = hasActiveEntry(target) ? Set.of(Exemption.LIST) : Set.of();
    if (fastTrack.spares(lists)) {
      return true;
    }
    Predicate<String> names =
        value -> Prefix.parse(value).map(range -> range.covers(target)).orElse(false);
    boolean from = false;
    boolean to = false;
    for (Rule rule : rules.subList(0, rules.indexOf(fastTrack))) {
      if (rule.chain().equals(fastTrack.chain()) && rule.isExempting()) {
        from |= rule.takesFrom(lists, names);
        to |= rule.takesTo(lists, names);
      }
    }
    return from && to;
  }
}
