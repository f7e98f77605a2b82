package dev.mhs.server.connect;

import dev.mhs.core.spi.TimeSource;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.time.Duration;

/**
 * Writes, and knows since when a write waits for a reader that takes nothing. One thread writes at
 * a time, any may ask.
 */
final class WatchedWriter implements DataWriter {
  private final DataWriter writer;
  private final TimeSource time;
  private volatile boolean writing;
  private volatile long since;

  WatchedWriter(DataWriter writer, TimeSource time) {
    this.writer = writer;
    this.time = time;
  }

  /** How long the write that is under way has taken so far; zero when there is none. */
  Duration waiting() {
    return writing ? Duration.ofNanos(Math.max(0, time.nanos() - since)) : Duration.ZERO;
  }

  @Override
  public void write(BufferData... buffers) {
    watch(() -> writer.write(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    watch(() -> writer.write(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    watch(() -> writer.writeNow(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    watch(() -> writer.writeNow(buffer));
  }

  private void watch(Runnable write) {
    since = time.nanos();
    writing = true;
    try {
      write.run();
    } finally {
      writing = false;
    }
  }
}
