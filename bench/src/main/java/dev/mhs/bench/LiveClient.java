package dev.mhs.bench;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * One browser that looks. It asks for what the page asks for: only what changed, as gzip. It reads
 * every message and answers pings (RFC 6455). Not the JDK's client, which on JDK 25.0.3 now and
 * then loses its place in a first message that comes in several frames right behind the answer to
 * the upgrade ("Unexpected rsv2 bit"; the bytes on the wire are right).
 */
final class LiveClient implements AutoCloseable {
  /** What the page asks for: what changed only, as gzip. */
  static final String PAGE = "/ws?mode=delta&compress=gzip";

  /** The same as text. */
  static final String DELTAS = "/ws?mode=delta";

  /** What a script gets that asks for nothing in particular: all of it, as text. */
  static final String WHOLE = "/ws";

  private static final System.Logger LOG = System.getLogger(LiveClient.class.getName());
  private static final int BUFFER = 16 * 1024;
  private static final int SMALLEST = 4096; // bytes that wait for one that does not read
  private static final int LONGEST_FRAME = 16 * 1024 * 1024;
  private static final int FINAL = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;
  private boolean amidMessage;

  private LiveClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
  }

  /** Connects to a server as the page does; throws when it refuses. */
  static LiveClient connect(URI server) throws IOException {
    return connect(server, PAGE);
  }

  /** Connects to a server and asks for {@link #PAGE}, {@link #DELTAS} or {@link #WHOLE}. */
  static LiveClient connect(URI server, String path) throws IOException {
    return connect(server, path, new Socket());
  }

  /** Connects one that asks for all of it and never reads. */
  static LiveClient deaf(URI server) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(SMALLEST);
    return connect(server, WHOLE, socket);
  }

  private static LiveClient connect(URI server, String path, Socket socket) throws IOException {
    LiveClient client;
    try {
      socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
      client = new LiveClient(socket);
      client.upgrade(path, server.getAuthority());
    } catch (IOException refused) {
      socket.close();
      throw refused;
    }
    return client;
  }

  private void upgrade(String path, String authority) throws IOException {
    String request =
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(path, authority);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
      throw new ProtocolException("no WebSocket but " + answer.toString().lines().findFirst());
    }
  }

  /**
   * Reads until the connection ends.
   *
   * @param onMessage told of the length in bytes of each message when it is complete
   * @throws IOException when it ends or when what comes is not right
   */
  void listen(IntConsumer onMessage) throws IOException {
    int length = 0;
    while (true) {
      int head = in.readUnsignedByte();
      byte[] payload = payload();
      int code = head & 0x0f;
      if ((head & RESERVED) != 0) {
        throw new ProtocolException("reserved bits are set: " + head);
      }
      switch (code) {
        case CONTINUATION, TEXT, BINARY -> {
          if (amidMessage != (code == CONTINUATION)) {
            throw new ProtocolException("a frame that does not go on where the last one ended");
          }
          amidMessage = (head & FINAL) == 0;
          length += payload.length;
          if (!amidMessage) {
            onMessage.accept(length);
            length = 0;
          }
        }
        case PING -> pong(payload);
        case PONG -> {}
        default -> throw new ProtocolException("a frame of kind " + code);
      }
    }
  }

  /** The same, for whoever closes it when enough was heard. */
  void listenUntilClosed(IntConsumer onMessage) {
    try {
      listen(onMessage);
    } catch (IOException ended) {
      LOG.log(System.Logger.Level.DEBUG, "a client ended", ended);
    }
  }

  /** RFC 6455 §5.2: a server does not mask. */
  private byte[] payload() throws IOException {
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    if (length > LONGEST_FRAME) {
      throw new ProtocolException("a frame of " + length + " bytes");
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return payload;
  }

  /** RFC 6455 §5.3: a client masks, be it with zeros. */
  private void pong(byte[] payload) throws IOException {
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (FINAL | PONG);
    frame[1] = (byte) (MASKED | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    OutputStream out = socket.getOutputStream();
    out.write(frame);
  }

  /** Is gone as a process that was killed is: with a reset, and without a frame that closes. */
  void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
