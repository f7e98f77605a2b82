package dev.mhs.source.routeros.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.source.routeros.parse.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Plans how limited devices are kept out of FastTrack: their addresses stand in an address list,
 * and two rules before the FastTrack rule accept what members of the list send and receive, so that
 * it never comes that far. Pure: it reads a firewall and returns what is to be written.
 */
final class Exemption {
  /** The address list. */
  static final String LIST = "mhs-limited";

  private static final String RULE_MARK = Queue.MARK + "keeps limited devices out of FastTrack";
  private static final List<String> SIDES = List.of(Rule.SOURCE_LIST, Rule.DESTINATION_LIST);

  private Exemption() {}

  static String filterMenu(Firewall firewall) {
    return (firewall.six() ? "ipv6" : "ip") + "/firewall/filter";
  }

  static String listMenu(Firewall firewall) {
    return (firewall.six() ? "ipv6" : "ip") + "/firewall/address-list";
  }

  /**
   * Returns what must be added so that no connection of the wanted addresses is sped up.
   *
   * @param firewall as it is
   * @param wanted the addresses, and whose they are
   */
  static List<Step> missing(Firewall firewall, Map<Prefix, DeviceKey> wanted) {
    if (wanted.keySet().stream().allMatch(one -> firewall.speedingUp(one).isEmpty())) {
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    wanted.forEach((address, device) -> entry(firewall, address, device).ifPresent(steps::add));
    for (Rule fastTrack : firewall.first()) {
      for (String side : SIDES) {
        if (keeper(firewall, fastTrack, side).isEmpty()) {
          steps.add(rule(firewall, fastTrack, side));
        }
      }
    }
    return steps;
  }

  /**
   * Returns what of ours nobody needs any more: entries of devices without a limit, the rules once
   * the list is empty, and rules that were replaced because somebody moved or changed them.
   *
   * @param firewall as it is
   * @param wanted the addresses that have a limit
   */
  static List<Step> needless(Firewall firewall, Set<Prefix> wanted) {
    List<Step> steps = new ArrayList<>();
    for (ListEntry entry : firewall.entries()) {
      if (entry.ours() && !wanted.contains(entry.address())) {
        steps.add(removal(firewall, entry));
      }
    }
    if (!steps.isEmpty()) {
      return steps; // the rules last: as long as they name the list, its entries are looked after
    }
    for (Rule rule : firewall.rules()) {
      if (isOurs(rule) && (firewall.entries().isEmpty() || isReplaced(firewall, rule))) {
        steps.add(removal(firewall, rule));
      }
    }
    return steps;
  }

  static Step.Remove removal(Firewall firewall, ListEntry entry) {
    return new Step.Remove(listMenu(firewall), entry.id(), words(firewall, entry.address()));
  }

  static Step.Remove removal(Firewall firewall, Rule rule) {
    return new Step.Remove(
        filterMenu(firewall),
        rule.id(),
        words(firewall, rule.matchers().containsKey(SIDES.getFirst()) ? 0 : 1));
  }

  /** Whether MHS made it. Only such rules are ever removed, none is ever changed. */
  static boolean isOurs(Rule rule) {
    return !rule.dynamic()
        && rule.comment().startsWith(Queue.MARK)
        && rule.action().equals("accept")
        && SIDES.stream().anyMatch(side -> LIST.equals(rule.matchers().get(side)));
  }

  private static Optional<Step> entry(Firewall firewall, Prefix address, DeviceKey device) {
    if (firewall.hasActiveEntry(address)) {
      return Optional.empty();
    }
    String what = words(firewall, address);
    for (ListEntry entry : firewall.entries()) {
      if (entry.ours() && entry.address().equals(address)) {
        return Optional.of(
            new Step.Change(listMenu(firewall), entry.id(), Map.of("disabled", "no"), what));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    values.put("list", LIST);
    values.put("address", firewall.six() ? address.toString() : IpLiteral.text(address.base()));
    values.put("comment", Queue.mark(device));
    return Optional.of(new Step.Add(listMenu(firewall), values, null, what));
  }

  private static Step rule(Firewall firewall, Rule fastTrack, String side) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("chain", fastTrack.chain());
    values.put("action", "accept");
    values.put(Rule.STATE, "established,related");
    values.put(side, LIST);
    values.put("comment", RULE_MARK);
    return new Step.Add(
        filterMenu(firewall), values, fastTrack.id(), words(firewall, SIDES.indexOf(side)));
  }

  /** The rule that keeps members of the list out of a FastTrack rule, on one side. */
  private static Optional<Rule> keeper(Firewall firewall, Rule fastTrack, String side) {
    return firewall.rules().subList(0, firewall.rules().indexOf(fastTrack)).stream()
        .filter(rule -> rule.chain().equals(fastTrack.chain()) && keeps(rule, side))
        .findFirst();
  }

  private static boolean keeps(Rule rule, String side) {
    return rule.isExempting()
        && LIST.equals(rule.matchers().get(side))
        && rule.matchers().keySet().stream().allMatch(key -> key.equals(side) || isState(key));
  }

  private static boolean isState(String key) {
    return key.equals(Rule.STATE);
  }

  /** Whether another one stands in its place, so that it keeps nobody out of anything. */
  private static boolean isReplaced(Firewall firewall, Rule rule) {
    String side = SIDES.stream().filter(rule.matchers()::containsKey).findFirst().orElseThrow();
    List<Rule> first = firewall.first();
    return !first.isEmpty()
        && first.stream().allMatch(one -> keeper(firewall, one, side).isPresent())
        && first.stream()
            .noneMatch(one -> keeper(firewall, one, side).filter(rule::equals).isPresent());
  }

  private static String words(Firewall firewall, Prefix address) {
    return IpLiteral.text(address.base())
        + " in the address list "
        + LIST
        + " of /"
        + listMenu(firewall);
  }

  private static String words(Firewall firewall, int side) {
    return "the rule \"" + RULE_MARK + "\" (" + SIDES.get(side) + ") in /" + filterMenu(firewall);
  }
}
