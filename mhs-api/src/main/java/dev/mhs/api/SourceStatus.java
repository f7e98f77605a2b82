package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a source fares, for people who want to know why it is or is not in use.
 *
 * @param id its name
 * @param type the type of its provider, such as {@code routeros}
 * @param vendor whose boxes it asks, for people
 * @param priority higher is asked first
 * @param origin where its code comes from: {@code built-in}, or the plugin's folder
 * @param problem why it could not be opened at all, or null when it is open
 * @param capabilities how each of its capabilities fares; empty when it is not open
 * @param findings what it found out about its own abilities
 * @param cost what asking has cost so far
 * @param lastMinute what of it fell into the last minute, or null before there was one
 * @since 0.1
 */
public record SourceStatus(
    SourceId id,
    String type,
    String vendor,
    int priority,
    String origin,
    @Nullable String problem,
    List<CapabilityStatus> capabilities,
    List<Finding> findings,
    Cost cost,
    @Nullable Cost lastMinute) {
  /** Copies the lists and checks that nothing needed is missing. */
  public SourceStatus {
    requireNonNull(id, "id is null");
    requireNonNull(type, "type is null");
    requireNonNull(vendor, "vendor is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(cost, "cost is null");
    capabilities = List.copyOf(capabilities);
    findings = List.copyOf(findings);
  }
}
