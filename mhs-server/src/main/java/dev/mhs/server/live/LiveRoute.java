package dev.mhs.server.live;

import dev.mhs.core.spi.TimeSource;
import io.helidon.webserver.websocket.WsConfig;
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

  /**
   * Returns how the protocol is spoken: a frame is held in memory whole, hence no long ones, whose
   * length is refused (1009) before a byte of them is read.
   */
  public static WsConfig protocol() {
    return WsConfig.builder().maxFrameLength(LiveClient.LONGEST_MESSAGE).build();
  }
}
