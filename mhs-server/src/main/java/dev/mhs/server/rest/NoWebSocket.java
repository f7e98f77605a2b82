package dev.mhs.server.rest;

import dev.mhs.server.live.LiveHub;
import dev.mhs.server.live.LiveMode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Says why no WebSocket was opened where one could have been. Any thread. */
public final class NoWebSocket implements Handler {
  private final LiveHub hub;

  /**
   * Makes the handler.
   *
   * @param hub who takes the clients, or refuses them
   */
  public NoWebSocket(LiveHub hub) {
    this.hub = hub;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    Optional<String> refusal = hub.refusal();
    if (refusal.isPresent()) {
      Problem.send(response, 503, "There is no live view at the moment: " + refusal.get() + ".");
      return;
    }
    try {
      LiveMode.of(request.query());
    } catch (IllegalArgumentException unknown) {
      throw new Problem(400, "There is no such live view: " + unknown.getMessage() + ".");
    }
    response.header(HeaderNames.UPGRADE, "websocket"); // RFC 9110 §15.5.22
    Problem.send(response, 426, "This is a WebSocket: it is opened by its handshake (RFC 6455).");
  }
}
