package dev.mhs.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves. Any thread. */
public final class SteppedClock implements InstantSource {
  private static final Instant START = Instant.parse("2026-03-01T18:00:00Z");

  private final AtomicLong millis = new AtomicLong();

  @Override
  public Instant instant() {
    return START.plusMillis(millis.get());
  }

  /** Moves it on. */
  public void advance(Duration by) {
    millis.addAndGet(by.toMillis());
  }
}
