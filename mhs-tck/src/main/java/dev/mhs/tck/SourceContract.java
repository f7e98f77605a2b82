package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Cost;
import dev.mhs.api.Finding;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for every source, whatever it offers. The author of a source extends the contracts of
 * its capabilities, which include this one, and gives {@link #open}.
 *
 * @since 0.1
 */
public abstract class SourceContract {
  /** How long anything may take that must return at once. */
  static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final List<Source> opened = new ArrayList<>();
  private @Nullable Path storage;

  /** For subclasses. */
  protected SourceContract() {}

  /**
   * Opens the source under test in an environment in which it works: a box (or a stand-in for one)
   * that answers, and does not change while a test runs. Called once or twice by each test.
   *
   * @param context what the source is given: {@link #settings}, a folder of its own, the machine's
   *     clocks
   * @return the source
   */
  protected abstract Source open(SourceContext context);

  /**
   * Returns the settings that the source is opened with.
   *
   * @return the texts by key; by default none
   */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /** Closes what was opened and removes the folder. */
  @AfterEach
  public final void cleanUp() {
    opened.forEach(Source::close);
    opened.clear();
    Path folder = storage;
    storage = null;
    if (folder != null) {
      remove(folder);
    }
  }

  /** Closing ends the session; doing it again does nothing. Each takes no longer than a second. */
  @Test
  public void closingTwiceIsLikeClosingOnce() {
    Source source = opened();

    atOnce("close()", () -> closed(source));
    atOnce("a second close()", () -> closed(source));
  }

  /** What was found out and what it cost are told from memory, before the first question too. */
  @Test
  public void findingsAndCostAreToldAtOnce() {
    Source source = opened();

    List<Finding> findings = atOnce("findings()", source::findings);
    assertSound("findings()", findings);
    Cost cost = atOnce("cost()", source::cost);
    assertTrue(
        cost.requests() >= 0 && cost.bytes() >= 0 && !cost.polling().isNegative(),
        () -> "a negative cost: " + cost);
  }

  /** A second source of the type may be opened while the first is open. */
  @Test
  public void twoCanBeOpenAtOnce() {
    Source first = opened();
    Source second = opened();

    assertNotSame(first, second, "open(...) gave the same source twice");
    first.close();
    atOnce("findings() after another source was closed", second::findings);
  }

  /** Opens the source under test; it is closed after the test. */
  final Source opened() {
    return adopted(atOnce("open(...)", () -> open(context())));
  }

  /** Has a source closed after the test. */
  final Source adopted(Source source) {
    opened.add(source);
    return source;
  }

  final SourceContext context() {
    if (storage == null) {
      try {
        storage = Files.createTempDirectory("mhs-tck");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return new ContractContext(new SourceSettings(settings()), storage);
  }

  /** Runs something on a thread of its own, and fails when it does not return in time. */
  static <T> T within(String what, Duration atMost, Callable<T> call) {
    AtomicReference<@Nullable T> result = new AtomicReference<>();
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread thread = start(call, result, thrown);
    if (!ends(thread, atMost)) {
      AssertionError late = new AssertionError(what + " took longer than " + atMost);
      late.setStackTrace(thread.getStackTrace());
      thread.interrupt();
      throw late;
    }
    Throwable failure = thrown.get();
    if (failure != null) {
      throw new AssertionError(what + " threw " + failure, failure);
    }
    T value = result.get();
    if (value == null) {
      throw new AssertionError(what + " returned null");
    }
    return value;
  }

  static <T> T atOnce(String what, Callable<T> call) {
    return within(what, AT_ONCE, call);
  }

  static <T> Thread start(
      Callable<T> call,
      AtomicReference<@Nullable T> result,
      AtomicReference<@Nullable Throwable> thrown) {
    return Thread.ofPlatform()
        .daemon()
        .name("mhs-tck-call")
        .start(
            () -> {
              try {
                result.set(call.call());
              } catch (Throwable failure) { // told by the test's own thread
                thrown.set(failure);
              }
            });
  }

  static boolean ends(Thread thread, Duration atMost) {
    try {
      return thread.join(atMost);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test was interrupted", interrupted);
    }
  }

  /** Neither null inside, nor open to change by whoever gets it. */
  static void assertSound(String what, Collection<?> all) {
    assertTrue(all.stream().noneMatch(Objects::isNull), () -> what + " holds null: " + all);
    assertThrows(
        UnsupportedOperationException.class, all::clear, () -> what + " gives a list to change");
  }

  private static boolean closed(Source source) {
    source.close();
    return true;
  }

  private static void remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
