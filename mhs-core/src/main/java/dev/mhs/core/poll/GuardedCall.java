package dev.mhs.core.poll;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Makes the calls of one thread, one after the other, and interrupts a call that exceeds its
 * deadline. The interrupt is meant for that call only: when the call is over, nothing of it is left
 * on the thread. Calls are made by the one thread; {@link #close} may be called by any.
 */
final class GuardedCall {
  private final Deadlines deadlines;
  private final ReentrantLock lock = new ReentrantLock();
  private long calls; // guarded by lock: counts the calls, and so names each
  private boolean calling; // guarded by lock: whether the last one is under way
  private boolean late; // guarded by lock: whether it has missed its deadline
  private boolean closed; // guarded by lock

  GuardedCall(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /**
   * Makes a call on the current thread.
   *
   * @param deadline how long it may take
   * @param onOverdue is run on another thread after each further deadline that the call misses
   * @param call the call, which throws nothing
   * @return what it returned, or empty when that came too late
   */
  <R> Optional<R> within(Duration deadline, Runnable onOverdue, Supplier<R> call) {
    Future<?> watch = begin(deadline, onOverdue);
    Optional<R> result = Optional.empty();
    try {
      result = Optional.of(call.get());
    } finally {
      if (end(watch)) {
        result = Optional.empty();
      }
    }
    return result;
  }

  private Future<?> begin(Duration deadline, Runnable onOverdue) {
    Thread caller = Thread.currentThread();
    long call;
    lock.lock();
    try {
      call = ++calls;
      calling = true;
      late = false;
    } finally {
      lock.unlock();
    }
    return deadlines.watch(deadline, () -> overdue(call, caller, onOverdue));
  }

  private void overdue(long call, Thread caller, Runnable onOverdue) {
    lock.lock();
    try {
      if (calling && calls == call) {
        late = true;
        onOverdue.run();
        caller.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the call was late. */
  private boolean end(Future<?> watch) {
    watch.cancel(false);
    lock.lock();
    try {
      calling = false;
      if (!closed) {
        Thread.interrupted(); // meant for the call that is over
      }
      return late;
    } finally {
      lock.unlock();
    }
  }

  /** From now on an interrupt is meant for the thread itself, and stays on it. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
