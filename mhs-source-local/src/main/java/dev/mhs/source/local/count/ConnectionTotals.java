package dev.mhs.source.local.count;

import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Adds up what connections move for the addresses of a household. A connection stays in the table
 * for a while after its end (10 s at least), so that its last bytes are seen. For one thread.
 */
final class ConnectionTotals {
  /** Of connections, and of addresses; a large router tracks 262,144. */
  static final int MOST = 300_000;

  private record Moved(long up, long down) {}

  private Map<String, Moved> before = new HashMap<>();
  private Map<String, Optional<InetAddress>> addresses = new HashMap<>();
  private Map<InetAddress, Counts> totals = new HashMap<>();
  private boolean hasBegun;

  /** Enters a look at the table; returns how many connections it held, those of others included. */
  int enter(Stream<Connection> connections, CountingPlan plan) {
    Map<String, Moved> now = new HashMap<>();
    Map<String, Optional<InetAddress>> seen = new HashMap<>();
    int[] count = {0};
    connections
        .limit(MOST)
        .forEach(
            each -> {
              count[0]++;
              enter(each, plan, now, seen);
            });
    if (totals.size() > MOST) {
      totals.keySet().retainAll(inUse(seen));
    }
    before = now;
    addresses = seen;
    hasBegun = true;
    return count[0];
  }

  private void enter(
      Connection one,
      CountingPlan plan,
      Map<String, Moved> now,
      Map<String, Optional<InetAddress>> seen) {
    Optional<InetAddress> opener = address(one.opener(), seen);
    Optional<InetAddress> answerer = address(one.answerer(), seen);
    if (opener.isEmpty() || answerer.isEmpty()) {
      return;
    }
    if (isOf(plan.counted(), opener.get()) && isElsewhere(plan, answerer.get())) {
      Moved moved = new Moved(one.sent().frameBytes(), one.received().frameBytes());
      add(one.key(), opener.get(), moved, now);
    } else if (isOf(plan.counted(), answerer.get()) && isElsewhere(plan, opener.get())) {
      Moved moved = new Moved(one.received().frameBytes(), one.sent().frameBytes());
      add(one.key(), answerer.get(), moved, now);
    }
  }

  private void add(String key, InetAddress device, Moved moved, Map<String, Moved> now) {
    now.put(key, moved);
    if (!hasBegun) {
      return;
    }
    Moved last = before.getOrDefault(key, new Moved(0, 0));
    Counts growth = new Counts(moved.down(), moved.up()).since(new Counts(last.down(), last.up()));
    totals.merge(device, growth, Counts::plus);
  }

  private Optional<InetAddress> address(String text, Map<String, Optional<InetAddress>> seen) {
    Optional<InetAddress> known = addresses.getOrDefault(text, Optional.empty());
    Optional<InetAddress> address = known.isPresent() ? known : IpLiteral.parse(text);
    seen.put(text, address);
    return address;
  }

  private static Set<InetAddress> inUse(Map<String, Optional<InetAddress>> seen) {
    Set<InetAddress> all = new HashSet<>();
    seen.values().forEach(each -> each.ifPresent(all::add));
    return all;
  }

  private static boolean isOf(Set<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(each -> each.holds(address));
  }

  private static boolean isElsewhere(CountingPlan plan, InetAddress address) {
    return !isOf(plan.household(), address) && !Network.isNowhere(address);
  }

  /** Returns what each address moved since the first look. */
  Map<InetAddress, Counts> totals() {
    return Map.copyOf(totals);
  }

  /** Returns whether there was a look. */
  boolean hasBegun() {
    return hasBegun;
  }

  /** Forgets all. */
  void reset() {
    before = new HashMap<>();
    addresses = new HashMap<>();
    totals = new HashMap<>();
    hasBegun = false;
  }
}
