package dev.mhs.server.live;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.websocket.WsUpgradeException;
import java.util.function.BooleanSupplier;

/** Decides whether a WebSocket may be opened. Any thread. */
@FunctionalInterface
public interface UpgradeCheck {
  /**
   * Decides.
   *
   * @param prologue the request line
   * @param headers the headers of the upgrade
   * @return whether that still holds, to be asked from time to time; quick
   * @throws WsUpgradeException when it is refused
   */
  BooleanSupplier check(HttpPrologue prologue, Headers headers) throws WsUpgradeException;
}
