package dev.mhs.source.routeros.traffic;

import dev.mhs.source.routeros.parse.Row;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A row of {@code /ip/firewall/connection} or its IPv6 twin, as small as can be: there may be
 * thousands.
 *
 * @param key what tells it apart; ids are reused, so protocol and ends are part of it
 * @param source where its first packet came from, as RouterOS writes it
 * @param destination where that packet was sent
 * @param replySource who answers: the true server, after destination NAT
 * @param counters its bytes
 */
public record Connection(
    String key, String source, String destination, String replySource, Counters counters) {

  /** Reads rows, and keeps count of those without counters. For one thread. */
  public static final class Reader implements Function<Row, Optional<Connection>> {
    private int rows;
    private int counted;
    private int offloaded;

    /** Begins to count. */
    public Reader() {}

    @Override
    public Optional<Connection> apply(Row row) {
      rows++;
      offloaded += row.flag("hw-offload") ? 1 : 0;
      Optional<Connection> connection = read(row);
      if (connection.isPresent()) {
        counted++;
      }
      return connection;
    }

    /**
     * Returns how many rows there were.
     *
     * @return all of them
     */
    public int rows() {
      return rows;
    }

    /**
     * Returns how many are moved by the switch chip, which does not tell the router how much.
     *
     * @return those with {@code hw-offload}
     */
    public int offloaded() {
      return offloaded;
    }

    /**
     * Tells whether the box counts bytes at all.
     *
     * @return whether there were no rows, or some had counters
     */
    public boolean hasCounters() {
      return rows == 0 || counted > 0;
    }
  }

  private static Optional<Connection> read(Row row) {
    OptionalLong orig = row.number("orig-bytes");
    OptionalLong repl = row.number("repl-bytes");
    Optional<String> source = row.text("src-address");
    Optional<String> destination = row.text("dst-address");
    if (orig.isEmpty() || repl.isEmpty() || source.isEmpty() || destination.isEmpty()) {
      return Optional.empty();
    }
    String replySource = row.text("reply-src-address").orElse(destination.get());
    String key =
        String.join(
            " ",
            row.id().orElse(""),
            row.text("protocol").orElse(""),
            source.get(),
            row.text("src-port").orElse(""),
            destination.get(),
            row.text("dst-port").orElse(""));
    Counters counters =
        new Counters(
            orig.getAsLong(),
            repl.getAsLong(),
            row.number("orig-fasttrack-bytes").orElse(0),
            row.number("repl-fasttrack-bytes").orElse(0));
    return Optional.of(new Connection(key, source.get(), destination.get(), replySource, counters));
  }
}
