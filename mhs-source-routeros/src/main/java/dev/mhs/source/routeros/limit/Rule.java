package dev.mhs.source.routeros.limit;

import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.parse.Row;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A row of {@code /ip/firewall/filter}, its IPv6 twin or {@code /ip/firewall/mangle}.
 *
 * @param id its id
 * @param chain its chain
 * @param action what it does
 * @param active whether it is at work: neither switched off nor invalid, nor one of the router's
 *     own rows "for show", which are dynamic
 * @param dynamic whether the router made it by itself
 * @param comment its owner's remark, or empty
 * @param matchers what a packet must be like, by key; empty for every packet
 */
record Rule(
    String id,
    String chain,
    String action,
    boolean active,
    boolean dynamic,
    String comment,
    Map<String, String> matchers) {

  static final String STATE = "connection-state";
  static final String SOURCE_LIST = "src-address-list";
  static final String DESTINATION_LIST = "dst-address-list";
  private static final String SOURCE = "src-address";
  private static final String DESTINATION = "dst-address";
  private static final Set<String> SPED_UP = Set.of("established", "related");
  private static final Set<String> UNDERSTOOD =
      Set.of(STATE, SOURCE, SOURCE_LIST, DESTINATION, DESTINATION_LIST);

  static List<Rule> of(List<Row> rows) {
    return rows.stream().flatMap(row -> of(row).stream()).toList();
  }

  private static Optional<Rule> of(Row row) {
    Map<String, String> matchers = new LinkedHashMap<>();
    for (String key : Menu.MATCHERS) {
      row.text(key).ifPresent(value -> matchers.put(key, value));
    }
    boolean dynamic = row.flag("dynamic");
    return row.id()
        .map(
            id ->
                new Rule(
                    id,
                    row.text("chain").orElse("forward"),
                    row.word("action").orElse("accept"),
                    !dynamic && !row.flag("disabled") && !row.flag("invalid"),
                    dynamic,
                    row.text("comment").orElse(""),
                    matchers));
  }

  boolean isFastTrack() {
    return active && action.equals("fasttrack-connection");
  }

  /** Whether it lets packets of established connections go on, by their addresses alone. */
  boolean isExempting() {
    return active
        && action.equals("accept")
        && UNDERSTOOD.containsAll(matchers.keySet())
        && takesSpedUpStates();
  }

  /** Whether it matches whatever FastTrack would speed up, as far as the sender matters. */
  boolean takesFrom(Set<String> lists, Predicate<String> addresses) {
    return matches(SOURCE_LIST, lists::contains)
        && matches(SOURCE, addresses)
        && !matchers.containsKey(DESTINATION_LIST)
        && !matchers.containsKey(DESTINATION);
  }

  /** The same for the receiver. */
  boolean takesTo(Set<String> lists, Predicate<String> addresses) {
    return matches(DESTINATION_LIST, lists::contains)
        && matches(DESTINATION, addresses)
        && !matchers.containsKey(SOURCE_LIST)
        && !matchers.containsKey(SOURCE);
  }

  /** Whether it is a FastTrack rule that leaves members of a list alone, in both directions. */
  boolean spares(Set<String> lists) {
    return lists.stream()
        .anyMatch(
            list ->
                ("!" + list).equals(matchers.get(SOURCE_LIST))
                    && ("!" + list).equals(matchers.get(DESTINATION_LIST)));
  }

  /** How people know it. */
  String label() {
    return comment.isEmpty() ? action : comment;
  }

  private boolean matches(String key, Predicate<String> value) {
    String wanted = matchers.get(key);
    return wanted == null || value.test(wanted);
  }

  private boolean takesSpedUpStates() {
    String states = matchers.get(STATE);
    return states == null
        || Arrays.stream(states.split(",", -1))
            .map(String::strip)
            .collect(Collectors.toSet())
            .containsAll(SPED_UP);
  }
}
