package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.tck.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeapKeeperTest {
  private final MutableClock clock = new MutableClock();
  private long grown;
  private int collections;
  private final HeapKeeper keeper = new HeapKeeper(() -> grown, this::collect, clock);

  private void collect() {
    collections++;
    grown = 0;
  }

  private void lookFor(Duration time) {
    for (long second = 0; second < time.toSeconds(); second += 2) {
      clock.advance(Duration.ofSeconds(2));
      keeper.look();
    }
  }

  @Test
  void whatHasGrownIsCollectedWithinAMinuteAndOnce() {
    grown = HeapKeeper.WORTH_A_LOOK;
    lookFor(HeapKeeper.PAUSE.minusSeconds(2));
    assertEquals(0, collections);

    lookFor(Duration.ofMinutes(10));
    assertEquals(1, collections);
  }

  @Test
  void forLessNobodyIsHeldUp() {
    grown = HeapKeeper.WORTH_A_LOOK - 1;
    lookFor(Duration.ofMinutes(10));

    assertEquals(0, collections);
  }

  @Test
  void whoeverAllocatesFasterIsCollectedOnceAMinute() {
    for (int minute = 0; minute < 5; minute++) {
      grown = 10 * HeapKeeper.WORTH_A_LOOK;
      lookFor(HeapKeeper.PAUSE);
    }

    assertEquals(5, collections);
  }

  @Test
  void anyCollectorWillDo() {
    HeapKeeper any = HeapKeeper.ofThisProcess(clock);
    clock.advance(HeapKeeper.PAUSE);

    assertDoesNotThrow(any::look);
  }
}
