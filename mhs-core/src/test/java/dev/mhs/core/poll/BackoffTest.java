package dev.mhs.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Cadence CADENCE = Cadence.DEFAULT;
  private static final Poll<String> OK = new Poll.Ok<>("well");
  private static final double WORST = 1; // of the jitter

  @Test
  void aHealthySourceIsAskedAtItsOwnPace() {
    Health up = new Health.Up(NOW);

    assertEquals(Duration.ofSeconds(2), Backoff.pause(up, CADENCE, true, WORST));
    assertEquals(Duration.ofSeconds(10), Backoff.pause(up, CADENCE, false, WORST));
  }

  @Test
  void whatOnlyAPersonCanMendIsAskedRarely() {
    Health refused = new Health.Up(NOW).after(failed(FailureKind.UNAUTHORIZED), NOW);

    assertTrue(Backoff.pause(refused, CADENCE, true, 0).toMinutes() >= 4);
  }

  @Test
  void jitterSpreadsByAFifthBothWays() {
    Health failing = new Health.Up(NOW).after(failed(FailureKind.REFUSED), NOW);

    assertEquals(Duration.ofMillis(800), Backoff.pause(failing, CADENCE, true, 0));
    assertEquals(Duration.ofMillis(1200), Backoff.pause(failing, CADENCE, true, 1));
  }

  @Test
  void quickFailuresAreGivenUpWithinTenSecondsAndHangingOnesToo() {
    for (FailureKind kind : FailureKind.values()) {
      Duration each = kind == FailureKind.TIMED_OUT ? CADENCE.deadline() : Duration.ZERO;
      assertTrue(untilGivenUp(kind, each).compareTo(Duration.ofSeconds(10)) <= 0, kind.name());
    }
  }

  @Test
  void aSourceThatAnswersAgainIsBackWithinThirtySeconds() {
    for (FailureKind kind : List.of(FailureKind.UNREACHABLE, FailureKind.TIMED_OUT)) {
      Health health = new Health.Up(NOW);
      for (int failures = 0; failures < 100; failures++) {
        health = health.after(failed(kind), NOW);
      }
      Duration waited = Backoff.pause(health, CADENCE, false, WORST);
      for (health = health.after(OK, NOW); !health.isUsable(); health = health.after(OK, NOW)) {
        waited = waited.plus(Backoff.pause(health, CADENCE, false, WORST));
      }
      assertTrue(waited.compareTo(Duration.ofSeconds(30)) <= 0, waited::toString);
    }
  }

  @Test
  void failuresThatTakeTheirTimeAreGivenUpWithinTenSecondsToo() {
    for (long millis = 0; millis <= CADENCE.deadline().toMillis(); millis += 50) {
      Duration waited = untilGivenUp(FailureKind.UNREACHABLE, Duration.ofMillis(millis));
      assertTrue(
          waited.compareTo(Duration.ofSeconds(10)) <= 0, "each " + millis + " ms: " + waited);
    }
  }

  /** The worst case: it fails right after an answer, and the jitter is at its longest. */
  private static Duration untilGivenUp(FailureKind kind, Duration each) {
    Health health = new Health.Up(NOW);
    Duration waited = Duration.ZERO;
    while (health.isUsable()) {
      waited = waited.plus(Backoff.pause(health, CADENCE, true, WORST)).plus(each);
      health = health.after(failed(kind), NOW, Health.weight(each, CADENCE.deadline()));
    }
    return waited;
  }

  private static Poll<String> failed(FailureKind kind) {
    return new Poll.Failed<>(kind, "gone");
  }
}
