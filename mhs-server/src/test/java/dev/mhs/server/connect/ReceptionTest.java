package dev.mhs.server.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.tck.MutableClock;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionTest {
  private static final int MOST = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final long BETWEEN_BYTES = 5_000_000; // nanoseconds

  private final MutableClock clock = new MutableClock();
  private final Crowd crowd = new Crowd(MOST, address -> false);
  private final List<Socket> open = new ArrayList<>();
  private WebServer server;

  @BeforeEach
  void start() {
    Http1ConnectionSelector http =
        Http1ConnectionSelector.builder().config(Http1Config.create()).build();
    byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    Reception reception =
        new Reception(
            http,
            Opening.plain(),
            crowd,
            new Reception.Patience(PATIENCE, PATIENCE, PATIENCE),
            clock);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .shutdownHook(false)
            .maxTcpConnections(2 * MOST)
            .idleConnectionPeriod(Duration.ofMillis(50))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(reception)
            .addRouting(
                HttpRouting.builder()
                    .get("/", (request, response) -> response.send(much))
                    .post("/", (request, response) -> response.send(read(request))))
            .build()
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    server.stop();
  }

  @Test
  void oneAddressHoldsNoMoreThanItsPlacesAndGetsThemBack() throws Exception {
    for (int i = 0; i < MOST; i++) {
      assertTrue(answers(connect()));
    }

    for (int i = 0; i < 50; i++) {
      assertEquals(-1, connect().getInputStream().read(), "it is closed at once");
    }
    open.getFirst().close();

    await("a place is free", () -> answers(connect()));
  }

  @Test
  void whoTakesNothingOfWhatItAskedForIsLetGo() throws Exception {
    Socket glutton = connect();
    byte[] ask = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(64).getBytes(StandardCharsets.US_ASCII);
    glutton.getOutputStream().write(ask);
    await("it is received", () -> crowd.size() == 1);

    // How full the buffers between are cannot be told: time goes on until it is found stuck.
    await(
        "it is gone",
        () -> {
          clock.advance(PATIENCE);
          return crowd.size() == 0;
        });
    assertTrue(answers(connect()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Never-Ending: "
      })
  void whoSendsARequestByteByByteIsLetGo(String beginning) throws Exception {
    Socket slow = connect();
    send(slow, beginning);
    await("it is received", () -> crowd.size() == 1);

    long[] sent = {0};
    await(
        "it is gone",
        () -> {
          if (System.nanoTime() - sent[0] > BETWEEN_BYTES) {
            sent[0] = System.nanoTime();
            trickle(slow);
            clock.advance(PATIENCE.dividedBy(8));
          }
          return crowd.size() == 0;
        });
  }

  @Test
  void whoAsksSeldomIsNotLetGo() throws Exception {
    Socket seldom = connect();
    for (int i = 0; i < 4; i++) {
      send(seldom, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
      assertEquals("HTTP/1.1 200 OK", head(seldom));
      Socket slow = connect();
      send(slow, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n");
      slow.setSoTimeout(20);
      await(
          "the slow one is gone, so connections were looked at",
          () -> {
            clock.advance(PATIENCE);
            return isEnded(slow);
          });
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {}
      return true;
    } catch (SocketTimeoutException notYet) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Reads an answer whose body is one byte, and returns its first line. */
  private static String head(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    assertEquals('x', socket.getInputStream().read());
    return head.substring(0, head.indexOf("\r"));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void trickle(Socket socket) {
    try {
      send(socket, "x");
    } catch (IOException gone) {
      assertFalse(socket.isClosed(), "it is the server that ends it");
    }
  }

  private static byte[] read(ServerRequest request) {
    return request.content().as(byte[].class);
  }

  private Socket connect() {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
      socket.setSoTimeout((int) SOON.toMillis());
      open.add(socket);
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean answers(Socket socket) {
    try {
      byte[] ask = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write(ask);
      return socket.getInputStream().read() == 'H';
    } catch (IOException refused) {
      return false;
    }
  }

  private static void await(String what, BooleanSupplier wanted) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!wanted.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail(what + ": that never came");
      }
      Thread.onSpinWait();
    }
  }
}
