package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A device together with what it does now.
 *
 * @param device the device
 * @param rate what it moved lately, or null when that was not measured: a gap, not a zero
 * @param rateSource who measured the rate and how, such as {@code mikrotik/conntrack}; null without
 *     a rate
 * @param limit the limit in force for it, or null when there is none
 * @since 0.1
 */
public record DeviceState(
    Device device,
    @Nullable Throughput rate,
    @Nullable String rateSource,
    @Nullable LimitInForce limit) {
  /** Checks that the device is there. */
  public DeviceState {
    requireNonNull(device, "device is null");
  }
}
