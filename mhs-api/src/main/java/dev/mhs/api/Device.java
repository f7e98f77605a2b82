package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thing on the LAN, as the core concluded it from everything that the sources said.
 *
 * @param key its identity
 * @param mac its link-layer address, or null where none is visible
 * @param addresses its IP addresses, the one to show first; empty when none is known now
 * @param fields its describing texts, each with the source that said it
 * @param presence whether it is there
 * @param firstSeen when it was first heard of
 * @param lastSeen when it was last proven to be there, or null when it never was
 * @param evidence the newest evidence of each kind, newest first
 * @since 0.1
 */
public record Device(
    DeviceKey key,
    @Nullable MacAddress mac,
    List<InetAddress> addresses,
    Map<DeviceField, Sourced<String>> fields,
    Presence presence,
    Instant firstSeen,
    @Nullable Instant lastSeen,
    List<Evidence> evidence) {
  /** Copies the collections and checks that nothing needed is missing. */
  public Device {
    requireNonNull(key, "key is null");
    requireNonNull(presence, "presence is null");
    requireNonNull(firstSeen, "firstSeen is null");
    addresses = List.copyOf(addresses);
    fields = Map.copyOf(fields);
    evidence = List.copyOf(evidence);
  }

  /**
   * Returns a describing text.
   *
   * @param field which one
   * @return the text, or null when nobody knows it
   */
  public @Nullable String text(DeviceField field) {
    Sourced<String> known = fields.get(field);
    return known == null ? null : known.value();
  }

  /**
   * Returns the address to show.
   *
   * @return the first address, or null when none is known
   */
  public @Nullable InetAddress address() {
    return addresses.isEmpty() ? null : addresses.getFirst();
  }
}
