package dev.mhs.core.poll;

import dev.mhs.core.spi.Cadence;
import java.time.Duration;

/** How long to wait before the next question. Pure but for the jitter, which is handed in. */
public final class Backoff {
  /** The first pause after a failure. */
  static final Duration FIRST = Duration.ofSeconds(1);

  /** The longest pause after failures that may pass by themselves: a return is noticed soon. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  /** The pause after what only a person can mend: a router logs every refused login. */
  static final Duration FOR_A_PERSON = Duration.ofMinutes(5);

  private static final double JITTER = 0.2;
  private static final int MOST_DOUBLINGS = 6;

  private Backoff() {}

  /**
   * Returns the pause before the next question.
   *
   * @param health how the capability fares
   * @param cadence how often it wants to be asked
   * @param watched whether somebody looks
   * @param jitter a random number from 0 to 1, so that sources do not fall into step
   */
  public static Duration pause(Health health, Cadence cadence, boolean watched, double jitter) {
    return switch (health) {
      case Health.Untried untried -> cadence.pause(watched);
      case Health.Up up -> cadence.pause(watched);
      case Health.Unsupported unsupported -> FOR_A_PERSON;
      case Health.Failing failing ->
          jittered(FIRST, jitter); // whether it is gone is to be known soon
      case Health.Down down when down.answers() > 0 -> shorter(cadence.pause(watched), FIRST);
      case Health.Down down when down.failure().kind().needsAPerson() ->
          jittered(FOR_A_PERSON, jitter);
      case Health.Down down -> jittered(doubled(down.attempts()), jitter);
    };
  }

  private static Duration doubled(int times) {
    return shorter(FIRST.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS)), LONGEST);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration jittered(Duration pause, double jitter) {
    double factor = 1 + JITTER * (2 * jitter - 1);
    return Duration.ofNanos((long) (pause.toNanos() * factor));
  }
}
