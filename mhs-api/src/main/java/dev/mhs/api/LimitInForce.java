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
 * @param counted what the box says has gone through the limit, device's viewpoint; null where it
 *     does not count
 * @param measured what the device was measured to move under it; the core fills it in, a source
 *     leaves it null
 * @since 0.1
 */
public record LimitInForce(
    Limit limit,
    boolean enforced,
    @Nullable String reason,
    boolean ours,
    @Nullable Usage counted,
    @Nullable LimitMeasurement measured) {
  /** Checks that the limit is there. */
  public LimitInForce {
    requireNonNull(limit, "limit is null");
  }

  /**
   * Makes a limit of a box that does not count what goes through it.
   *
   * @param limit the limit
   * @param enforced whether traffic is really held to it
   * @param reason why it is not enforced; null when it is
   * @param ours whether MHS made it
   */
  public LimitInForce(Limit limit, boolean enforced, @Nullable String reason, boolean ours) {
    this(limit, enforced, reason, ours, null, null);
  }
}
