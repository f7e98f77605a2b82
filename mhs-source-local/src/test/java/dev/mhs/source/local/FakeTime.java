package dev.mhs.source.local;

import dev.mhs.core.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks, moved by hand. */
public final class FakeTime implements TimeSource {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();

  @Override
  public Instant instant() {
    return START.plusNanos(passed.get());
  }

  @Override
  public long nanos() {
    return passed.get() - 1_000_000_000L; // may be negative, says the contract
  }

  public void pass(Duration time) {
    passed.addAndGet(time.toNanos());
  }
}
