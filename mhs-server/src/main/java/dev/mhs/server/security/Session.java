package dev.mhs.server.security;

import java.time.Duration;
import java.time.Instant;

/**
 * One who has signed in on the page.
 *
 * @param digest of the id, which only the browser has
 * @param opened when
 * @param used when last, to the minute
 */
record Session(String digest, Instant opened, Instant used) {
  /** Whether it has ended by itself. */
  boolean isOver(Instant now, Duration idle, Duration longest) {
    return now.isAfter(used.plus(idle)) || now.isAfter(opened.plus(longest));
  }

  Session usedAt(Instant now) {
    return new Session(digest, opened, now);
  }
}
