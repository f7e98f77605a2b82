package dev.mhs.core.poll;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one capability of one source again and again, on a thread of its own.
 *
 * <p>The thread is a platform thread: a source that spins, or blocks in native code, would
 * otherwise hold one of the few carriers of all virtual threads, the server's included. A call that
 * exceeds its deadline is interrupted and counted as failed at once, whether it returns or not; it
 * is never called a second time before it has returned. No lock is held during a call. Thread-safe.
 *
 * @param <T> what is asked for
 */
public final class PollLoop<T> implements AutoCloseable {
  /**
   * The question to a source.
   *
   * @param <T> what is asked for
   */
  @FunctionalInterface
  public interface Question<T> {
    /** Asks once. */
    Poll<T> ask() throws InterruptedException;
  }

  /**
   * Hears what became of each question.
   *
   * @param <T> what is asked for
   */
  public interface Listener<T> {
    /** A good answer came; called on the loop's thread, in order. */
    default void answered(Answer<T> answer) {}

    /** The health changed its kind; called on any thread. */
    default void changed(Health before, Health after) {}

    /** What became of a question can be read from {@link PollLoop#state}; called on any thread. */
    default void noted() {}
  }

  /**
   * What a loop is made of.
   *
   * @param <T> what is asked for
   * @param name for the thread and the log
   * @param question what to ask
   * @param cadence how often; asked of the source itself, on the loop's thread
   * @param firstCadence how often, until the source has been asked once
   * @param watched whether somebody looks
   * @param classLoader the context class loader of the thread
   * @param listener who hears the results
   */
  public record Spec<T>(
      String name,
      Question<T> question,
      Supplier<Cadence> cadence,
      Cadence firstCadence,
      BooleanSupplier watched,
      ClassLoader classLoader,
      Listener<T> listener) {}

  /**
   * Something to do between two questions.
   *
   * @param run does it
   * @param cancel is called instead when the loop ends before
   */
  private record Command(Runnable run, Runnable cancel) {}

  private static final System.Logger LOG = System.getLogger(PollLoop.class.getName());

  private final Spec<T> spec;
  private final TimeSource time;
  private final GuardedCall guard;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private final Deque<Command> commands = new ArrayDeque<>(); // guarded by lock
  private boolean due; // guarded by lock
  private boolean closed; // guarded by lock
  private volatile PollState<T> state;
  private volatile Cadence cadence;
  private volatile @Nullable String loggedBug; // where it was thrown

  /** Makes a loop; {@link #start} begins to ask. */
  public PollLoop(Spec<T> spec, TimeSource time, Deadlines deadlines) {
    this.spec = spec;
    this.time = time;
    this.guard = new GuardedCall(deadlines);
    this.cadence = Objects.requireNonNull(spec.firstCadence(), "the cadence is null");
    this.state = PollState.untried(time.instant());
    this.thread = Thread.ofPlatform().daemon().name(spec.name()).unstarted(this::run);
    this.thread.setContextClassLoader(spec.classLoader());
  }

  /** Begins to ask. */
  public void start() {
    thread.start();
  }

  /** Returns what is known now. */
  public PollState<T> state() {
    return state;
  }

  /** Asks as soon as possible instead of waiting for the next turn. */
  public void hurry() {
    wake(true);
  }

  /** Looks again at how long to wait, because somebody has begun or ceased to look. */
  public void reconsider() {
    wake(false);
  }

