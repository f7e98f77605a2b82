package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that MHS knows at one moment. A new one is published at each push interval, whatever
 * the sources do; everything that people and programs see is computed from it.
 *
 * @param seq counts the snapshots of this process, from 1
 * @param at when it was made
 * @param choices which source answers for which capability, and why
 * @param lastScan when the chosen source last answered for devices, or null when it never did
 * @param wan what the household's line moved lately, or null when that was not measured
 * @param own what the router or host itself moved lately, or null when that was not measured
 * @param attributedRatio the share of the line's bytes of the last minute that belong to known
 *     devices, 0 to about 1; null when it cannot be told
 * @param devices all known devices, in the order of their addresses
 * @param transients visits in passing of the last day (closed sessions of less than five minutes),
 *     newest first, the newest 100 at most
 * @param boxes all boxes with their ports
 * @param limits every limit that was read back, those of others included
 * @param sources how every source fares
 * @since 0.1
 */
public record Snapshot(
    long seq,
    Instant at,
    Map<Capability, Choice> choices,
    @Nullable Instant lastScan,
    @Nullable Throughput wan,
    @Nullable Throughput own,
    @Nullable Double attributedRatio,
    List<DeviceState> devices,
    List<Session> transients,
    List<BoxState> boxes,
    List<LimitInForce> limits,
    List<SourceStatus> sources) {
  /** Copies the collections and checks that nothing needed is missing. */
  public Snapshot {
    requireNonNull(at, "at is null");
    choices = Map.copyOf(choices);
    devices = List.copyOf(devices);
    transients = List.copyOf(transients);
    boxes = List.copyOf(boxes);
    limits = List.copyOf(limits);
    sources = List.copyOf(sources);
  }

  /**
   * Returns the source that answers for a capability.
   *
   * @param capability what is asked for
   * @return the source, or null when none can answer
   */
  public @Nullable SourceId source(Capability capability) {
    Choice choice = choices.get(capability);
    return choice == null ? null : choice.source();
  }
}
