package dev.mhs.core.merge;

import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sourced;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is said about one device now, by all sources together.
 *
 * @param key its identity
 * @param mac its link-layer address, or null where none is visible
 * @param addresses its addresses, the one to show first
 * @param fields its describing texts with the source of each
 * @param evidence what the chosen source has to show for its presence, newest first
 */
record Claim(
    DeviceKey key,
    @Nullable MacAddress mac,
    List<InetAddress> addresses,
    Map<DeviceField, Sourced<String>> fields,
    List<Evidence> evidence) {
  /**
   * Newest first; the order of kinds decides between equals, so that it never depends on chance.
   */
  static final Comparator<Evidence> NEWEST_FIRST =
      Comparator.comparing(Evidence::at).reversed().thenComparing(Evidence::kind);

  /** Copies the collections. */
  Claim {
    addresses = List.copyOf(addresses);
    fields = Map.copyOf(fields);
    evidence = List.copyOf(evidence);
  }

  /** Returns when evidence of a weight was last given. */
  Optional<Instant> newest(Evidence.Weight weight) {
    return evidence.stream()
        .filter(one -> one.kind().weight() == weight)
        .map(Evidence::at)
        .max(Comparator.naturalOrder());
  }
}
