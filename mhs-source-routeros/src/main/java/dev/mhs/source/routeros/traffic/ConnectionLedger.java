package dev.mhs.source.routeros.traffic;

import dev.mhs.api.Moment;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  private long plainBytes;
  private long fastBytes;

  private Set<String> names = Set.of();

  /** A connection, its counters now, and where counting began for the time since the last look. */
  private record Entry(Share share, Counters counters, Counters before) {}

  /**
   * One of the tables that are read together.
   *
   * @param name which one, such as {@code ip/firewall/connection}
   * @param connections its rows
   */
  public record Table(String name, List<Connection> connections) {
    /** Copies the rows. */
    public Table {
      connections = List.copyOf(connections);
    }
  }

  /** Makes an empty ledger: the first table it is given is where counting begins. */
  public ConnectionLedger() {}

  /** Forgets all connections, because the box was restarted: the next table is a beginning. */
  public void reset() {
    entries = Map.of();
    names = Set.of();
    at = null;
  }

  /**
   * Returns what the plain counters of all that was attributed have grown by between the last two
   * tables.
   *
   * @return bytes, both ways
   */
  public long plainBytes() {
    return plainBytes;
  }

  /**
   * Returns what the fast path's own counters have grown by meanwhile.
   *
   * @return bytes, both ways
   */
  public long fastBytes() {
    return fastBytes;
  }

  /**
   * Enters the tables. One that was not there the last time begins now: what its connections moved
   * before is nobody's use of the time between.
   *
   * @param tables all connections
   * @param now when the tables were complete
   * @param side the household's side
   * @param book who has which address
   * @param calibration how to read the counters; it learns from the table
   * @return what was moved since the last table; null for the first one
   */
  public @Nullable Traffic enter(
      List<Table> tables,
      Moment now,
      Lan side,
      AddressBook book,
      FastTrackCalibration calibration) {
    Moment last = at;
    boolean isSameSide = side.equals(lan);
    Map<String, Entry> next =
        HashMap.newHashMap(tables.stream().mapToInt(one -> one.connections.size()).sum());
    for (Table table : tables) {
      boolean begins = !names.contains(table.name);
      for (Connection connection : table.connections) {
        Entry old = entries.get(connection.key());
        Share share = old != null && isSameSide ? old.share : Share.of(connection, side);
        Counters before = begins ? connection.counters() : baseline(old, connection.counters());
        next.put(connection.key(), new Entry(share, connection.counters(), before));
        calibration.observe(begins ? Counters.ZERO : before, connection.counters());
      }
    }
    Traffic traffic =
        last == null || !now.since(last).isPositive()
            ? null
            : traffic(next.values(), now.since(last), book, calibration.addsFast());
    entries = next;
    names = tables.stream().map(Table::name).collect(Collectors.toUnmodifiableSet());
    lan = side;
    at = now;
    return traffic;
  }

  private Traffic traffic(
      Collection<Entry> next, Duration over, AddressBook book, boolean addFast) {
    Tally tally = new Tally(book);
    plainBytes = 0;
    fastBytes = 0;
    for (Entry entry : next) {
      Counters grown = entry.counters.minus(entry.before);
      tally.add(entry.share, grown.original(addFast), grown.reply(addFast));
      if (!(entry.share instanceof Share.OfNobody)) {
        plainBytes += grown.orig() + grown.repl();
        fastBytes += grown.origFast() + grown.replFast();
      }
    }
    return tally.traffic(over);
  }

  /** A new connection counts in full; so does one whose counters went back, for it is new too. */
  private static Counters baseline(@Nullable Entry old, Counters now) {
    return old != null && now.continues(old.counters) ? old.counters : Counters.ZERO;
  }
}
