package dev.mhs.server.rest;

import dev.mhs.server.content.Representation;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;

/** Sends what was written as JSON. */
public final class Json {
  static final String TYPE = "application/json";

  private Json() {}

  /**
   * Sends JSON.
   *
   * @param response the answer
   * @param body what was written
   */
  public static void send(ServerResponse response, byte[] body) {
    response.header(HeaderNames.CONTENT_TYPE, TYPE);
    response.header(Representation.ASK_AGAIN);
    response.send(body);
  }
}
