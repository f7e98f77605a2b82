package dev.mhs.server.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.tck.MutableClock;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceptionTest {
  private static final int MOST = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(10);

  private final MutableClock clock = new MutableClock();
  private final Crowd crowd = new Crowd(MOST, address -> false);
  private final List<Socket> open = new ArrayList<>();
  private WebServer server;

  @BeforeEach
  void start() {
    Http1ConnectionSelector http =
        Http1ConnectionSelector.builder().config(Http1Config.create()).build();
    byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .shutdownHook(false)
            .maxTcpConnections(2 * MOST)
            .idleConnectionPeriod(Duration.ofMillis(50))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                new Reception(
                    http,
                    Opening.plain(),
                    crowd,
                    new Reception.Patience(PATIENCE, PATIENCE),
                    clock))
            .addRouting(HttpRouting.builder().get("/", (request, response) -> response.send(much)))
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
