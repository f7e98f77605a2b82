package dev.mhs.simulator.world;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One lock around the world. Whoever looks or intervenes does so at the present moment: the world
 * is played up to it first. Any thread.
 */
final class Guard {
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable catchUp;

  Guard(Runnable catchUp) {
    this.catchUp = catchUp;
  }

  <T> T now(Supplier<T> what) {
    lock.lock();
    try {
      if (lock.getHoldCount() == 1) {
        catchUp.run();
      }
      return what.get();
    } finally {
      lock.unlock();
    }
  }

  void now(Runnable what) {
    now(
        () -> {
          what.run();
          return true;
        });
  }
}
