package dev.mhs.source.routeros.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Adds what is read to a sum. For one thread; the sum for any. */
final class CountedStream extends FilterInputStream {
  private final AtomicLong sum;

  CountedStream(InputStream bytes, AtomicLong sum) {
    super(bytes);
    this.sum = sum;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0) {
      sum.incrementAndGet();
    }
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      sum.addAndGet(count);
    }
    return count;
  }
}
