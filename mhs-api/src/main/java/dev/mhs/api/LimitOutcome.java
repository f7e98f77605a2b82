package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request to limit a device.
 *
 * @since 0.1
 */
public sealed interface LimitOutcome {
  /**
   * The box confirmed it, and it was read back.
   *
   * @param inForce what was read back, or null when the limit was removed
   */
  record Applied(@Nullable LimitInForce inForce) implements LimitOutcome {}

  /**
   * The box answered and said no; asking again will not help.
   *
   * @param detail the box's own words
   */
  record Refused(String detail) implements LimitOutcome {
    /** Checks that there is a reason. */
    public Refused {
      requireNonNull(detail, "detail is null");
    }
  }

  /**
   * It could not be done now, and nothing is known to have changed.
   *
   * @param kind what kind of failure it was
   * @param detail what happened
   */
  record Failed(FailureKind kind, String detail) implements LimitOutcome {
    /** Checks that nothing is missing. */
    public Failed {
      requireNonNull(kind, "kind is null");
      requireNonNull(detail, "detail is null");
    }
  }
}
