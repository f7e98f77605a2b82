package dev.mhs.core.poll;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Wakes up when a call has taken too long. One thread serves all loops. After {@link #close}
 * nothing is watched any more: a loop that is about to end may still begin a call. Thread-safe.
 */
public final class Deadlines implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  /** Starts the thread on first use. */
  public Deadlines() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> Thread.ofPlatform().daemon().name("mhs-deadlines").unstarted(task),
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Runs {@code onOverdue} after each further {@code deadline}, until the future is cancelled. */
  public Future<?> watch(Duration deadline, Runnable onOverdue) {
    return timer.scheduleAtFixedRate(
        onOverdue, deadline.toNanos(), deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
