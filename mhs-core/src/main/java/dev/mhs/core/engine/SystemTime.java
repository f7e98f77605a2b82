package dev.mhs.core.engine;

import dev.mhs.core.spi.TimeSource;
import java.time.Instant;

/** The machine's own clocks: the only place that reads them. */
public final class SystemTime implements TimeSource {
  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
