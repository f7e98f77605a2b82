package dev.mhs.server.connect;

import dev.mhs.core.spi.TimeSource;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * Receives every connection before a byte of it is read: the only one that Helidon can choose,
 * hence chosen at once. Any thread.
 */
public final class Reception implements ServerConnectionSelector {
  private final ServerConnectionSelector http;
  private final Opening opening;
  private final Crowd crowd;
  private final Patience patience;
  private final TimeSource time;

  /**
   * How long is waited.
   *
   * @param forBeginning for what must be said before HTTP can be spoken
   * @param forTaking for somebody who takes nothing of what is sent
   * @param forSending for the end of a request that has begun
   */
  public record Patience(Duration forBeginning, Duration forTaking, Duration forSending) {}

  /**
   * Makes a reception.
   *
   * @param http who speaks HTTP
   * @param opening what comes before
   * @param crowd how many there are by address
   * @param patience how long is waited
   * @param time the clocks
   */
  public Reception(
      ServerConnectionSelector http,
      Opening opening,
      Crowd crowd,
      Patience patience,
      TimeSource time) {
    this.http = http;
    this.opening = opening;
    this.crowd = crowd;
    this.patience = patience;
    this.time = time;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Visit(http, opening, crowd, patience, time, context);
  }
}
