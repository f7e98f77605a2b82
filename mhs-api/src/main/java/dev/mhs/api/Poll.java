package dev.mhs.api;

import static java.util.Objects.requireNonNull;

/**
 * What asking a source may lead to. Expected failure is a value; only a bug is an exception.
 *
 * @param <T> what was asked for
 * @since 0.1
 */
public sealed interface Poll<T> {
  /**
   * It answered.
   *
   * @param <T> what was asked for
   * @param value the answer
   */
  record Ok<T>(T value) implements Poll<T> {
    /** Checks that there is an answer. */
    public Ok {
      requireNonNull(value, "value is null");
    }
  }

  /**
   * It can never answer: do not ask again.
   *
   * @param <T> what was asked for
   * @param reason why, in words for people
   */
  record Unsupported<T>(String reason) implements Poll<T> {
    /** Checks that there is a reason. */
    public Unsupported {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * Not now: back off, use another.
   *
   * @param <T> what was asked for
   * @param kind what kind of failure it was
   * @param detail what happened, in the peer's own words where it gave any; never a secret
   */
  record Failed<T>(FailureKind kind, String detail) implements Poll<T> {
    /** Checks that nothing is missing. */
    public Failed {
      requireNonNull(kind, "kind is null");
      requireNonNull(detail, "detail is null");
    }
  }
}
