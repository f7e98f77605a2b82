package dev.mhs.source.routeros.map;

import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code /ip/arp} or {@code /ipv6/neighbor} that tells something.
 *
 * @param address the IP address
 * @param mac the link-layer address, or null when the entry has none
 * @param place the interface, or null when it does not say
 * @param kind what the entry's state says
 * @param state the state in the router's own word
 */
record Neighbor(
    InetAddress address,
    @Nullable MacAddress mac,
    @Nullable String place,
    Evidence.Kind kind,
    String state) {

  /** Reads an entry; empty when it is switched off, on the line's side, or says nothing. */
  static Optional<Neighbor> of(Row row, Wan line) {
    Optional<InetAddress> address = row.address("address");
    String place = row.text("interface").orElse(null);
    boolean isForeign = place != null && line.has(place);
    if (address.isEmpty() || isForeign || row.flag("disabled") || row.flag("invalid")) {
      return Optional.empty();
    }
    MacAddress mac = row.mac("mac-address").orElse(null);
    // Older versions have no status: "complete" then only says that a MAC address is known.
    String state =
        row.word("status").orElse(row.flag("complete") && mac != null ? "complete" : "none");
    return kind(state).map(kind -> new Neighbor(address.get(), mac, place, kind, state));
  }

  boolean isAlive() {
    return kind == Evidence.Kind.NEIGHBOR_REACHABLE;
  }

  boolean isGivenUp() {
    return kind == Evidence.Kind.NEIGHBOR_FAILED;
  }

  private static Optional<Evidence.Kind> kind(String state) {
    return switch (state) {
      case "reachable", "delay", "probe" -> Optional.of(Evidence.Kind.NEIGHBOR_REACHABLE);
      case "stale", "permanent", "complete" -> Optional.of(Evidence.Kind.NEIGHBOR_STALE);
      case "failed", "incomplete" -> Optional.of(Evidence.Kind.NEIGHBOR_FAILED);
      default -> Optional.empty();
    };
  }
}
