package dev.mhs.tck;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one capability of a {@link FakeSource} does when it is asked. It can be told something else
 * at any time; a call that hangs then wakes up and does the new thing. Thread-safe.
 *
 * @param <T> what is asked for
 * @since 0.1
 */
public final class Script<T> {
  /** How a call waits before it acts. */
  private enum Waiting {
    NO,
    UNTIL_INTERRUPTED,
    FOR_EVER
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Callable<@Nullable Poll<T>> act; // guarded by lock
  private Waiting waiting = Waiting.NO; // guarded by lock
  private int calls; // guarded by lock
  private int running; // guarded by lock
  private int mostAtOnce; // guarded by lock
  private int interrupts; // guarded by lock
  private volatile Supplier<@Nullable Cadence> cadence = () -> Cadence.DEFAULT;
  private volatile @Nullable ClassLoader contextClassLoader;

  Script(Callable<T> answer) {
    this.act = () -> new Poll.Ok<>(answer.call());
  }

  /**
   * Answers with this value from now on.
   *
   * @param value the answer
   * @return this
   */
  public Script<T> answers(T value) {
    return does(() -> new Poll.Ok<>(value));
  }

  /**
   * Answers with a value that is made anew at each call.
   *
   * @param value makes the answer; what it throws is thrown
   * @return this
   */
  public Script<T> answersWith(Callable<T> value) {
    return does(() -> new Poll.Ok<>(value.call()));
  }

  /**
   * Fails from now on.
   *
   * @param kind how
   * @param detail what happened
   * @return this
   */
  public Script<T> fails(FailureKind kind, String detail) {
    return does(() -> new Poll.Failed<>(kind, detail));
  }

  /**
   * Says from now on that it can never answer.
   *
   * @param reason why
   * @return this
   */
  public Script<T> cannot(String reason) {
    return does(() -> new Poll.Unsupported<>(reason));
  }

  /**
   * Throws from now on, as a source with a bug does.
   *
   * @param bug makes what is thrown, an {@link Error} as well if need be
   * @return this
   */
  public Script<T> throwing(Supplier<? extends Throwable> bug) {
    return does(
        () -> {
          throw Script.<RuntimeException>sneaked(bug.get());
        });
  }

  /**
   * Returns null from now on, as no source may.
   *
   * @return this
   */
  public Script<T> returnsNull() {
    return does(() -> null);
  }

  /**
   * Does anything from now on: whatever is returned or thrown comes out.
   *
   * @param action what a call does
   * @return this
   */
  public Script<T> does(Callable<@Nullable Poll<T>> action) {
    return become(action, Waiting.NO);
  }

  /**
   * Hangs from now on, until it is interrupted or told something else, as a well-behaved source
   * does whose box has gone silent.
   *
   * @return this
   */
  public Script<T> hangs() {
    return become(null, Waiting.UNTIL_INTERRUPTED);
  }

  /**
   * Hangs from now on and takes no notice of interrupts, until it is told something else.
   *
   * @return this
   */
  public Script<T> hangsForEver() {
    return become(null, Waiting.FOR_EVER);
  }

  /**
   * Sets how often it wants to be asked.
   *
   * @param wanted the cadence
   * @return this
   */
  public Script<T> cadence(Cadence wanted) {
    return cadenceFrom(() -> wanted);
  }

  /**
   * Sets what is asked for the cadence; it may throw, or return null as no source may.
   *
   * @param wanted gives the cadence
   * @return this
   */
  public Script<T> cadenceFrom(Supplier<@Nullable Cadence> wanted) {
    cadence = wanted;
    return this;
  }

  /**
   * Returns how many calls have begun.
   *
   * @return a count
   */
  public int calls() {
    return locked(() -> calls);
  }

  /**
   * Returns how many calls are under way.
   *
   * @return a count
   */
  public int running() {
    return locked(() -> running);
  }

  /**
   * Returns how many calls were under way at once at most. More than one breaks a promise of MHS.
   *
   * @return a count
   */
  public int mostAtOnce() {
    return locked(() -> mostAtOnce);
  }

  /**
   * Returns how many interrupts have reached calls that hung.
   *
   * @return a count
   */
  public int interrupts() {
    return locked(() -> interrupts);
  }

  /**
   * Returns the context class loader of the thread that called last.
   *
   * @return the class loader, or null before the first call
   */
  public @Nullable ClassLoader contextClassLoader() {
    return contextClassLoader;
  }

  /**
   * Waits until so many calls have begun in all.
   *
   * @param wanted how many
   * @param atMost how long to wait
   * @return whether they have
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean awaitCalls(int wanted, Duration atMost) throws InterruptedException {
    return await(() -> calls >= wanted, atMost);
  }

  /**
   * Waits until so many interrupts have reached calls that hung.
   *
   * @param wanted how many
   * @param atMost how long to wait
   * @return whether they have
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public boolean awaitInterrupts(int wanted, Duration atMost) throws InterruptedException {
    return await(() -> interrupts >= wanted, atMost);
  }

  /** Plays one call. Null comes out only when the script says so. */
  @SuppressWarnings("NullAway") // a fake may break the rule that an answer is never null
  Poll<T> call() throws InterruptedException {
    contextClassLoader = Thread.currentThread().getContextClassLoader();
    Callable<@Nullable Poll<T>> action = begin();
    try {
      return action.call();
    } catch (Exception thrown) {
      throw Script.<RuntimeException>sneaked(thrown);
    } finally {
      ended();
    }
  }

  /** What is asked for the cadence. */
  @SuppressWarnings("NullAway") // a fake may break the rule that a cadence is never null
  Cadence cadence() {
    return cadence.get();
  }

  private Callable<@Nullable Poll<T>> begin() throws InterruptedException {
    lock.lock();
    boolean begun = false;
    try {
      calls++;
      running++;
      mostAtOnce = Math.max(mostAtOnce, running);
      changed.signalAll();
      awaitRelease();
      begun = true;
      return act;
    } finally {
      running -= begun ? 0 : 1;
      lock.unlock();
    }
  }

  private void awaitRelease() throws InterruptedException {
    while (waiting != Waiting.NO) {
      try {
        changed.await();
      } catch (InterruptedException interrupted) {
        interrupts++;
        changed.signalAll();
        if (waiting != Waiting.FOR_EVER) {
          throw interrupted;
        }
      }
    }
  }

  private void ended() {
    lock.lock();
    try {
      running--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Script<T> become(@Nullable Callable<@Nullable Poll<T>> action, Waiting how) {
    lock.lock();
    try {
      act = action == null ? act : action;
      waiting = how;
      changed.signalAll();
      return this;
    } finally {
      lock.unlock();
    }
  }

  private int locked(Supplier<Integer> count) {
    lock.lock();
    try {
      return count.get();
    } finally {
      lock.unlock();
    }
  }

  private boolean await(BooleanSupplier reached, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!reached.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return reached.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // lets a fake throw what the signature does not allow
  private static <E extends Throwable> E sneaked(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
