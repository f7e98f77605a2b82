package dev.mhs.source.local.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void aBurstGoesAtOnceAndTheRestSteadily() {
    Pacer pacer = new Pacer(256, 100, 0);
    long now = 0;
    int atOnce = 0;
    for (int sent = 0; sent < 756; sent++) {
      Duration wait = pacer.take(now);
      atOnce += wait.isZero() ? 1 : 0;
      now += wait.toNanos();
    }

    assertEquals(256, atOnce);
    assertEquals(5.0, now / 1e9, 0.001);
  }

  @Test
  void neverMoreThanTheBurstAndTheRateInAnyTime() {
    Pacer pacer = new Pacer(10, 5, 0);
    long now = 0;
    long[] sentAt = new long[200];
    for (int sent = 0; sent < sentAt.length; sent++) {
      now += sent % 17 == 0 ? 3 * SECOND / 2 : 0;
      now += pacer.take(now).toNanos();
      sentAt[sent] = now;
    }
    for (int from = 0; from < sentAt.length; from++) {
      for (int to = from; to < sentAt.length; to++) {
        double allowed = 10 + 5 * (sentAt[to] - sentAt[from]) / 1e9;
        assertTrue(to - from + 1 <= allowed + 1.001, from + " to " + to);
      }
    }
  }

  @Test
  void aRestFillsTheBucketButNoFurther() {
    Pacer pacer = new Pacer(2, 1, 0);
    pacer.take(0);
    pacer.take(0);

    assertEquals(Duration.ZERO, pacer.take(100 * SECOND));
    assertEquals(Duration.ZERO, pacer.take(100 * SECOND));
    assertEquals(Duration.ofSeconds(1), pacer.take(100 * SECOND));
  }
}
