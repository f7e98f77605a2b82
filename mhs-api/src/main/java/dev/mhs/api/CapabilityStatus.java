package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one capability of one source fares.
 *
 * @param capability which capability
 * @param state how it fares
 * @param detail the last failure, or why it cannot answer at all; null when it is well
 * @param since when it came into this state
 * @param lastAnswer when it last answered, or null when it never did
 * @param lastPoll how long the last question took, or null when none has ended
 * @param polls how many questions were asked
 * @param failures how many of them were not answered
 * @since 0.1
 */
public record CapabilityStatus(
    Capability capability,
    State state,
    @Nullable String detail,
    Instant since,
    @Nullable Instant lastAnswer,
    @Nullable Duration lastPoll,
    long polls,
    long failures) {
  /** How a capability fares. */
  public enum State {
    /** It has not answered yet. */
    UNTRIED,
    /** It answers. */
    UP,
    /** It failed lately, but not often enough to be given up. */
    FAILING,
    /** It is not relied upon, until it has answered some times again. */
    DOWN,
    /** It can never answer. */
    UNSUPPORTED
  }

  /** Checks that nothing needed is missing. */
  public CapabilityStatus {
    requireNonNull(capability, "capability is null");
    requireNonNull(state, "state is null");
    requireNonNull(since, "since is null");
  }
}
