package dev.mhs.server.rest;

import dev.mhs.server.content.Representation;
import dev.mhs.server.wire.JsonFields;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;

/** An error as RFC 9457 wants it told: {@code application/problem+json}. */
public final class Problem extends RuntimeException {
  static final Header CONTENT_TYPE =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * Makes a problem, to be thrown by a handler.
   *
   * @param status the HTTP status
   * @param detail one sentence that says what was wrong
   */
  public Problem(int status, String detail) {
    super(detail, null, false, false); // expected: its stack is of no use
    this.status = status;
  }

  void send(ServerResponse response) {
    send(response, status, String.valueOf(getMessage()));
  }

  /**
   * Answers with a problem.
   *
   * @param response the answer
   * @param status the HTTP status
   * @param detail one sentence that says what was wrong
   */
  public static void send(ServerResponse response, int status, String detail) {
    Status known = Status.create(status);
    ProtectiveHeaders.set(response.headers()); // gone when an exception led here
    response.status(known);
    response.header(CONTENT_TYPE);
    response.header(Representation.ASK_AGAIN);
    response.send(body(known, detail));
  }

  static byte[] body(Status status, String detail) {
    return JsonFields.object(
        json ->
            json.text("type", "about:blank")
                .text("title", status.reasonPhrase())
                .number("status", status.code())
                .text("detail", detail));
  }
}
