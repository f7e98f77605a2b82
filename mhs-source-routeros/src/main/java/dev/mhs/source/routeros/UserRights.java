package dev.mhs.source.routeros;

import dev.mhs.source.routeros.parse.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the router's user may do, by {@code /user} and {@code /user/group}.
 *
 * @param user the user that MHS logs in as
 * @param group the group that the user is in
 * @param policies what the group may do
 */
record UserRights(String user, String group, Set<String> policies) {
  private static final Set<String> NEEDED = Set.of("read", "write", "rest-api");

  /** Copies the set in the order of the alphabet. */
  UserRights {
    policies = Collections.unmodifiableSet(new TreeSet<>(policies));
  }

  /**
   * Finds the rights of a user.
   *
   * @param user the user's name
   * @param users {@code /user}
   * @param groups {@code /user/group}
   * @return the rights, or empty when the box does not tell them
   */
  static Optional<UserRights> of(String user, List<Row> users, List<Row> groups) {
    Optional<String> group =
        users.stream()
            .filter(row -> row.text("name").filter(user::equals).isPresent())
            .flatMap(row -> row.text("group").stream())
            .findFirst();
    return group.flatMap(
        name ->
            groups.stream()
                .filter(row -> row.text("name").filter(name::equals).isPresent())
                .flatMap(row -> row.text("policy").stream())
                .findFirst()
                .map(policy -> new UserRights(user, name, granted(policy))));
  }

  /** Tells whether a policy is granted. */
  boolean may(String policy) {
    return policies.contains(policy);
  }

  /** Returns what is granted and not needed. */
  List<String> beyondNeed() {
    List<String> more = new ArrayList<>(policies);
    more.removeAll(NEEDED);
    return more;
  }

  /** A policy that is denied stands in the list too, with an exclamation mark. */
  private static Set<String> granted(String policy) {
    Set<String> granted = new TreeSet<>();
    Arrays.stream(policy.split(",", -1))
        .map(String::strip)
        .filter(one -> !one.isEmpty() && !one.startsWith("!"))
        .forEach(granted::add);
    return granted;
  }
}
