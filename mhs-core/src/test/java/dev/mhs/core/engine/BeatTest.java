package dev.mhs.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BeatTest {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final long START = Long.MAX_VALUE - millis(5_000); // the clock may overflow

  private final Beat beat = new Beat(INTERVAL, START);

  @Test
  void theFirstPushIsDueAtOnceAndTheNextAfterTheInterval() {
    assertTrue(beat.isTurn(START));
    beat.pushed(true, at(30)); // it took a while

    assertFalse(beat.isTurn(at(1_999)));
    assertEquals(at(2_000), beat.due(false, at(30)));
    assertTrue(beat.isTurn(at(2_000)));
  }

  @Test
  void newcomersAreShownAtOnceButNotRightAfterAnotherPush() {
    beat.pushed(true, at(0));

    assertEquals(at(250), beat.due(true, at(100)));
    assertEquals(at(600), beat.due(true, at(600)));
    beat.pushed(false, at(600));
    assertEquals(at(850), beat.due(true, at(700)));
  }

  @Test
  void newcomersWaitForATurnThatIsNear() {
    beat.pushed(true, at(0));

    assertEquals(at(1_750), beat.due(true, at(1_750)));
    assertEquals(at(2_000), beat.due(true, at(1_751)));
    beat.pushed(false, at(1_600));
    assertEquals(at(2_000), beat.due(true, at(1_600)));
  }

  @Test
  void anEarlyPushMovesNoTurn() {
    beat.pushed(true, at(0));
    beat.pushed(false, at(500));

    assertFalse(beat.isTurn(at(1_999)));
    assertEquals(at(2_000), beat.due(false, at(500)));
  }

  @Test
  void turnsThatWereMissedAreNotMadeUpFor() {
    beat.pushed(true, at(0));

    beat.pushed(true, at(60_000));

    assertEquals(at(62_000), beat.due(false, at(60_000)));
  }

  @Test
  void newcomersAreWaitedForTenSecondsFromEachWish() {
    assertFalse(beat.isExpectant(START));

    beat.expect(at(0));
    assertTrue(beat.isExpectant(at(9_999)));
    assertFalse(beat.isExpectant(at(10_000)));

    beat.expect(at(20_000));
    assertTrue(beat.isExpectant(at(29_999)));
  }

  @Test
  void theBeatStaysTrueWhateverGoesOutEarly() {
    Seeds.check(20, BeatTest::staysTrue);
  }

  private static void staysTrue(Random random) {
    Beat beat = new Beat(INTERVAL, START);
    List<Long> regular = new ArrayList<>();
    long last = START - INTERVAL.toNanos();
    for (long now = START; regular.size() < 200; now += millis(1 + random.nextInt(10))) {
      boolean isRegular = beat.isTurn(now);
      boolean isEarly = random.nextBoolean() && beat.due(true, now) - now <= 0;
      if (isRegular || isEarly) {
        assertTrue(now - last >= Beat.APART.toNanos(), "too near to the one before");
        last = now;
        beat.pushed(isRegular, now + millis(random.nextInt(20)));
      }
      if (isRegular) {
        regular.add(now);
      }
    }

    for (int i = 0; i < regular.size(); i++) {
      long late = regular.get(i) - (START + i * INTERVAL.toNanos());
      assertTrue(late >= 0 && late <= millis(10), "turn " + i + " is late by " + late + " ns");
    }
  }

  private static long at(long millis) {
    return START + millis(millis);
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
