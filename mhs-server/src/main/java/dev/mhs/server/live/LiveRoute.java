package dev.mhs.server.live;

import dev.mhs.core.spi.TimeSource;
import io.helidon.webserver.websocket.WsRouting;

/** Where WebSockets connect. */
public final class LiveRoute {
  private LiveRoute() {}

  /**
   * Returns the route.
   *
   * @param path its path
   * @param hub who takes the clients
   * @param door decides who may connect
   * @param time the clocks
   */
  public static WsRouting.Builder of(String path, LiveHub hub, UpgradeCheck door, TimeSource time) {
    return WsRouting.builder().endpoint(path, () -> new LiveClient(hub, door, time));
  }
}
