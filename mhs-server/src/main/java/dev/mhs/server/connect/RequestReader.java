package dev.mhs.server.connect;

import dev.mhs.core.spi.TimeSource;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, and knows since when one is being sent; and no line that does not end. Helidon
 * 4.1.7 bounds the request line and the headers, but looks for the end of a chunk's first line
 * without a bound ({@code Http1Connection.readNextChunk}): what never ends would fill the memory.
 * One thread reads, any may ask.
 */
final class RequestReader extends DataReader {
  /** A length in hexadecimal digits, and extensions that nobody uses: RFC 9112 §7.1.1. */
  private static final int LONGEST_LINE = 1024;

  private final Progress progress;

  /**
   * Makes a reader.
   *
   * @param source where the bytes come from; nothing else may read from it
   * @param isBetween whether no request has begun that is not answered
   * @param time the clocks
   */
  RequestReader(DataReader source, BooleanSupplier isBetween, TimeSource time) {
    this(source, new Progress(isBetween, time));
  }

  private RequestReader(DataReader source, Progress progress) {
    super(() -> progress.next(source));
    this.progress = progress;
  }

  /** For how long the rest of a request is waited for since it began; zero when for none. */
  Duration sending() {
    return progress.sending();
  }

  /** How far the present request has come. */
  private static final class Progress {
    private final BooleanSupplier isBetween;
    private final TimeSource time;
    private volatile boolean begun;
    private volatile boolean waiting;
    private volatile long since;

    Progress(BooleanSupplier isBetween, TimeSource time) {
      this.isBetween = isBetween;
      this.time = time;
    }

    byte @Nullable [] next(DataReader source) {
      boolean begins = isBetween.getAsBoolean();
      begun = !begins && begun;
      waiting = true;
      try {
        source.ensureAvailable();
        if (begins) {
          since = time.nanos();
          begun = true;
        }
        return source.readBytes(source.available());
      } catch (InsufficientDataAvailableException end) {
        return null;
      } finally {
        waiting = false;
      }
    }

    Duration sending() {
      return begun && waiting ? Duration.ofNanos(time.nanos() - since) : Duration.ZERO;
    }
  }

  @Override
  public String readLine() {
    int length = findNewLine(LONGEST_LINE);
    if (length >= LONGEST_LINE) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.BAD_REQUEST)
          .message("A line of the body has no end.")
          .safeMessage(true)
          .setKeepAlive(false)
          .build();
    }
    String line = readAsciiString(length);
    skip(2);
    return line;
  }
}
