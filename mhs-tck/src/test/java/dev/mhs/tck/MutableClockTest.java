package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mhs.api.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MutableClockTest {
  private final MutableClock clock = new MutableClock();

  @Test
  void timePassesOnBothClocks() {
    Moment before = clock.moment();

    Moment after = clock.advance(Duration.ofSeconds(2));

    assertEquals(Duration.ofSeconds(2), after.since(before));
    assertEquals(before.at().plusSeconds(2), clock.instant());
  }

  @Test
  void settingTheWallClockBackLetsNoTimePass() {
    Moment before = clock.moment();

    Moment after = clock.stepWall(Duration.ofHours(-1));

    assertEquals(Duration.ZERO, after.since(before));
    assertEquals(MutableClock.START.minusSeconds(3600), clock.instant());
  }

  @Test
  void timeDoesNotRunBackwards() {
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofNanos(-1)));
  }
}
