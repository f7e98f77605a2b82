package dev.mhs.source.local;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Await() {}

  static void until(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long steps = LONGEST.toMillis() / 5;
    for (long step = 0; step < steps && !condition.getAsBoolean(); step++) {
      boolean opened = never.await(5, TimeUnit.MILLISECONDS);
      assertTrue(!opened);
    }
    assertTrue(condition.getAsBoolean(), "did not happen within " + LONGEST);
  }
}
