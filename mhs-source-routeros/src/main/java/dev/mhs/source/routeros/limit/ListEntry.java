package dev.mhs.source.routeros.limit;

import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import java.util.List;
import java.util.Optional;

/**
 * An entry of our address list; others may have put theirs there too.
 *
 * @param id its id
 * @param address whom it names
 * @param active whether it is not switched off
 * @param ours whether it has our mark
 */
record ListEntry(String id, Prefix address, boolean active, boolean ours) {
  static List<ListEntry> of(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.text("list").orElse("").equals(Exemption.LIST))
        .flatMap(row -> of(row).stream())
        .toList();
  }

  private static Optional<ListEntry> of(Row row) {
    Optional<String> id = row.id();
    Optional<Prefix> address = row.text("address").flatMap(Prefix::parse);
    boolean ours = !row.flag("dynamic") && row.text("comment").orElse("").startsWith(Queue.MARK);
    return id.isEmpty() || address.isEmpty()
        ? Optional.empty()
        : Optional.of(new ListEntry(id.get(), address.get(), !row.flag("disabled"), ours));
  }
}
