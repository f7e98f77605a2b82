package dev.mhs.dist;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Waits for what happens in other processes, which tell nobody when they are done. */
final class Await {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Await() {}

  /**
   * Looks again and again until there is something.
   *
   * @param what is awaited, for the message
   * @param deadline how long at most
   * @param look returns what is awaited, or empty; what it throws counts as empty and is told when
   *     the time is up
   */
  static <T> T until(String what, Duration deadline, Callable<Optional<T>> look)
      throws InterruptedException {
    CompletableFuture<T> found = new CompletableFuture<>();
    AtomicReference<@Nullable Throwable> lastFailure = new AtomicReference<>();
    try (ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor()) {
      var task =
          looking.scheduleWithFixedDelay(
              () -> lookOnce(look, found, lastFailure), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return found.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError(
            "within " + deadline.toSeconds() + " s: " + what, lastFailure.get());
      } catch (ExecutionException e) {
        throw new AssertionError(what, e.getCause());
      } finally {
        task.cancel(true);
      }
    }
  }

  private static <T> void lookOnce(
      Callable<Optional<T>> look,
      CompletableFuture<T> found,
      AtomicReference<@Nullable Throwable> lastFailure) {
    try {
      look.call().ifPresent(found::complete);
      lastFailure.set(null);
    } catch (Exception | AssertionError e) { // a page that is about to be left answers nothing
      lastFailure.set(e);
    }
  }
}
