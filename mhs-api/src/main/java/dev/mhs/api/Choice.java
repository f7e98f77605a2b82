package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which source answers for a capability now, and why.
 *
 * @param capability what is asked for
 * @param source the chosen source, or null when none can answer
 * @param reason why, in words for people
 * @since 0.1
 */
public record Choice(Capability capability, @Nullable SourceId source, String reason) {
  /** Checks that nothing needed is missing. */
  public Choice {
    requireNonNull(capability, "capability is null");
    requireNonNull(reason, "reason is null");
  }
}
