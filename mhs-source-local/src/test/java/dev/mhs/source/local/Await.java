package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Await {
  private static final int LONGEST_SECONDS = 20;

  private Await() {}

  static void until(BooleanSupplier condition) throws InterruptedException {
    until(condition, LONGEST_SECONDS);
  }

  static void until(BooleanSupplier condition, int seconds) throws InterruptedException {
    assertTrue(happens(condition, seconds), "did not happen within " + seconds + " s");
  }

  /** Waits too, and leaves it to the caller what it means when it did not happen. */
  static boolean happens(BooleanSupplier condition, int seconds) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    boolean happened = condition.getAsBoolean();
    while (!happened && System.nanoTime() - end < 0) {
      boolean opened = never.await(50, TimeUnit.MILLISECONDS);
      assertFalse(opened);
      happened = condition.getAsBoolean();
    }
    return happened;
  }
}
