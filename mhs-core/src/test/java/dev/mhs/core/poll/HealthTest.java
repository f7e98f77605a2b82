package dev.mhs.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.core.Seeds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final List<FailureKind> KINDS = List.of(FailureKind.values());

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Poll<String> OK = new Poll.Ok<>("well");
  private static final Poll<String> REFUSED = failed(FailureKind.UNREACHABLE);
  private static final Health UP = new Health.Up(NOW);

  @Test
  void whatHasNotAnsweredYetIsNotReliedUpon() {
    assertFalse(new Health.Untried(NOW).isUsable());
    assertTrue(new Health.Untried(NOW).after(OK, NOW).isUsable());
    assertFalse(new Health.Untried(NOW).after(REFUSED, NOW).isUsable());
  }

  @Test
  void threeFailuresInARowTakeItDown() {
    Health twice = UP.after(REFUSED, NOW).after(REFUSED, NOW);

    assertTrue(twice.isUsable());
    assertFalse(twice.after(REFUSED, NOW).isUsable());
  }

  @Test
  void anAnswerInBetweenForgivesAllFailures() {
    Health forgiven = UP.after(REFUSED, NOW).after(REFUSED, NOW).after(OK, NOW);

    assertTrue(forgiven.after(REFUSED, NOW).after(REFUSED, NOW).isUsable());
  }

  @Test
  void aMissedDeadlineTakesItDownAtOnce() {
    assertFalse(UP.after(failed(FailureKind.TIMED_OUT), NOW).isUsable());
  }

  @Test
  void whatOnlyAPersonCanMendTakesItDownAtOnce() {
    assertFalse(UP.after(failed(FailureKind.UNAUTHORIZED), NOW).isUsable());
    assertFalse(UP.after(failed(FailureKind.UNTRUSTED), NOW).isUsable());
  }

  @Test
  void threeAnswersInARowBringItBack() {
    Health down = UP.after(failed(FailureKind.TIMED_OUT), NOW);
    Health twice = down.after(OK, NOW).after(OK, NOW);

    assertFalse(twice.isUsable());
    assertTrue(twice.after(OK, NOW).isUsable());
    assertFalse(twice.after(REFUSED, NOW).after(OK, NOW).after(OK, NOW).isUsable());
  }

  @Test
  void itIsDownSinceTheFirstOfTheFailures() {
    Health down =
        UP.after(REFUSED, NOW.plusSeconds(1))
            .after(REFUSED, NOW.plusSeconds(2))
            .after(REFUSED, NOW.plusSeconds(3))
            .after(REFUSED, NOW.plusSeconds(4));

    assertEquals(NOW.plusSeconds(1), down.since());
    assertEquals(2, assertInstanceOf(Health.Down.class, down).attempts());
  }

  @Test
  void whatCanNeverAnswerIsBelievedWhenItDoes() {
    Health never = UP.after(new Poll.Unsupported<>("too old"), NOW);

    assertFalse(never.isUsable());
    assertTrue(never.after(OK, NOW).isUsable());
  }

  @Test
  void itNeverChangesItsMindFasterThanTheRule() {
    Seeds.check(
        500,
        random -> {
          Health health = UP;
          int changes = 0;
          int answers = 0;
          int failures = 0;
          for (int poll = 0; poll < 200; poll++) {
            boolean good = random.nextInt(100) < 60;
            FailureKind kind = KINDS.get(random.nextInt(KINDS.size()));
            Health next = health.after(good ? OK : failed(kind), NOW);
            answers = good ? answers + 1 : 0;
            failures = good ? 0 : failures + 1;
            if (next.isUsable() != health.isUsable()) {
              changes++;
              assertTrue(next.isUsable() ? answers >= 3 : failures >= 1);
              answers = 0;
            }
            health = next;
          }
          assertTrue(changes <= 200 / 2, "changes: " + changes);
        });
  }

  private static Poll<String> failed(FailureKind kind) {
    return new Poll.Failed<>(kind, "gone");
  }
}
