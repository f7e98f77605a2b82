package dev.mhs.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GuardedCallTest {
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration NEVER = Duration.ofHours(1);

  private final Deadlines deadlines = new Deadlines();
  private final GuardedCall guard = new GuardedCall(deadlines);

  @Test
  void aCallInTimeReturnsWhatItReturned() {
    assertEquals(Optional.of("well"), guard.within(NEVER, () -> {}, () -> "well"));
  }

  @Test
  void aLateCallIsInterruptedAndItsAnswerIsDropped() {
    AtomicInteger overdue = new AtomicInteger();

    Optional<Boolean> result =
        guard.within(AT_ONCE, overdue::incrementAndGet, GuardedCallTest::hangUntilInterrupted);

    assertEquals(Optional.empty(), result);
    assertTrue(overdue.get() >= 1);
    assertFalse(Thread.currentThread().isInterrupted(), "the interrupt was meant for the call");
  }

  @Test
  void afterTheEndALoopMayStillBeginACall() {
    deadlines.close();

    assertEquals(Optional.of("well"), guard.within(AT_ONCE, () -> {}, () -> "well"));
  }

  private static boolean hangUntilInterrupted() {
    try {
      return new CountDownLatch(1).await(1, TimeUnit.HOURS);
    } catch (InterruptedException late) {
      return true;
    }
  }
}
