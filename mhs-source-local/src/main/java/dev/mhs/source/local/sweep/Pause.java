package dev.mhs.source.local.sweep;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits. A test moves a clock instead. */
@FunctionalInterface
public interface Pause {
  /**
   * Waits for a time, or until there is nothing left to wait for.
   *
   * @param time how long
   * @throws InterruptedException when the waiting thread is told to end
   */
  void pause(Duration time) throws InterruptedException;

  /**
   * Returns a pause in real time.
   *
   * @return a pause that lasts as long as it is told
   */
  static Pause real() {
    CountDownLatch never = new CountDownLatch(1);
    return time -> {
      boolean opened = never.await(time.toNanos(), TimeUnit.NANOSECONDS);
      if (opened) {
        throw new IllegalStateException("nobody opens this latch");
      }
    };
  }
}
