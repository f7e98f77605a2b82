package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What holds for every capability. Not to be extended directly: there is a contract for each.
 *
 * @param <T> what it answers
 * @since 0.1
 */
public abstract class CapabilityContract<T> extends SourceContract {
  /** How long a call may go on after it was interrupted. */
  private static final Duration LETS_GO_WITHIN = Duration.ofSeconds(2);

  /**
   * One capability of a source.
   *
   * @param <T> what it answers
   */
  interface Asked<T> {
    Poll<T> ask() throws InterruptedException;

    Cadence cadence();
  }

  CapabilityContract() {}

  /** Returns the capability, if the source offers it. */
  abstract Optional<Asked<T>> offered(Source source);

  /**
   * Opens the source under test with a box that has gone silent: it takes the question and never
   * answers. Then interrupting is tested where it matters.
   *
   * @param context what the source is given
   * @return the source; by default empty, and the source that works is interrupted instead
   */
  protected Optional<Source> openSilent(SourceContext context) {
    return Optional.empty();
  }

  /** The cadence is told at once, and asks no more often while nobody looks. */
  @Test
  public void theCadenceIsSensible() {
    Asked<T> asked = asked(opened());

    Cadence cadence = atOnce("cadence()", asked::cadence);
    assertTrue(
        cadence.idle().compareTo(cadence.watched()) >= 0,
        () -> "it is asked more often while nobody looks: " + cadence);
  }

  /** An interrupt ends a call soon, whatever it waits for. */
  @Test
  public void anInterruptEndsACall() {
    Source source = openSilent(context()).orElseGet(this::opened);
    Asked<T> asked = asked(source);

    Interrupted call = interrupted(asked::ask);

    source.close();
    assertTrue(
        call.ended(), "the call did not end within " + LETS_GO_WITHIN + " after an interrupt");
    if (!(call.thrown() instanceof InterruptedException)) {
      assertNull(
          call.thrown(), "an interrupt passes through as InterruptedException, or not at all");
    }
  }

  /**
   * What became of a call that was interrupted.
   *
   * @param ended whether it ended soon
   * @param result what it returned, or null
   * @param thrown what it threw, or null
   */
  record Interrupted(boolean ended, @Nullable Object result, @Nullable Throwable thrown) {}

  /** Begins a call, interrupts it, and waits for its end. */
  static Interrupted interrupted(Callable<?> call) {
    AtomicReference<@Nullable Object> result = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread = start(call::call, result, thrown);

    thread.interrupt();

    boolean ended = ends(thread, LETS_GO_WITHIN);
    return new Interrupted(ended, result.get(), thrown.get());
  }

  /** Asking after closing ends in some way or other, and does not hang. */
  @Test
  public void askingAfterClosingDoesNotHang() {
    Source source = opened();
    Asked<T> asked = asked(source);
    source.close();

    AtomicReference<@Nullable Poll<T>> result = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread call = start(asked::ask, result, thrown);

    assertTrue(ends(call, asked.cadence().deadline()), "a call hangs after closing");
  }

  /** Returns the capability, and fails when it is not offered. */
  final Asked<T> asked(Source source) {
    Optional<Asked<T>> offered = atOnce("the capability", () -> offered(source));
    return offered.orElseGet(() -> fail("the source does not offer the capability"));
  }

  /** Returns a good answer, and fails on any other. */
  final T answer(Asked<T> asked) {
    Duration deadline = atOnce("cadence()", asked::cadence).deadline();
    Poll<T> result = within("asking", deadline, asked::ask);
    return switch (result) {
      case Poll.Ok<T>(T value) -> value;
      case Poll.Failed<T> failed -> fail("it failed: " + failed);
      case Poll.Unsupported<T> unsupported -> fail("it cannot: " + unsupported.reason());
    };
  }
}
