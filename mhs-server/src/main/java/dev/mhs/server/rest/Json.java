package dev.mhs.server.rest;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerResponse;

/** Sends what was written as JSON. */
public final class Json {
  /** A copy must not be used without asking whether it is still good. */
  static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");

  private Json() {}

  /**
   * Sends JSON.
   *
   * @param response the answer
   * @param body what was written
   */
  public static void send(ServerResponse response, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, "application/json");
    response.header(Json.ASK_AGAIN);
    response.send(body);
  }
}
