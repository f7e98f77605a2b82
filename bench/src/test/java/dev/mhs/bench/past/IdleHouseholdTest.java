package dev.mhs.bench.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleHouseholdTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theSameSeedGivesTheSameHousehold() {
    assertEquals(hour(7), hour(7));
    assertTrue(!hour(7).equals(hour(8)), "another seed gives another one");
  }

  @Test
  void mostDevicesAreAtRestMostOfTheTime() {
    List<IdleHousehold.Moved> hour = hour(7);
    long atRest = hour.stream().filter(one -> one.downloadBytes() == 0).count();

    assertEquals(100 * 120, hour.size());
    assertTrue(atRest > hour.size() * 3 / 4, atRest + " of " + hour.size());
  }

  @Test
  void aTenthIsSwitchedOffInTheMorning() {
    assertEquals(90, new IdleHousehold(100, 7).tick(NOON.minusSeconds(3_600)).size());
  }

  private static List<IdleHousehold.Moved> hour(long seed) {
    IdleHousehold household = new IdleHousehold(100, seed);
    List<IdleHousehold.Moved> moved = new ArrayList<>();
    for (int tick = 0; tick < 120; tick++) {
      moved.addAll(household.tick(NOON.plusSeconds(30L * tick)));
    }
    return moved;
  }
}
