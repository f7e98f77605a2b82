package dev.mhs.core.poll;

import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one capability of one source. A failed question keeps the last good answer.
 *
 * @param <T> what is asked for
 * @param health how it fares
 * @param answer the last good answer, or null when there was none
 * @param lastPoll how long the last question took, or null
 * @param polls how many questions were asked
 * @param failures how many were not answered
 */
public record PollState<T>(
    Health health,
    @Nullable Answer<T> answer,
    @Nullable Duration lastPoll,
    long polls,
    long failures) {

  static <T> PollState<T> untried(Instant now) {
    return new PollState<>(new Health.Untried(now), null, null, 0, 0);
  }

  PollState<T> after(Poll<T> result, Moment now, Duration took, Duration deadline) {
    boolean answered = result instanceof Poll.Ok<T>;
    return new PollState<>(
        health.after(result, now.at(), Health.weight(took, deadline)),
        result instanceof Poll.Ok<T>(T value) ? new Answer<>(value, now) : answer,
        took,
        polls + 1,
        failures + (answered ? 0 : 1));
  }

  /** Returns the same for people. */
  public CapabilityStatus status(Capability capability) {
    return new CapabilityStatus(
        capability,
        state(health),
        detail(health),
        health.since(),
        answer == null ? null : answer.at().at(),
        lastPoll,
        polls,
        failures);
  }

  private static CapabilityStatus.State state(Health health) {
    return switch (health) {
      case Health.Untried untried -> CapabilityStatus.State.UNTRIED;
      case Health.Up up -> CapabilityStatus.State.UP;
      case Health.Failing failing -> CapabilityStatus.State.FAILING;
      case Health.Down down -> CapabilityStatus.State.DOWN;
      case Health.Unsupported unsupported -> CapabilityStatus.State.UNSUPPORTED;
    };
  }

  private static @Nullable String detail(Health health) {
    return switch (health) {
      case Health.Untried untried -> null;
      case Health.Up up -> null;
      case Health.Failing failing -> failing.failure().detail();
      case Health.Down down -> down.failure().detail();
      case Health.Unsupported unsupported -> unsupported.reason();
    };
  }
}