  private void wake(boolean isDue) {
    lock.lock();
    try {
      due |= isDue;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs a command on the loop's thread, between two questions, and asks again right after it. The
   * command has the same deadline as a question. After {@link #close} the future fails. A command
   * whose future is cancelled before its turn is not run at all.
   */
  public <R> CompletableFuture<R> command(Callable<R> command) {
    CompletableFuture<R> result = new CompletableFuture<>();
    lock.lock();
    try {
      if (closed) {
        result.cancel(false);
      } else {
        commands.add(new Command(() -> execute(command, result), () -> result.cancel(false)));
        due = true;
        woken.signalAll();
      }
    } finally {
      lock.unlock();
    }
    return result;
  }

  /** Like {@link #command}, for a wish of which nobody awaits the end; a failure is logged. */
  public void tell(Runnable wish) {
    lock.lock();
    try {
      commands.add(new Command(() -> executeWish(wish), () -> {}));
      due = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void executeWish(Runnable wish) {
    guarded(
        () -> {
          try {
            wish.run();
          } catch (Throwable bug) { // nobody awaits it
            logOnce(bug);
          }
        });
  }

  private <R> void execute(Callable<R> command, CompletableFuture<R> result) {
    if (result.isDone()) {
      return; // whoever asked has given up, and was told so
    }
    guarded(
        () -> {
          try {
            result.complete(command.call());
          } catch (InterruptedException late) {
            result.completeExceptionally(late);
          } catch (Throwable failure) { // handed on to whoever asked for it
            logOnce(failure);
            result.completeExceptionally(failure);
          }
        });
  }

  /** A command that misses its deadline holds up the questions too, so it counts like one. */
  private void guarded(Runnable command) {
    long begun = time.nanos();
    Duration deadline = cadence.deadline();
    guard.within(
        deadline,
        () -> note(overdue(deadline), begun),
        () -> {
          command.run();
          return true;
        });
  }

  /** Stops asking and interrupts a call under way. Does not wait for it: see {@link #awaitEnd}. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    guard.close();
    thread.interrupt();
  }

  /** Waits until the thread has ended; tells whether it has. */
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(atMost);
  }

  private void run() {
    while (!isClosed()) {
      nextCommands();
      if (!isClosed()) {
        ask();
        awaitTurn();
      }
    }
    cancelCommands();
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void nextCommands() {
    for (Command next = nextCommand(); next != null; next = nextCommand()) {
      next.run().run();
    }
  }

  private @Nullable Command nextCommand() {
    lock.lock();
    try {
      due = false;
      return closed ? null : commands.poll();
    } finally {
      lock.unlock();
    }
  }

  private void cancelCommands() {
    lock.lock();
    try {
      commands.forEach(command -> command.cancel().run());
      commands.clear();
    } finally {
      lock.unlock();
    }
  }

  private void ask() {
    long begun = time.nanos();
    Duration deadline = cadence.deadline();
    Optional<Poll<T>> result =
        guard.within(deadline, () -> note(overdue(deadline), begun), this::askGuarded);
    if (result.isPresent() && !isClosed()) {
      note(digested(result.get()), begun);
    }
  }

  /** Hands an answer on; one that cannot be used counts as none. */
  private Poll<T> digested(Poll<T> result) {
    if (!(result instanceof Poll.Ok<T>(T value))) {
      return result;
    }
    try {
      spec.listener().answered(new Answer<>(value, time.moment()));
      return result;
    } catch (RuntimeException unusable) {
      logOnce(unusable);
      return new Poll.Failed<>(FailureKind.MALFORMED, text(unusable));
    }
  }

  private Poll<T> overdue(Duration deadline) {
    return new Poll.Failed<>(
        FailureKind.TIMED_OUT, "no answer within " + deadline.toMillis() / 1000.0 + " s");
  }

  private Poll<T> askGuarded() {
    try {
      Poll<T> result = spec.question().ask();
      cadence = Objects.requireNonNull(spec.cadence().get(), "the cadence is null");
      return Objects.requireNonNull(result, "the answer is null");
    } catch (InterruptedException interrupted) {
      return new Poll.Failed<>(FailureKind.TIMED_OUT, "interrupted");
    } catch (Throwable bug) { // the one place where what a source throws is caught
      logOnce(bug);
      return new Poll.Failed<>(FailureKind.BUG, text(bug));
    }
  }

  private static String text(Throwable bug) {
    try {
      return bug.toString();
    } catch (RuntimeException worse) { // a bug may have bugs
      return bug.getClass().getName();
    }
  }

  private void logOnce(Throwable bug) {
    StackTraceElement[] stack = bug.getStackTrace();
    String where = bug.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    if (!where.equals(loggedBug)) { // its text may differ each time
      loggedBug = where;
      LOG.log(System.Logger.Level.WARNING, spec.name() + " threw; counted as failed", bug);
    }
  }

  private void note(Poll<T> result, long begun) {
    Duration took = Duration.ofNanos(time.nanos() - begun);
    PollState<T> before = state;
    PollState<T> after = before.after(result, time.moment(), took, cadence.deadline());
    state = after;
    if (before.health() instanceof Health.Down && after.health() instanceof Health.Up) {
      loggedBug = null; // it was well again: the same bug is news
    }
    if (before.health().getClass() != after.health().getClass()) {
      spec.listener().changed(before.health(), after.health());
    }
    spec.listener().noted();
  }

  private void awaitTurn() {
    long begun = time.nanos();
    double jitter = ThreadLocalRandom.current().nextDouble();
    lock.lock();
    try {
      while (!closed && !due) {
        try {
          Health health = state.health();
          if (health instanceof Health.Unsupported) {
            woken.await(); // never ask again; a command and the end still wake it
            continue;
          }
          boolean watched = spec.watched().getAsBoolean();
          Duration pause = Backoff.pause(health, cadence, watched, jitter);
          if (woken.awaitNanos(begun + pause.toNanos() - time.nanos()) <= 0) {
            return;
          }
        } catch (InterruptedException stray) {
          // Closing, or a timer of the source's own that fired when its call was over: look again.
          LOG.log(System.Logger.Level.TRACE, "{0} was interrupted while waiting", spec.name());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
