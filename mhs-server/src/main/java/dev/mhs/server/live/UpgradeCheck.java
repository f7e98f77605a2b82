package dev.mhs.server.live;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsUpgradeException;

/** Decides whether a WebSocket may be opened. Any thread. */
@FunctionalInterface
public interface UpgradeCheck {
  /**
   * Decides.
   *
   * @param prologue the request line
   * @param headers the headers of the upgrade
   * @throws WsUpgradeException when it is refused
   */
  void check(HttpPrologue prologue, Headers headers) throws WsUpgradeException;
}
