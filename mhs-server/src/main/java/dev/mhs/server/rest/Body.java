package dev.mhs.server.rest;

import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads what a request brings, whole. Few long ones at a time, since a slow sender keeps what it
 * has sent; short ones are never refused, or slow senders of long ones would keep everybody else
 * out.
 */
public final class Body {
  /** All that is ever right is shorter, and the headers may be as long. */
  private static final int SHORT = 4 * 1024;

  private static final int MOST_AT_ONCE = 64;
  private static final Semaphore PLACES = new Semaphore(MOST_AT_ONCE);

  private static final System.Logger LOG = System.getLogger(Body.class.getName());

  private Body() {}

  /**
   * Returns the body, empty when there is none, or fails with what is to be answered.
   *
   * @param request what brings it
   */
  public static byte[] of(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream body = request.content().inputStream()) {
      byte[] start = body.readNBytes(SHORT);
      return start.length < SHORT ? start : whole(start, body);
    } catch (Problem tooMany) {
      throw tooMany;
    } catch (RequestException tooLong) {
      throw new Problem(tooLong.status().code(), "The body is too long, or broken.");
    } catch (IOException | RuntimeException broken) { // such as a chunk that is none
      LOG.log(System.Logger.Level.DEBUG, "a body could not be read", broken);
      throw new Problem(400, "The body is not as long as its headers say, or broken.");
    }
  }

  private static byte[] whole(byte[] start, InputStream rest) throws IOException {
    if (!PLACES.tryAcquire()) {
      throw new Problem(503, "Too many long requests are being read at the moment.");
    }
    try {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      whole.write(start);
      rest.transferTo(whole);
      return whole.toByteArray();
    } finally {
      PLACES.release();
    }
  }
}
