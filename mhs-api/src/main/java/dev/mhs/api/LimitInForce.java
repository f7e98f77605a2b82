package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A limit as it was read back from the box that applies it: what is, not what was asked for.
 *
 * @param limit the limit
 * @param enforced whether traffic is really held to it
 * @param reason why it is not enforced, in words that a person can act on; null when it is
 * @param ours whether MHS made it; one made by others is shown and never changed
 * @since 0.1
 */
public record LimitInForce(Limit limit, boolean enforced, @Nullable String reason, boolean ours) {
  /** Checks that the limit is there. */
  public LimitInForce {
    requireNonNull(limit, "limit is null");
  }
}
