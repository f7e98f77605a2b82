package dev.mhs.api;

/**
 * Why a source could not answer.
 *
 * @since 0.1
 */
public enum FailureKind {
  /** No connection: refused, no route, name not found, reset. */
  UNREACHABLE,
  /** No answer within the deadline. */
  TIMED_OUT,
  /** The peer is not the one that was pinned, or its certificate does not verify. */
  UNTRUSTED,
  /** The credentials were not accepted. */
  UNAUTHORIZED,
  /** Logged in, or allowed to run, but a right is missing. */
  NOT_PERMITTED,
  /** The peer answered that it could not. */
  REFUSED,
  /** The answer made no sense. */
  MALFORMED,
  /** The source itself is at fault: it threw. */
  BUG;

  /**
   * Tells whether only a person can mend it, so that asking often is of no use (a router logs every
   * refused login).
   *
   * @return whether to wait long before the next attempt
   */
  public boolean needsAPerson() {
    return switch (this) {
      case UNTRUSTED, UNAUTHORIZED, NOT_PERMITTED -> true;
      case UNREACHABLE, TIMED_OUT, REFUSED, MALFORMED, BUG -> false;
    };
  }
}
