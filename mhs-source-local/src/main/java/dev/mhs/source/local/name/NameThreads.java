package dev.mhs.source.local.name;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Two threads that ask for names, and end while there is nothing to ask. They are platform threads,
 * because the system's resolver is native code; daemons, because it cannot be interrupted.
 */
public final class NameThreads implements Executor, AutoCloseable {
  private static final int THREADS = 2;
  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor pool;

  /** Makes the pool; no thread is started yet. */
  public NameThreads() {
    pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("mhs-local-names-", 0).factory(),
            new ThreadPoolExecutor.DiscardPolicy()); // only after close()
    pool.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable question) {
    pool.execute(question);
  }

  /** Forgets what was not asked yet; does not wait for an answer that is under way. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
