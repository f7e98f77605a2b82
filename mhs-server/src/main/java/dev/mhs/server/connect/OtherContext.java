package dev.mhs.server.connect;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * A connection that is another one, but for how it is read and written and for what is served on
 * it.
 *
 * @param of the other
 * @param dataReader what comes in
 * @param dataWriter what goes out
 * @param router what is served
 * @param isSecure whether nobody between can read it
 * @param ending is told when no request is to follow the present one
 */
public record OtherContext(
    ConnectionContext of,
    DataReader dataReader,
    DataWriter dataWriter,
    Router router,
    boolean isSecure,
    Runnable ending)
    implements ConnectionContext {

  /** Returns one on which any number of requests may follow. */
  public OtherContext(
      ConnectionContext of,
      DataReader dataReader,
      DataWriter dataWriter,
      Router router,
      boolean isSecure) {
    this(of, dataReader, dataWriter, router, isSecure, () -> {});
  }

  static OtherContext writing(ConnectionContext of, DataWriter writer) {
    return new OtherContext(of, of.dataReader(), writer, of.router(), of.isSecure());
  }

  static OtherContext reading(ConnectionContext of, DataReader reader, Runnable ending) {
    return new OtherContext(of, reader, of.dataWriter(), of.router(), of.isSecure(), ending);
  }

  /** Sees to it that no request follows the present one on a connection. */
  public static void endAfterThis(ConnectionContext connection) {
    if (connection instanceof OtherContext ours) {
      ours.ending().run();
    }
  }

  @Override
  public ListenerContext listenerContext() {
    return of.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return of.executor();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return of.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return of.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return of.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return of.localPeer();
  }

  @Override
  public String socketId() {
    return of.socketId();
  }

  @Override
  public String childSocketId() {
    return of.childSocketId();
  }
}
