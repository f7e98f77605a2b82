package dev.mhs.source.routeros.map;

import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.parse.RouterDuration;
import dev.mhs.source.routeros.parse.Row;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code /ip/dhcp-server/lease} that names a device.
 *
 * @param mac whose it is: the one in use, else the configured one
 * @param reserved the address it promises, or null when it names a pool
 * @param active the address in use, or null when it is not in use
 * @param status the server's own word, such as {@code bound}
 * @param dynamic whether it vanishes by itself
 * @param idle how long ago the device last spoke to the server, or null when it never did
 * @param left how long the promise still holds, or null when it has no end or the box does not say
 * @param hostName what the device calls itself, or null; untrusted text
 * @param comment its owner's remark, or null
 */
record Lease(
    MacAddress mac,
    @Nullable InetAddress reserved,
    @Nullable InetAddress active,
    @Nullable String status,
    boolean dynamic,
    @Nullable Duration idle,
    @Nullable Duration left,
    @Nullable String hostName,
    @Nullable String comment) {

  /** Reads a row; empty when it is switched off or names no device. */
  static Optional<Lease> of(Row row) {
    Optional<MacAddress> mac = row.mac("active-mac-address").or(() -> row.mac("mac-address"));
    if (mac.isEmpty() || row.flag("disabled")) {
      return Optional.empty();
    }
    return Optional.of(
        new Lease(
            mac.get(),
            row.address("address").orElse(null),
            row.address("active-address").orElse(null),
            row.word("status").orElse(null),
            row.flag("dynamic"),
            row.text("last-seen").flatMap(RouterDuration::parse).orElse(null),
            row.text("expires-after").flatMap(RouterDuration::parse).orElse(null),
            row.text("host-name").orElse(null),
            row.text("comment").orElse(null)));
  }

  boolean isBound() {
    return "bound".equals(status);
  }

  /** Returns the address in use or, for a lease made by hand, the one kept for the device. */
  Optional<InetAddress> address() {
    if (active != null) {
      return Optional.of(active);
    }
    return isBound() || !dynamic ? Optional.ofNullable(reserved) : Optional.empty();
  }
}
