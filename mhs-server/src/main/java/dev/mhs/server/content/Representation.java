package dev.mhs.server.content;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are kept for all who ask (a representation in the words of RFC 9110): as gzip for
 * those who take it, and not sent again to those who have them. Any thread.
 *
 * @param type the media type
 * @param tag tells these bytes from earlier and later ones; of characters that an ETag may have
 * @param plain the bytes; not to be changed
 * @param zipped the same as gzip, or null when that is no smaller
 */
public record Representation(
    String type, String tag, Supplier<byte[]> plain, @Nullable Supplier<byte[]> zipped) {
  /** A copy must not be used without asking whether it is still good. */
  public static final Header ASK_AGAIN =
      HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

  private static final Header VARY = HeaderValues.createCached(HeaderNames.VARY, "Accept-Encoding");
  private static final Header GZIP =
      HeaderValues.createCached(HeaderNames.CONTENT_ENCODING, "gzip");

  /**
   * Answers with it, or with 304 when the client has it.
   *
   * @param request who asks
   * @param response the answer
   */
  public void send(ServerRequest request, ServerResponse response) {
    Supplier<byte[]> small = Gzip.isAccepted(request) ? zipped : null;
    String etag = small == null ? "\"" + tag + "\"" : "\"" + tag + "-gzip\"";
    response.header(HeaderNames.ETAG, etag);
    response.header(ASK_AGAIN);
    response.header(VARY);
    if (request.headers().contains(HeaderNames.IF_NONE_MATCH)
        && request.headers().get(HeaderNames.IF_NONE_MATCH).get().contains(etag)) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    response.header(HeaderNames.CONTENT_TYPE, type);
    if (small == null) {
      response.send(plain.get());
    } else {
      response.header(GZIP);
      response.send(small.get());
    }
  }
}
