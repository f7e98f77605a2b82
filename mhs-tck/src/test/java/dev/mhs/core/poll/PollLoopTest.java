package dev.mhs.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.CapabilityStatus;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.tck.Await;
import dev.mhs.tck.FakeSource;
import dev.mhs.tck.Logged;
import dev.mhs.tck.MutableClock;
import dev.mhs.tck.Script;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollLoopTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Cadence OFTEN =
      new Cadence(Duration.ofMillis(1), Duration.ofMillis(1), HOUR);
  private static final Cadence ONCE = new Cadence(HOUR, HOUR, HOUR);
  private static final Cadence IMPATIENT = new Cadence(HOUR, HOUR, SHORT);
  private static final List<Sighting> SEEN =
      List.of(Sighting.of(MacAddress.of("02:00:00:00:00:01")).build());

  private final MutableClock clock = new MutableClock();
  private final FakeSource fake = FakeSource.of(clock, Capability.DEVICES);
  private final Script<List<Sighting>> script = fake.onDevices();
  private final DeviceSource devices = fake.devices().orElseThrow();
  private final Deadlines deadlines = new Deadlines();
  private final AtomicBoolean watched = new AtomicBoolean(true);
  private final AtomicReference<RuntimeException> unusable = new AtomicReference<>();
  private Runnable onNoted = () -> {};
  private @Nullable PollLoop<List<Sighting>> loop;

  @AfterEach
  void nothingIsLeftBehind() throws InterruptedException {
    script.answers(SEEN);
    if (loop != null) {
      loop.close();
      assertTrue(loop.awaitEnd(LONG));
    }
    deadlines.close();
    assertTrue(script.mostAtOnce() <= 1, "the capability was called concurrently");
  }

  @Test
  void anAnswerIsKeptAndTheSourceIsUp() {
    answerOnce(ONCE);

    assertEquals(CapabilityStatus.State.UP, state().status(Capability.DEVICES).state());
    assertEquals(SEEN, answer());
    assertEquals(1, state().polls());
  }

  @Test
  void whoHearsThatAnAnswerWasNotedFindsItInTheState() {
    AtomicReference<List<Sighting>> found = new AtomicReference<>();
    onNoted = () -> found.compareAndSet(null, answer());

    answerOnce(ONCE);

    Await.until("it was told", () -> found.get() != null);
    assertEquals(SEEN, found.get());
  }

  @Test
  void hangingForEverIsCountedInterruptedAndNeverCalledTwice() throws InterruptedException {
    answerOnce(IMPATIENT);
    script.hangsForEver();
    loop().hurry();

    assertTrue(script.awaitInterrupts(2, LONG));
    awaitState(CapabilityStatus.State.DOWN);
    assertEquals(SEEN, answer(), "the last good answer is kept");
    assertEquals(2, script.calls());

    script.answers(SEEN);
    Await.until("it is asked again", () -> hurried(script.calls() > 4));
    awaitState(CapabilityStatus.State.UP);
  }

  @Test
  void aHangThatHonoursTheInterruptIsCountedOnceForEachCall() throws InterruptedException {
    answerOnce(IMPATIENT);
    script.hangs();
    loop().hurry();

    assertTrue(script.awaitInterrupts(1, LONG));
    awaitState(CapabilityStatus.State.DOWN);
    Await.until("the call is over", () -> script.running() == 0);
    assertEquals(1, state().failures());
    assertEquals(2, state().polls());
  }

  @Test
  void anAnswerAfterTheDeadlineIsTooLate() throws InterruptedException {
    answerOnce(IMPATIENT);
    script.hangsForEver();
    loop().hurry();
    assertTrue(script.awaitInterrupts(1, LONG));

    script.answers(List.of());

    Await.until("the call is over", () -> script.running() == 0 && script.calls() == 2);
    assertEquals(SEEN, answer());
  }

  @Test
  void throwingIsLoggedOnceAndCounted() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      script.throwing(() -> new IllegalStateException("a bug"));
      Await.until("it failed often", () -> hurried(state().failures() > 20));

      assertEquals(1, log.messages().size());
    }
    assertEquals("java.lang.IllegalStateException: a bug", detail());
    assertEquals(SEEN, answer());
  }

  @Test
  void anErrorIsSurvived() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      script.throwing(() -> new StackOverflowError("deep"));
      Await.until("it failed often", () -> hurried(state().failures() > 5));

      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void nullIsAFailureAndTheLastAnswerIsKept() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      script.returnsNull();
      awaitState(CapabilityStatus.State.DOWN);

      assertEquals("java.lang.NullPointerException: the answer is null", detail());
      assertEquals(SEEN, answer());
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void anAnswerThatCannotBeUsedIsAFailure() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      unusable.set(new IllegalArgumentException("garbage"));
      script.answers(List.of());
      awaitState(CapabilityStatus.State.DOWN);

      assertEquals(SEEN, answer());
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void whatCanNeverAnswerIsLeftAlone() {
    script.cannot("too old");
    start(OFTEN);

    awaitState(CapabilityStatus.State.UNSUPPORTED);
    assertEquals("too old", detail());
    assertEquals(1, script.calls());
  }

  @Test
  void aCadenceThatThrowsIsAFailure() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      script.cadenceFrom(
          () -> {
            throw new IllegalStateException("no cadence");
          });
      awaitState(CapabilityStatus.State.DOWN);
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void commandsRunBetweenQuestionsAndAreFollowedByOne() throws Exception {
    answerOnce(ONCE);
    AtomicReference<Thread> runner = new AtomicReference<>();

    CompletableFuture<Integer> during =
        loop()
            .command(
                () -> {
                  runner.set(Thread.currentThread());
                  return script.running();
                });

    assertEquals(0, during.get(20, TimeUnit.SECONDS));
    assertEquals("loop", Objects.requireNonNull(runner.get()).getName());
    assertTrue(script.awaitCalls(2, LONG));
  }

  @Test
  void aCommandThatThrowsTellsWhoeverAsked() {
    answerOnce(ONCE);
    IllegalStateException bug = new IllegalStateException("a bug");

    CompletableFuture<String> failed =
        loop()
            .command(
                () -> {
                  throw bug;
                });

    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> failed.get(20, TimeUnit.SECONDS));
    assertSame(bug, thrown.getCause());
  }

  @Test
  void aCommandThatHangsIsInterrupted() {
    answerOnce(IMPATIENT);

    CompletableFuture<List<Sighting>> late =
        loop()
            .command(
                () -> {
                  new CompletableFuture<String>().get();
                  return SEEN;
                });

    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> late.get(20, TimeUnit.SECONDS));
    assertInstanceOf(InterruptedException.class, thrown.getCause());
  }

  @Test
  void aCommandOnAHungLoopIsCancelledWhenTheLoopIsClosed() throws InterruptedException {
    answerOnce(ONCE);
    script.hangsForEver();
    loop().hurry();
    assertTrue(script.awaitCalls(2, LONG));
    CompletableFuture<String> waiting = loop().command(() -> "done");

    loop().close();
    script.answers(SEEN);

    assertThrows(CancellationException.class, () -> waiting.get(20, TimeUnit.SECONDS));
    assertTrue(loop().command(() -> "too late").isCancelled());
  }

  @Test
  void closingInterruptsTheCallUnderWay() throws InterruptedException {
    answerOnce(ONCE);
    script.hangs();
    loop().hurry();
    assertTrue(script.awaitCalls(2, LONG));

    loop().close();

    assertTrue(loop().awaitEnd(LONG));
    assertEquals(0, state().failures(), "ending is no failure");
  }

  @Test
  void closingAWaitingLoopEndsIt() throws InterruptedException {
    answerOnce(ONCE);

    loop().close();

    assertTrue(loop().awaitEnd(LONG));
  }

  @Test
  void aLoopThatWasNeverStartedEndsAtOnce() throws InterruptedException {
    make(ONCE);
    loop().close();

    assertTrue(loop().awaitEnd(Duration.ZERO));
  }

  @Test
  void itIsAskedMoreOftenWhileSomebodyLooks() throws InterruptedException {
    watched.set(false);
    Cadence adaptive = new Cadence(Duration.ofMillis(1), HOUR, HOUR);
    answerOnce(adaptive);

    watched.set(true);
    assertEquals(1, script.calls());
    loop().reconsider();

    assertTrue(script.awaitCalls(20, LONG));
    watched.set(false);
  }

  @Test
  void aNewCadenceHoldsFromTheNextQuestion() throws InterruptedException {
    answerOnce(ONCE);
    script.cadence(OFTEN);
    loop().hurry();

    assertTrue(script.awaitCalls(20, LONG));
  }

  @Test
  void theContextClassLoaderIsTheOneGiven() {
    answerOnce(ONCE);

    assertSame(ClassLoader.getPlatformClassLoader(), script.contextClassLoader());
  }

  @Test
  void anInterruptThatComesTooLateDoesNotEndTheLoop() throws InterruptedException {
    AtomicReference<Thread> asked = new AtomicReference<>();
    script.answersWith(
        () -> {
          asked.set(Thread.currentThread());
          return SEEN;
        });
    start(OFTEN);

    for (int interrupts = 0; interrupts < 50; interrupts++) {
      int calls = script.calls();
      Await.until("it waits", () -> isWaiting(asked.get()));
      Objects.requireNonNull(asked.get()).interrupt(); // as by a timer of the source's own
      assertTrue(script.awaitCalls(calls + 1, LONG));
    }
  }

  @Test
  void aLoopWithoutACadenceIsNotMade() {
    script.cadenceFrom(() -> null);

    assertThrows(NullPointerException.class, () -> make(devices.cadence()));
  }

  @Test
  void aCommandThatNobodyAwaitsAnyMoreIsNotRunLater() throws InterruptedException {
    answerOnce(ONCE);
    script.hangsForEver();
    loop().hurry();
    assertTrue(script.awaitCalls(2, LONG));
    AtomicBoolean ran = new AtomicBoolean();
    CompletableFuture<String> abandoned =
        loop()
            .command(
                () -> {
                  ran.set(true);
                  return "done";
                });

    abandoned.cancel(false);
    script.answers(SEEN);

    assertTrue(script.awaitCalls(3, LONG));
    assertFalse(ran.get());
  }

  @Test
  void aCommandThatHangsForEverIsCountedAsAMissedDeadline() {
    answerOnce(IMPATIENT);
    CompletableFuture<String> release = new CompletableFuture<>();

    CompletableFuture<String> hung = loop().command(release::join);

    Await.until(
        "it is down",
        () -> state().status(Capability.DEVICES).state() == CapabilityStatus.State.DOWN);
    assertEquals("no answer within 0.05 s", detail());
    assertFalse(hung.isDone());
    release.complete("released");
  }

  @Test
  void aWishThatFailsDoesNotEndTheLoop() throws InterruptedException {
    answerOnce(ONCE);
    try (Logged log = new Logged(PollLoop.class)) {
      loop()
          .tell(
              () -> {
                throw new AssertionError("a bug");
              });

      assertTrue(script.awaitCalls(2, LONG));
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void aBugThatShowsNowAndThenIsLoggedOnce() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      script.does(
          () -> {
            if (script.calls() % 2 == 0) {
              throw new IllegalStateException("bug number " + script.calls());
            }
            return new Poll.Ok<>(SEEN);
          });
      Await.until("it failed often", () -> hurried(state().failures() > 20));
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void aBugThatCannotEvenBeToldIsSurvived() {
    answerOnce(OFTEN);
    try (Logged log = new Logged(PollLoop.class)) {
      script.throwing(Untellable::new);
      Await.until("it failed often", () -> hurried(state().failures() > 5));
      assertEquals(1, log.messages().size());
    }
  }

  @Test
  void aCommandThatThrowsIsLogged() {
    answerOnce(ONCE);
    try (Logged log = new Logged(PollLoop.class)) {
      CompletableFuture<String> failed =
          loop()
              .command(
                  () -> {
                    throw new IllegalStateException("a bug");
                  });
      assertThrows(ExecutionException.class, () -> failed.get(20, TimeUnit.SECONDS));
      assertEquals(1, log.messages().size());
    }
  }

  private static boolean isWaiting(@Nullable Thread thread) {
    return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
  }

  private void make(Cadence cadence) {
    script.cadence(cadence);
    PollLoop.Listener<List<Sighting>> listener =
        new PollLoop.Listener<>() {
          @Override
          public void answered(Answer<List<Sighting>> answer) {
            RuntimeException thrown = unusable.get();
            if (thrown != null) {
              throw thrown;
            }
          }

          @Override
          public void noted() {
            onNoted.run();
          }
        };
    loop =
        new PollLoop<>(
            new PollLoop.Spec<>(
                "loop",
                devices::devices,
                devices::cadence,
                devices.cadence(),
                watched::get,
                ClassLoader.getPlatformClassLoader(),
                listener),
            clock,
            deadlines);
  }

  private void start(Cadence cadence) {
    make(cadence);
    loop().start();
  }

  private void answerOnce(Cadence cadence) {
    script.answers(SEEN);
    start(cadence);
    Await.until("it has answered", () -> state().polls() == 1 || state().answer() != null);
  }

  private PollLoop<List<Sighting>> loop() {
    return Objects.requireNonNull(loop);
  }

  private PollState<List<Sighting>> state() {
    return loop().state();
  }

  private @Nullable List<Sighting> answer() {
    Answer<List<Sighting>> answer = state().answer();
    assertNotNull(answer);
    return answer.value();
  }

  private @Nullable String detail() {
    return state().status(Capability.DEVICES).detail();
  }

  private void awaitState(CapabilityStatus.State wanted) {
    Await.until(
        "it is " + wanted, () -> hurried(state().status(Capability.DEVICES).state() == wanted));
  }

  /** Does not wait for the back-off as long as there is something to wait for. */
  private boolean hurried(boolean reached) {
    if (!reached && state().polls() > 0 && script.running() == 0) {
      loop().hurry();
    }
    return reached;
  }

  /** A bug with a bug. */
  private static final class Untellable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }
}
