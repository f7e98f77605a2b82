package dev.mhs.core.poll;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import java.time.Duration;
import java.time.Instant;

/**
 * How a capability of a source fares, as far as its answers tell. A value: {@link #after} makes the
 * next one.
 *
 * <p>Some failures in a row take it down, and some answers in a row bring it back, so that a source
 * that answers now and then is not chosen and dropped in turn.
 */
public sealed interface Health {
  /** How much weight of failures in a row takes a capability down. */
  int DEMOTE_AT = 3;

  /** How many answers in a row bring it back. */
  int PROMOTE_AT = 3;

  /**
   * A failure that was observed.
   *
   * @param kind what kind it was
   * @param detail what happened
   */
  record Failure(FailureKind kind, String detail) {
    /**
     * How much it counts: a missed deadline has cost as much time as several quick failures, and
     * what only a person can mend will not pass by itself.
     */
    int weight() {
      return kind == FailureKind.TIMED_OUT || kind.needsAPerson() ? DEMOTE_AT : 1;
    }
  }

  /**
   * It has not answered yet.
   *
   * @param since when it was opened
   */
  record Untried(Instant since) implements Health {}

  /**
   * It answers.
   *
   * @param since when it began to
   */
  record Up(Instant since) implements Health {}

  /**
   * It failed lately, but not often enough to be given up.
   *
   * @param since when the first of these failures was
   * @param weight how much the failures in a row weigh
   * @param failure the last one
   */
  record Failing(Instant since, int weight, Failure failure) implements Health {}

  /**
   * It is not relied upon.
   *
   * @param since when the first of the failures was
   * @param attempts how many failures in a row there were since it went down
   * @param answers how many answers in a row there were since the last failure
   * @param failure the last failure
   */
  record Down(Instant since, int attempts, int answers, Failure failure) implements Health {}

  /**
   * It can never answer.
   *
   * @param since when it said so
   * @param reason why
   */
  record Unsupported(Instant since, String reason) implements Health {}

  /** When it came into this state. */
  Instant since();

  /** Tells whether its answers may be relied upon now. */
  default boolean isUsable() {
    return switch (this) {
      case Up up -> true;
      case Failing failing -> true;
      case Untried untried -> false;
      case Down down -> false;
      case Unsupported unsupported -> false;
    };
  }

  /**
   * Returns how much a failure counts that took so long: one that came near the deadline has cost
   * as much time as several quick ones.
   */
  static int weight(Duration took, Duration deadline) {
    double share = took.toNanos() / (double) deadline.toNanos();
    return Math.clamp(1 + (long) (DEMOTE_AT * share), 1, DEMOTE_AT);
  }

  /** Returns the health after one more quick question ended as {@code result} at {@code now}. */
  default Health after(Poll<?> result, Instant now) {
    return after(result, now, 1);
  }

  /**
   * Returns the health after one more question ended as {@code result} at {@code now}; had it
   * failed, it counts at least {@code weight}.
   */
  default Health after(Poll<?> result, Instant now, int weight) {
    return switch (result) {
      case Poll.Ok<?> ok -> afterAnswer(now);
      case Poll.Unsupported<?> unsupported -> new Unsupported(now, unsupported.reason());
      case Poll.Failed<?> failed ->
          afterFailure(new Failure(failed.kind(), failed.detail()), now, weight);
    };
  }

  private Health afterAnswer(Instant now) {
    return switch (this) {
      case Up up -> up;
      case Untried untried -> new Up(now);
      case Failing failing -> new Up(now);
      case Unsupported unsupported -> new Up(now);
      case Down down ->
          down.answers + 1 >= PROMOTE_AT
              ? new Up(now)
              : new Down(down.since, 0, down.answers + 1, down.failure);
    };
  }

  private Health afterFailure(Failure failure, Instant now, int atLeast) {
    int weight = Math.max(atLeast, failure.weight());
    return switch (this) {
      case Untried untried -> new Down(now, 1, 0, failure);
      case Unsupported unsupported -> new Down(now, 1, 0, failure);
      case Up up -> failing(now, weight, failure);
      case Failing failing -> failing(failing.since, failing.weight + weight, failure);
      case Down down -> new Down(down.since, down.attempts + 1, 0, failure);
    };
  }

  private static Health failing(Instant since, int weight, Failure failure) {
    return weight >= DEMOTE_AT
        ? new Down(since, 1, 0, failure)
        : new Failing(since, weight, failure);
  }
}
