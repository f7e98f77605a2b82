package dev.mhs.source.routeros;

import java.time.Duration;

/**
 * How long a table may take. One that is quick as a rule is not waited for long, so that a router
 * that hangs is noticed soon; one that was late once gets all the time there is. For one thread.
 */
final class Patience {
  static final Duration MOST = Duration.ofSeconds(10);
  private static final Duration LEAST = Duration.ofSeconds(4);
  private static final int MARGIN = 8;

  private Duration now = MOST;

  Duration now() {
    return now;
  }

  boolean isMost() {
    return now.equals(MOST);
  }

  void took(Duration time) {
    Duration wanted = time.multipliedBy(MARGIN);
    now = wanted.compareTo(LEAST) < 0 ? LEAST : wanted.compareTo(MOST) > 0 ? MOST : wanted;
  }

  void wasTooShort() {
    now = MOST;
  }
}
