package dev.mhs.source.routeros.map;

import dev.mhs.source.routeros.parse.Row;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds out which counters are those of the socket. On a port that a switch chip serves, {@code
 * /interface} counts what passes the socket (RB5009, RouterOS 7.24.2); whether it does so on every
 * model is not known, while {@code rx-bytes} of {@code /interface/ethernet} comes from the socket
 * itself. Where the latter grows clearly faster, the former sees the processor's share only. For
 * one thread.
 */
public final class SocketCounters {
  /** Less than this proves nothing: the two are not read at the same moment. */
  private static final long MUCH = 10_000_000;

  private final Set<String> atSocket = new TreeSet<>();
  private Map<String, Both> before = Map.of();
  private long epoch;

  /** What both counters of a port show, received and transmitted together. */
  private record Both(long seen, long passed) {}

  /** Makes one that trusts {@code /interface}. */
  public SocketCounters() {}

  /**
   * Compares how much both kinds of counters grew since the last time.
   *
   * @param interfaces {@code /interface}
   * @param ethernet {@code /interface/ethernet}, read right after or before
   * @param boot changes whenever the counters began anew
   */
  public void compare(List<Row> interfaces, List<Row> ethernet, long boot) {
    if (boot != epoch) {
      epoch = boot;
      before = Map.of();
      atSocket.clear();
    }
    Map<String, Row> sockets = byName(ethernet);
    Map<String, Both> now = new HashMap<>();
    for (Row row : interfaces) {
      String name = row.text("name").orElse("");
      Row socket = sockets.get(name);
      OptionalLong seen = sum(row, "rx-byte", "tx-byte");
      OptionalLong passed =
          socket == null ? OptionalLong.empty() : sum(socket, "rx-bytes", "tx-bytes");
      if (seen.isPresent() && passed.isPresent()) {
        now.put(name, new Both(seen.getAsLong(), passed.getAsLong()));
      }
    }
    now.forEach(this::judge);
    before = now;
  }

  /**
   * Returns the ports whose counters are to be taken from {@code /interface/ethernet}.
   *
   * @return their names; empty on a box whose interfaces tell it all
   */
  public Set<String> atSocket() {
    return Set.copyOf(atSocket);
  }

  /**
   * Returns the rows of those ports.
   *
   * @param ethernet {@code /interface/ethernet}
   * @return by name
   */
  public Map<String, Row> of(List<Row> ethernet) {
    Map<String, Row> rows = byName(ethernet);
    rows.keySet().retainAll(new HashSet<>(atSocket));
    return rows;
  }

  private void judge(String name, Both now) {
    Both old = before.get(name);
    if (old == null) {
      return;
    }
    long seen = now.seen - old.seen;
    long passed = now.passed - old.passed;
    if (seen >= 0 && passed > 2 * seen + MUCH) {
      atSocket.add(name);
    }
  }

  private static Map<String, Row> byName(List<Row> rows) {
    Map<String, Row> named = new HashMap<>();
    rows.forEach(row -> row.text("name").ifPresent(name -> named.put(name, row)));
    return named;
  }

  private static OptionalLong sum(Row row, String one, String other) {
    OptionalLong first = row.number(one);
    OptionalLong second = row.number(other);
    return first.isPresent() && second.isPresent()
        ? OptionalLong.of(first.getAsLong() + second.getAsLong())
        : OptionalLong.empty();
  }
}
