package dev.mhs.source.routeros.traffic;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of the connection table: compares each connection with its last counters and adds
 * what is new to whose it is. For one thread.
 *
 * <p>What a connection moved between the last look at it and its end is lost; the router keeps
 * ended ones for 10 s (tcp) and more, so that is little when looking every few seconds.
 */
public final class ConnectionLedger {
  private Map<String, Entry> entries = Map.of();
  private @Nullable Lan lan;
  private @Nullable Moment at;

  private record Entry(Share share, Counters counters) {}

  /** Bytes of somebody, from the somebody's viewpoint. */
  private static final class Sum {
    private long up;
    private long down;

    void add(boolean begun, long original, long reply) {
      up += begun ? original : reply;
      down += begun ? reply : original;
    }

    Usage over(Duration time) {
      return new Usage.Delta(down, up, time);
    }
  }

  /** Makes an empty ledger: the first table it is given is where counting begins. */
  public ConnectionLedger() {}

  /** Forgets all connections, because the box was restarted: the next table is a beginning. */
  public void reset() {
    entries = Map.of();
    at = null;
  }

  /**
   * Enters a table.
   *
   * @param table all connections
   * @param now when the table was complete
   * @param side the household's side
   * @param book who has which address
   * @param calibration how to read the counters; it learns from the table
   * @return what was moved since the last table; null for the first one
   */
  public @Nullable Traffic enter(
      List<Connection> table,
      Moment now,
      Lan side,
      AddressBook book,
      FastTrackCalibration calibration) {
    Moment before = at;
    Map<String, Entry> next = HashMap.newHashMap(table.size());
    for (Connection connection : table) {
      Entry old = entries.get(connection.key());
      Share share = old != null && side.equals(lan) ? old.share : Share.of(connection, side);
      next.put(connection.key(), new Entry(share, connection.counters()));
      calibration.observe(baseline(old, connection.counters()), connection.counters());
    }
    Traffic traffic =
        before == null || !now.since(before).isPositive()
            ? null
            : traffic(next, now.since(before), book, calibration.addsFast());
    entries = next;
    lan = side;
    at = now;
    return traffic;
  }

  private Traffic traffic(
      Map<String, Entry> next, Duration over, AddressBook book, boolean addFast) {
    Map<DeviceKey, Sum> devices = new HashMap<>();
    book.devices().forEach(key -> devices.put(key, new Sum())); // known and silent: a true zero
    Sum own = new Sum();
    next.forEach(
        (key, entry) -> {
          Counters grown = entry.counters.minus(baseline(entries.get(key), entry.counters));
          long original = grown.original(addFast);
          long reply = grown.reply(addFast);
          switch (entry.share) {
            case Share.OfDevice(var address, boolean begun) ->
                devices
                    .computeIfAbsent(book.owner(address), one -> new Sum())
                    .add(begun, original, reply);
            case Share.OfRouter(boolean begun) -> own.add(begun, original, reply);
            case Share.OfNobody() -> {}
          }
        });
    Map<DeviceKey, Usage> usage = new HashMap<>();
    devices.forEach((key, sum) -> usage.put(key, sum.over(over)));
    return new Traffic(usage, own.over(over), over);
  }

  /** A new connection counts in full; so does one whose counters went back, for it is new too. */
  private static Counters baseline(@Nullable Entry old, Counters now) {
    return old != null && now.continues(old.counters) ? old.counters : Counters.ZERO;
  }
}
