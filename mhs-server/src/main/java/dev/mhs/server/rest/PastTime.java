package dev.mhs.server.rest;

import dev.mhs.core.history.Retention;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The time that is asked about.
 *
 * @param minutes how long it is
 * @param to when it ends
 * @param back how long before now it begins
 */
record PastTime(long minutes, Instant to, Duration back) {
  private static final long USUAL_MINUTES = 60;
  private static final long MOST_MINUTES = Duration.ofDays(3_650).toMinutes();

  /** Steps that divide a day, or are whole days, so that they stay where they are. */
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(6),
          Duration.ofDays(1),
          Duration.ofDays(7));

  /** Reads {@code minutes} and {@code until}; fails with 400 when one is no whole number. */
  static PastTime of(ServerRequest request, Instant now) {
    long minutes = WholeNumber.of(request, "minutes", USUAL_MINUTES, MOST_MINUTES);
    long seconds = now.getEpochSecond();
    long until = WholeNumber.of(request, "until", seconds, seconds);
    Instant to = until == seconds ? now : Instant.ofEpochSecond(until);
    return new PastTime(minutes, to, Duration.between(to, now).plus(Duration.ofMinutes(minutes)));
  }

  Instant from() {
    return to.minus(Duration.ofMinutes(minutes));
  }

  /** Returns the finest step that is kept of all of it. */
  Duration finest(Retention retention) {
    return retention.finest(back).step();
  }

  /** Returns the finest step in which it has fewer steps than so many. */
  Duration step(Retention retention, long fewerThan) {
    Duration finest = finest(retention);
    return STEPS.stream()
        .filter(step -> step.compareTo(finest) >= 0)
        .filter(step -> Duration.ofMinutes(minutes).dividedBy(step) < fewerThan)
        .findFirst()
        .orElse(STEPS.getLast());
  }
}
