package dev.mhs.source.routeros.traffic;

/**
 * The byte counters of a connection since it began. "orig" is the direction of its first packet,
 * "repl" the other one; packets on the fast path have counters of their own.
 *
 * @param orig {@code orig-bytes}
 * @param repl {@code repl-bytes}
 * @param origFast {@code orig-fasttrack-bytes}
 * @param replFast {@code repl-fasttrack-bytes}
 */
public record Counters(long orig, long repl, long origFast, long replFast) {
  /** No bytes yet. */
  public static final Counters ZERO = new Counters(0, 0, 0, 0);

  /**
   * Tells whether these can be later counters of the same connection.
   *
   * @param before the earlier counters
   * @return whether none of them went back
   */
  boolean continues(Counters before) {
    return orig >= before.orig
        && repl >= before.repl
        && origFast >= before.origFast
        && replFast >= before.replFast;
  }

  /** Returns what was added since. */
  Counters minus(Counters before) {
    return new Counters(
        orig - before.orig,
        repl - before.repl,
        origFast - before.origFast,
        replFast - before.replFast);
  }

  /** Returns all bytes in the direction of the first packet. */
  long original(boolean addFast) {
    return addFast ? orig + origFast : orig;
  }

  /** Returns all bytes in the other direction. */
  long reply(boolean addFast) {
    return addFast ? repl + replFast : repl;
  }
}
