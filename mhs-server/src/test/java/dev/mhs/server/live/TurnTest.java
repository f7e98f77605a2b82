package dev.mhs.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.server.wire.SnapshotJson;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a client gets next, whatever comes while it is slow. */
class TurnTest {
  private final AtomicLong seq = new AtomicLong();
  private final LatestState latest =
      new LatestState(
          () -> Snapshots.of(seq.get()), new SnapshotJson("test", Duration.ofSeconds(2)));

  @Test
  void firstComesTheWholeStateAndThenEachDelta() {
    Turn turn = begun(true);

    Frame second = next();
    turn.offer(second);

    assertEquals(second, turn.take());
    assertFalse(turn.isDue());
  }

  @Test
  void whoHasMissedADeltaGetsTheNewestWhole() {
    Turn turn = begun(true);

    turn.offer(next());
    turn.offer(next());
    turn.offer(next());

    assertTrue(turn.isDue());
    assertNull(turn.take());
    turn.fetched(latest.get());
    assertFalse(turn.isDue());
    Frame later = next();
    turn.offer(later);
    assertEquals(later, turn.take());
  }

  @Test
  void whatComesWhileTheWholeIsFetchedFollowsOrIsFetchedAgain() {
    Turn turn = new Turn(true);
    turn.wantWhole();
    assertNull(turn.take());
    Frame fetched = next();
    Frame meanwhile = next();
    turn.offer(meanwhile);
    turn.fetched(fetched);

    assertEquals(meanwhile, turn.take());

    turn.wantWhole();
    assertNull(turn.take());
    Frame old = next();
    next();
    turn.offer(next());
    turn.fetched(old);
    assertTrue(turn.isDue());
    assertNull(turn.take());
  }

  @Test
  void whatTheWholeHeldAlreadyIsNotToldAgain() {
    Turn turn = new Turn(true);
    turn.wantWhole();
    turn.take();
    Frame newest = next();
    turn.fetched(newest);

    turn.offer(newest);

    assertFalse(turn.isDue());
  }

  @Test
  void withoutDeltasEveryPushIsWhole() {
    Turn turn = begun(false);

    turn.offer(next());

    assertTrue(turn.isDue());
    assertNull(turn.take());
  }

  @Test
  void whoHasLostItsStateGetsNoDelta() {
    Turn turn = begun(true);

    turn.lose();
    turn.offer(next());

    assertTrue(turn.isDue());
    assertNull(turn.take());
  }

  @Test
  void aSnapshotThatNobodySawLeadsToNoDelta() {
    next();
    seq.incrementAndGet();

    assertNull(next().delta());
  }

  /** A client that has got the first whole update. */
  private Turn begun(boolean deltas) {
    Turn turn = new Turn(deltas);
    turn.wantWhole();
    assertTrue(turn.isDue());
    assertNull(turn.take());
    turn.fetched(next());
    assertFalse(turn.isDue());
    return turn;
  }

  private Frame next() {
    seq.incrementAndGet();
    return latest.get();
  }
}
