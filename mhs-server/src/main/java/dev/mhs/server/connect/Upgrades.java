package dev.mhs.server.connect;

import dev.mhs.api.IpLiteral;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes WebSockets of connections, few for one address. Any thread. */
public final class Upgrades extends WsUpgrader {
  /** A listener is told the headers only; whatever a client has put there is replaced. */
  private static final HeaderName CLIENT = HeaderNames.create("X-MHS-Client");

  private final Crowd crowd;
  private final Proxies proxies;

  /**
   * Makes it.
   *
   * @param config how the protocol is spoken
   * @param crowd how many there are by address
   * @param proxies who is believed when they say for whom they ask
   */
  public Upgrades(WsConfig config, Crowd crowd, Proxies proxies) {
    super(config);
    this.crowd = crowd;
    this.proxies = proxies;
  }

  /** Returns who asks for a WebSocket. */
  public static InetAddress client(Headers headers) {
    return IpLiteral.of(headers.get(CLIENT).get());
  }

  @Override
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    InetAddress client = proxies.client(Visit.peer(context), headers);
    headers.set(CLIENT, IpLiteral.text(client));
    if (!crowd.enter(client)) {
      throw RequestException.builder()
          .type(DirectHandler.EventType.OTHER)
          .status(Status.SERVICE_UNAVAILABLE_503)
          .message("This address has too many live views open already.")
          .safeMessage(true)
          .build();
    }
    ServerConnection opened = null;
    try {
      FrameReader frames = new FrameReader(context.dataReader());
      opened = super.upgrade(OtherContext.reading(context, frames, () -> {}), prologue, headers);
    } finally {
      if (opened == null) {
        crowd.leave(client);
      }
    }
    return opened == null ? null : new Counted(opened, crowd, client);
  }

  /** Gives its place back when it ends. */
  private record Counted(ServerConnection opened, Crowd crowd, InetAddress client)
      implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        opened.handle(limit);
      } catch (CloseConnectionException end) {
        throw end;
      } catch (RuntimeException broken) { // such as a frame of an unknown kind
        // Anything else would be answered in HTTP, in the midst of the frames.
        throw new CloseConnectionException("the WebSocket is broken", broken);
      } finally {
        crowd.leave(client);
      }
    }

    @Override
    public Duration idleTime() {
      return opened.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      opened.close(interrupt);
    }
  }
}
