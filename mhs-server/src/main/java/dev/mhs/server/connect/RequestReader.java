package dev.mhs.server.connect;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, and no line that does not end. Helidon 4.1.7 bounds the request line and the
 * headers, but looks for the end of a chunk's first line without a bound ({@code
 * Http1Connection.readNextChunk}): what never ends would fill the memory. For one thread.
 */
final class RequestReader extends DataReader {
  /** A length in hexadecimal digits, and extensions that nobody uses: RFC 9112 §7.1.1. */
  private static final int LONGEST_LINE = 1024;

  /**
   * Makes a reader.
   *
   * @param source where the bytes come from; nothing else may read from it
   */
  RequestReader(DataReader source) {
    super(() -> next(source));
  }

  private static byte @Nullable [] next(DataReader source) {
    try {
      source.ensureAvailable();
      return source.readBytes(source.available());
    } catch (InsufficientDataAvailableException end) {
      return null;
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
