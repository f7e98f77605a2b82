package dev.mhs.server.rest;

import io.helidon.http.RequestException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads what a request brings, whole. Few at a time, since a slow sender keeps what it has sent.
 */
public final class Body {
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
    if (!PLACES.tryAcquire()) {
      throw new Problem(503, "Too many requests are being read at the moment.");
    }
    try (InputStream body = request.content().inputStream()) {
      return body.readAllBytes();
    } catch (RequestException tooLong) {
      throw new Problem(tooLong.status().code(), "The body is too long, or broken.");
    } catch (IOException | RuntimeException broken) { // such as a chunk that is none
      LOG.log(System.Logger.Level.DEBUG, "a body could not be read", broken);
      throw new Problem(400, "The body is not as long as its headers say, or broken.");
    } finally {
      PLACES.release();
    }
  }
}
