package dev.mhs.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A WebSocket on a plain socket (RFC 6455), which does only what a test tells it to: it can stop
 * reading, vanish, or send what is none.
 */
public final class RawWebSocket implements AutoCloseable {
  private static final int PATIENCE = 20_000; // milliseconds

  /**
   * A message or a frame of control.
   *
   * @param opcode 1 text, 2 binary, 8 close, 9 ping, 10 pong
   * @param payload all of its pieces together
   */
  @SuppressWarnings("ArrayRecordComponent") // for a test that looks at it once
  public record Received(int opcode, byte[] payload) {
    /** Returns it as text, unpacked when it is binary. */
    public String text() throws IOException {
      byte[] bytes = payload;
      if (opcode == 2) {
        try (GZIPInputStream zipped = new GZIPInputStream(new ByteArrayInputStream(payload))) {
          bytes = zipped.readAllBytes();
        }
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the code of a frame that closes. */
    public int closeCode() {
      return ByteBuffer.wrap(payload).getShort();
    }
  }

  private final Socket socket;
  private final DataInputStream in;

  private RawWebSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
  }

  /**
   * Connects to this machine; throws when the upgrade is refused.
   *
   * @param headers whole lines, such as {@code Cookie: a=b}
   */
  public static RawWebSocket connect(int port, String path, String... headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
    RawWebSocket made = new RawWebSocket(socket);
    made.upgrade(path, port, headers);
    return made;
  }

  private void upgrade(String path, int port, String... headers) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining())
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      answer.append((char) in.readUnsignedByte());
    }
    if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
      throw new ProtocolException("no WebSocket but " + answer);
    }
  }

  /** Returns the next message, answering pings meanwhile; fails when none comes for long. */
  public Received next() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int kind = 0;
    while (true) {
      int head = in.readUnsignedByte();
      byte[] payload = payload();
      int opcode = head & 15;
      if (opcode == 9) {
        send(0x80 | 10, payload);
      } else if (opcode >= 8) {
        return new Received(opcode, payload);
      } else {
        kind = opcode == 0 ? kind : opcode;
        message.write(payload);
        if ((head & 0x80) != 0) {
          return new Received(kind, message.toByteArray());
        }
      }
    }
  }

  private byte[] payload() throws IOException {
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("it ended amid a frame");
    }
    return payload;
  }

  /** Sends a text in one frame. */
  public void say(String text) throws IOException {
    send(0x81, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends one masked frame. */
  public void send(int head, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) head);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload); // the mask of zeros changes nothing
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    socket.getOutputStream().write(bytes);
  }

  /** Sends bytes that may be no frames. */
  public void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** Sets how long {@link #next} waits. */
  public void patience(int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
  }

  /** Is gone without a word. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
