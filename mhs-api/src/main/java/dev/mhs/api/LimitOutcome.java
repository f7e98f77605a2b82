package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
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
   * @param left what should have been tidied up on the box besides and still stands there, each in
   *     words for people; mostly empty
   */
  record Applied(@Nullable LimitInForce inForce, List<String> left) implements LimitOutcome {
    /** Copies the list. */
    public Applied {
      left = List.copyOf(left);
    }

    /**
     * Makes the usual outcome: nothing is left.
     *
     * @param inForce what was read back, or null when the limit was removed
     */
    public Applied(@Nullable LimitInForce inForce) {
      this(inForce, List.of());
    }
  }

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
   * It was not done, but some of it could not be taken back yet. The source goes on trying when it
   * reads the limits, and a new wish for the device replaces this one.
   *
   * @param kind what kind of failure it was
   * @param detail what happened, in the box's own words where it gave any
   * @param left what stands on the box and should not, each in words for people
   */
  record Incomplete(FailureKind kind, String detail, List<String> left) implements LimitOutcome {
    /** Copies the list and checks that nothing is missing. */
    public Incomplete {
      requireNonNull(kind, "kind is null");
      requireNonNull(detail, "detail is null");
      left = List.copyOf(left);
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
