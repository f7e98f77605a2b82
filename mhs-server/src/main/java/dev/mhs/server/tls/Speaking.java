package dev.mhs.server.tls;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Arrays;

/**
 * A connection of the web server as a socket, for the JDK's TLS to be layered on. Closing and
 * timing out remain with the web server. As a socket is used.
 */
final class Speaking extends Socket {
  private final ConnectionContext connection;

  Speaking(ConnectionContext connection) {
    this.connection = connection;
  }

  @Override
  public InputStream getInputStream() {
    return new In(connection.dataReader());
  }

  @Override
  public OutputStream getOutputStream() {
    return new Out();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return connection.remotePeer().address();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return connection.localPeer().address();
  }

  @Override
  public InetAddress getInetAddress() {
    return ((InetSocketAddress) getRemoteSocketAddress()).getAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return ((InetSocketAddress) getLocalSocketAddress()).getAddress();
  }

  @Override
  public int getPort() {
    return connection.remotePeer().port();
  }

  @Override
  public int getLocalPort() {
    return connection.localPeer().port();
  }

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setSoTimeout(int milliseconds) {}

  @Override
  public void shutdownInput() {}

  @Override
  public void shutdownOutput() {}

  @Override
  public void close() {}

  private static final class In extends InputStream {
    private final DataReader reader;

    In(DataReader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      if (most == 0) {
        return 0;
      }
      try {
        reader.ensureAvailable();
        int count = Math.min(most, reader.available());
        System.arraycopy(reader.readBytes(count), 0, into, from, count);
        return count;
      } catch (DataReader.InsufficientDataAvailableException end) {
        return -1;
      } catch (CloseConnectionException broken) {
        throw new IOException("the connection is broken", broken);
      }
    }

    @Override
    public int available() {
      return reader.available();
    }
  }

  private final class Out extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        byte[] own = Arrays.copyOfRange(bytes, from, from + count);
        connection.dataWriter().writeNow(BufferData.create(own));
      } catch (CloseConnectionException broken) {
        throw new IOException("the connection is broken", broken);
      } catch (UncheckedIOException broken) {
        throw broken.getCause();
      }
    }
  }
}
