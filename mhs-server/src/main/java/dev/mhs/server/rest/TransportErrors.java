package dev.mhs.server.rest;

import dev.mhs.server.content.Representation;
import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

/**
 * Answers requests that are refused before they reach a route, since they are no HTTP: as a {@link
 * Problem}, like every other error. Any thread.
 */
public final class TransportErrors implements DirectHandler {
  private TransportErrors() {}

  /** Returns one handler for every kind of error. */
  public static DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    TransportErrors same = new TransportErrors();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, same);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown,
      System.Logger logger) {
    return handle(request, type, status, headers, thrown);
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown) {
    boolean nonsense = thrown.getCause() instanceof IllegalArgumentException;
    boolean tellable = thrown instanceof RequestException known && known.safeMessage();
    return handle(
        request,
        type,
        type == EventType.INTERNAL_ERROR && nonsense ? Status.BAD_REQUEST_400 : status,
        headers,
        tellable ? String.valueOf(thrown.getMessage()) : "");
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    ProtectiveHeaders.set(headers);
    headers.set(Problem.CONTENT_TYPE);
    headers.set(Representation.ASK_AGAIN);
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false) // what follows on the connection cannot be told from what went wrong
        .entity(Problem.body(status, sentence(status, message)))
        .build();
  }

  /** What Helidon says may go on for lines: a dump of what it was sent. */
  private static String sentence(Status status, String message) {
    String first = message.lines().findFirst().orElse("").strip();
    if (!first.isEmpty()) {
      return first;
    }
    return status.code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
        ? "The body is too long."
        : "The request cannot be understood.";
  }
}
