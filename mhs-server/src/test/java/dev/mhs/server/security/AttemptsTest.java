package dev.mhs.server.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.server.security.Attempts.Outcome;
import dev.mhs.tck.MutableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private static final String RIGHT = "admin:right";

  private final MutableClock clock = new MutableClock();
  private final Attempts attempts = new Attempts(clock);
  private int guesses;

  @Test
  void aFewMistakesCostNothing() {
    for (int i = 0; i < Attempts.FREE; i++) {
      assertInstanceOf(Outcome.Wrong.class, guess("192.0.2.1"));
    }

    assertInstanceOf(Outcome.TooSoon.class, tryAt("192.0.2.1", RIGHT));
    clock.advance(Attempts.FIRST_WAIT);
    assertInstanceOf(Outcome.Right.class, tryAt("192.0.2.1", RIGHT));
    assertEquals(new Outcome.Wrong(1), guess("192.0.2.1"), "it begins anew");
  }

  @Test
  void whoGuessesOnIsLookedAtOnceAMinuteAndNeverLockedOut() {
    int looked = 0;
    for (int second = 0; second < 24 * 3600; second++) {
      for (int i = 0; i < 3; i++) {
        looked += guess("192.0.2.1") instanceof Outcome.Wrong ? 1 : 0;
      }
      clock.advance(Duration.ofSeconds(1));
    }

    assertTrue(looked > 1000 && looked < 1500, looked + " guesses a day");
    clock.advance(Attempts.LONGEST_WAIT);
    assertInstanceOf(Outcome.Right.class, tryAt("192.0.2.1", RIGHT));
  }

  @Test
  void aGuessWithinTheWaitIsNotLookedAtAndDoesNotMakeItLonger() {
    for (int i = 0; i < Attempts.FREE; i++) {
      guess("192.0.2.1");
    }
    for (int i = 0; i < 1000; i++) {
      Outcome outcome = tryAt("192.0.2.1", i % 2 == 0 ? RIGHT : "admin:" + i);
      assertEquals(new Outcome.TooSoon(Attempts.FIRST_WAIT), outcome);
    }
  }

  @Test
  void aGuesserSlowsDownNoOtherAddress() {
    for (int i = 0; i < 10_000; i++) {
      guess("192.0.2.1");
    }

    assertInstanceOf(Outcome.Wrong.class, guess("192.0.2.2"));
    assertInstanceOf(Outcome.Right.class, tryAt("192.0.2.3", RIGHT));
  }

  @Test
  void aBrowserThatHasSignedInBeforeIsNotSlowedDownByWhoeverSharesItsAddress() {
    for (int i = 0; i < 10_000; i++) {
      guess("192.0.2.1");
    }

    assertInstanceOf(
        Outcome.Right.class, attempts.attempt("browser x", true, bytes(RIGHT), this::isRight));
  }

  @Test
  void guessersWithManyAddressesAreSlowedDownTogether() {
    int looked = 0;
    for (int second = 0; second < 3600; second++) {
      for (int i = 0; i < 100; i++) {
        looked += guess("198.51." + second + "." + i) instanceof Outcome.Wrong ? 1 : 0;
      }
      clock.advance(Duration.ofSeconds(1));
    }

    assertEquals(Attempts.TOGETHER + 3600 / 2, looked, 2.0);
  }

  @Test
  void whoWasRightBeforeIsNotSlowedDownByGuessersElsewhere() {
    tryAt("192.0.2.3", RIGHT);
    for (int i = 0; i < 1000; i++) {
      guess("198.51.100." + i);
    }

    assertInstanceOf(Outcome.TooSoon.class, tryAt("192.0.2.4", RIGHT));
    assertInstanceOf(Outcome.Right.class, tryAt("192.0.2.3", RIGHT));
  }

  @Test
  void aProgramThatRepeatsOneWrongPasswordSlowsDownNobody() {
    for (int i = 0; i < 10_000; i++) {
      assertEquals(new Outcome.Wrong(1), tryAt("192.0.2.1", "admin:old"));
    }

    assertInstanceOf(Outcome.Right.class, tryAt("192.0.2.1", RIGHT));
  }

  @Test
  void mistakesAreForgotten() {
    for (int i = 0; i < 20; i++) {
      guess("192.0.2.1");
      clock.advance(Attempts.LONGEST_WAIT);
    }

    clock.advance(Attempts.FORGOTTEN_AFTER.plusSeconds(1));

    assertEquals(new Outcome.Wrong(1), guess("192.0.2.1"));
  }

  private Outcome guess(String from) {
    return tryAt(from, "admin:" + guesses++);
  }

  private Outcome tryAt(String from, String tried) {
    return attempts.attempt(from, false, bytes(tried), this::isRight);
  }

  private boolean isRight(byte[] tried) {
    return Arrays.equals(tried, bytes(RIGHT));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
