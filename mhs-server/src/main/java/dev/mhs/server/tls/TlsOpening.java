package dev.mhs.server.tls;

import dev.mhs.server.connect.Opening;
import dev.mhs.server.connect.OtherContext;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Speaks TLS on every connection; whoever begins in plain HTTP is told where to go. Any thread.
 *
 * <p>Helidon 4.1.7 could do so itself, but a handshake that fails there never gives its place among
 * the connections back ({@code ConnectionHandler.run}): so many of them, and the server accepts
 * nobody any more.
 */
public final class TlsOpening implements Opening {
  private static final byte HANDSHAKE = 22; // RFC 8446 §5.1: what TLS begins with
  private static final int READ_AT_ONCE = 8 * 1024;
  private static final System.Logger LOG = System.getLogger(TlsOpening.class.getName());

  private final Supplier<SSLContext> contexts;
  private final Router forPlain;

  /**
   * Makes the opening.
   *
   * @param contexts what to speak TLS with
   * @param forPlain answers those who do not
   */
  public TlsOpening(Supplier<SSLContext> contexts, HttpRouting.Builder forPlain) {
    this.contexts = contexts;
    this.forPlain = Router.builder().addRouting(forPlain).build();
  }

  @Override
  public Opened open(ConnectionContext plain) {
    DataReader reader = plain.dataReader();
    try {
      reader.ensureAvailable();
    } catch (DataReader.InsufficientDataAvailableException gone) {
      throw new CloseConnectionException("nothing came", gone);
    }
    if (reader.lookup() != HANDSHAKE) {
      return new Opened(
          new OtherContext(plain, reader, plain.dataWriter(), forPlain, false), () -> {});
    }
    try {
      return secured(plain);
    } catch (IOException failed) {
      throw new CloseConnectionException("no TLS: " + failed.getMessage(), failed);
    }
  }

  private Opened secured(ConnectionContext plain) throws IOException {
    SSLSocket socket =
        (SSLSocket) contexts.get().getSocketFactory().createSocket(new Speaking(plain), null, true);
    socket.startHandshake();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[READ_AT_ONCE];
    DataReader reader = new DataReader(() -> read(in, buffer));
    DataWriter writer = new Writer(socket.getOutputStream());
    return new Opened(
        new OtherContext(plain, reader, writer, plain.router(), true), () -> goodbye(socket));
  }

  private static byte @Nullable [] read(InputStream in, byte[] buffer) {
    try {
      int count = in.read(buffer);
      return count < 0 ? null : Arrays.copyOf(buffer, count);
    } catch (IOException broken) {
      throw new CloseConnectionException("the connection is broken", broken);
    }
  }

  /** RFC 8446 §6.1: who ends tells so. */
  private static void goodbye(SSLSocket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.TRACE, "it was gone already", gone);
    }
  }

  /** Writes what JSSE encrypts. */
  private record Writer(OutputStream out) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
      writeNow(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
      writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
      writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
      byte[] bytes = new byte[buffer.available()];
      buffer.read(bytes);
      try {
        out.write(bytes);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
