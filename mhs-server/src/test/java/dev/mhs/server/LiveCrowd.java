package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Many WebSockets on plain sockets (RFC 6455), all served by the one thread that calls: what they
 * cost in threads is the server's. Not thread-safe.
 */
final class LiveCrowd implements AutoCloseable {
  private static final int SMALL = 4096;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] MASKED_EMPTY = {(byte) 0x80, 0, 0, 0, 0};
  private static final Pattern HEAD = Pattern.compile("\\{\"type\":\"(\\w+)\",\"seq\":(\\d+),");

  private final Selector selector = Selector.open();
  private final List<Client> all = new ArrayList<>();
  private final ByteBuffer read = ByteBuffer.allocate(64 * 1024);
  private final int port;

  LiveCrowd(int port) throws IOException {
    this.port = port;
  }

  /**
   * One push, as it came.
   *
   * @param type {@code update}, which is whole, or {@code delta}
   * @param seq its number
   */
  record Push(String type, long seq) {
    private static Push of(RawWebSocket.Received message) throws IOException {
      String text = message.text();
      Matcher head = HEAD.matcher(text);
      if (!head.lookingAt()) {
        throw new ProtocolException("no push but " + text);
      }
      return new Push(head.group(1), Long.parseLong(head.group(2)));
    }
  }

  /** One of them. */
  static final class Client {
    private final SocketChannel channel;
    private final List<Push> pushes = new ArrayList<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private ByteBuffer held = ByteBuffer.allocate(SMALL);
    private int kind;
    private int greetings;
    private boolean ended;

    private Client(SocketChannel channel) {
      this.channel = channel;
    }

    /** Returns what came so far, in order. */
    List<Push> pushes() {
      return pushes;
    }

    /** Tells whether a push has come, or a later one. */
    boolean knows(long seq) {
      return !pushes.isEmpty() && pushes.getLast().seq() >= seq;
    }

    /** Tells whether the server has ended it. */
    boolean ended() {
      return ended;
    }

    private void take(ByteBuffer bytes) throws IOException {
      if (held.remaining() < bytes.remaining()) {
        held.flip();
        held = ByteBuffer.allocate(2 * (held.remaining() + bytes.remaining())).put(held);
      }
      held.put(bytes).flip();
      while (takeFrame()) {}
      held.compact();
    }

    /** Takes one frame when all of it is there (RFC 6455 §5.2: a server does not mask). */
    private boolean takeFrame() throws IOException {
      held.mark();
      if (held.remaining() >= 2) {
        int head = held.get() & 255;
        int length = held.get();
        int more = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (held.remaining() >= more) {
          int size =
              switch (more) {
                case 2 -> held.getShort() & 0xffff;
                case 8 -> Math.toIntExact(held.getLong());
                default -> length;
              };
          if (held.remaining() >= size) {
            byte[] payload = new byte[size];
            held.get(payload);
            frame(head, payload);
            return true;
          }
        }
      }
      held.reset();
      return false;
    }

    private void frame(int head, byte[] payload) throws IOException {
      int opcode = head & 15;
      switch (opcode) {
        case 8 -> ended = true;
        case 9 -> say(0x8a);
        case 10 -> greetings++;
        default -> {
          kind = opcode == 0 ? kind : opcode;
          message.writeBytes(payload);
          if ((head & 0x80) != 0) {
            pushes.add(Push.of(new RawWebSocket.Received(kind, message.toByteArray())));
            message.reset();
          }
        }
      }
    }

    /** Sends a frame of control that holds nothing. */
    private void say(int head) throws IOException {
      channel.write(
          ByteBuffer.allocate(1 + MASKED_EMPTY.length).put((byte) head).put(MASKED_EMPTY).flip());
    }

    /** Is gone as a process that was killed is: with a reset, and without a frame that closes. */
    void vanish() throws IOException {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    }
  }

  /** Connects one that reads whatever comes, as long as something is awaited. */
  Client listener(String path) throws IOException {
    Client client = connect(path, null);
    listen(client);
    return client;
  }

  /** Connects one that does not read, and for which little can wait on the way. */
  Client deaf(String path) throws IOException {
    return connect(path, SMALL);
  }

  /** Has one read that did not. */
  void listen(Client client) throws IOException {
    client.channel.configureBlocking(false);
    client.channel.register(selector, SelectionKey.OP_READ, client);
  }

  private Client connect(String path, @Nullable Integer receiveBuffer) throws IOException {
    SocketChannel channel = SocketChannel.open();
    Client client = new Client(channel);
    all.add(client);
    if (receiveBuffer != null) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        """
        GET %s HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(path, port);
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    String answer = head(channel);
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new ProtocolException("no WebSocket but " + answer);
    }
    return client;
  }

  /** Reads byte by byte: what comes behind it is the first push. */
  private static String head(SocketChannel channel) throws IOException {
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      if (channel.read(one.clear()) < 0) {
        throw new EOFException("it ended after " + head);
      }
      head.append((char) one.get(0));
    }
    return head.toString();
  }

  /** Has one take and say nothing any more, as a machine without power does. */
  void silence(Client client) {
    client.channel.keyFor(selector).cancel();
  }

  /** Has the server hear of each of these: when this returns, it has. */
  void greet(List<Client> clients) throws IOException {
    int greetings = clients.getFirst().greetings + 1;
    for (Client client : clients) {
      client.say(0x89);
    }
    await("every greeting is answered", clients, client -> client.greetings == greetings);
  }

  /** Reads until every one is as wanted; fails when that takes too long. */
  void await(String what, List<Client> clients, Predicate<Client> wanted) throws IOException {
    long begun = System.nanoTime();
    while (!clients.stream().allMatch(wanted)) {
      assertTrue(System.nanoTime() - begun < PATIENCE.toNanos(), what);
      selector.select(BETWEEN_LOOKS.toMillis());
      for (SelectionKey key : selector.selectedKeys()) {
        read((Client) key.attachment());
      }
      selector.selectedKeys().clear();
    }
  }

  private void read(Client client) throws IOException {
    int length;
    try {
      length = client.channel.read(read.clear());
    } catch (IOException reset) { // ended with something unread
      length = -1;
    }
    if (length < 0) {
      client.ended = true;
      client.channel.keyFor(selector).cancel();
    } else {
      client.take(read.flip());
    }
  }

  /** Fails when the server has ended one of these. */
  static void assertThere(List<Client> clients) {
    clients.forEach(client -> assertFalse(client.ended, "the server has ended one that listens"));
  }

  /** All of them are gone. */
  @Override
  public void close() throws IOException {
    for (Client client : all) {
      client.channel.close();
    }
    selector.close();
  }
}
