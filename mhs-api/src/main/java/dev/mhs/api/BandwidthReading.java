package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source measured about everybody's traffic at one instant: the devices, the household's
 * line and the router's own traffic together, so that they can be compared.
 *
 * @param at when the counters were read
 * @param method how it was measured, such as {@code conntrack}; shown to people behind the source
 * @param devices the usage of each device that was measured; one that was not measured is absent
 * @param wan the usage of the household's line, or null when it is not visible
 * @param own the traffic of the router or host itself, which belongs to no device, or null
 * @since 0.1
 */
public record BandwidthReading(
    Moment at,
    String method,
    Map<DeviceKey, Usage> devices,
    @Nullable Usage wan,
    @Nullable Usage own) {
  /** Copies the map and checks that nothing needed is missing. */
  public BandwidthReading {
    requireNonNull(at, "at is null");
    requireNonNull(method, "method is null");
    devices = Map.copyOf(devices);
  }
}
