package dev.mhs.source.routeros;

import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Clocks that a test moves. Any thread. */
public final class SettableTime implements TimeSource {
  /** When these clocks begin. */
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant instant() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public long nanos() {
    return nanos.get() - 7_000_000_000L; // a monotonic clock may begin anywhere
  }

  /** Moves both clocks on. */
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
