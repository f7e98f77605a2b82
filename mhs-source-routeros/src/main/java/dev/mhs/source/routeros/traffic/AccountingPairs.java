package dev.mhs.source.routeros.traffic;

import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Attributes what {@code /ip/accounting/snapshot} counted. A connection has two rows, one for each
 * direction, with the addresses as they are on either side of the address translation.
 */
public final class AccountingPairs {
  private AccountingPairs() {}

  /**
   * Adds up the pairs.
   *
   * @param rows the snapshot
   * @param lan the household's side
   * @param book who has which address
   * @param over the time since the last snapshot
   * @return what was moved over the line in that time
   */
  public static Traffic traffic(List<Row> rows, Lan lan, AddressBook book, Duration over) {
    Tally tally = new Tally(book);
    for (Row row : rows) {
      Optional<InetAddress> from = row.address("src-address");
      Optional<InetAddress> to = row.address("dst-address");
      long bytes = row.number("bytes").orElse(0);
      if (from.isPresent() && to.isPresent()) {
        tally.add(Share.of(from.get(), to.get(), to.get(), lan), bytes, 0);
      }
    }
    return tally.traffic(over);
  }
}
