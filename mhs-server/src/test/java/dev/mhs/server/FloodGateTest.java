package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FloodGateTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final FloodGate gate = new FloodGate();

  @Test
  void aFloodOfOneMessageIsCutAndOthersPass() {
    long passed = IntStream.range(0, 66_000).filter(i -> passes("cannot reset", i)).count();

    assertEquals(FloodGate.MOST_A_MINUTE * 2L, passed, "66 s hold two minutes that begin");
    assertTrue(passes("something else", 66_000));
  }

  @Test
  void aMessageNowAndThenAlwaysPasses() {
    for (int minute = 0; minute < 100; minute++) {
      assertTrue(passes("the router does not answer", minute * 61_000L));
    }
  }

  @Test
  void everNewMessagesHoldNoMemoryForEver() {
    for (int i = 0; i < 10_000; i++) {
      assertTrue(passes("message " + i, i));
    }
  }

  private boolean passes(String message, long millis) {
    LogRecord event = new LogRecord(Level.WARNING, message);
    event.setLoggerName("io.helidon");
    event.setInstant(START.plusMillis(millis));
    return gate.isLoggable(event);
  }
}
