package dev.mhs.server.live;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.Engine;
import dev.mhs.core.engine.EngineSettings;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.Providers;
import dev.mhs.server.wire.SnapshotJson;
import dev.mhs.tck.MutableClock;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the live view, with a clock that the test moves. */
class LiveHubTest {
  private static final Duration PUSH = Duration.ofSeconds(2);

  private final MutableClock clock = new MutableClock();
  @TempDir private Path folder;
  private Engine engine;
  private LiveHub hub;
  private WebServer server;

  @SuppressWarnings("NullAway.Init") // made before each test
  LiveHubTest() {}

  @BeforeEach
  void serve() {
    EngineSettings settings =
        new EngineSettings(PUSH, PresenceRules.DEFAULT, ZoneOffset.UTC, folder);
    engine =
        new Engine(settings, clock, List.of(), Set.of(), Providers.of(), (devices, line) -> {});
    hub =
        new LiveHub(
            new LatestState(engine::latest, new SnapshotJson("test", PUSH)),
            engine.audience(),
            PUSH,
            clock);
    server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .addRouting(LiveRoute.of("/ws", hub, (prologue, headers) -> () -> true, clock))
            .build()
            .start();
  }

  @AfterEach
  void end() {
    hub.close();
    server.stop();
    engine.close();
  }

  @Test
  void aClientThatVanishedWithoutAWordIsLetGoOf() throws Exception {
    try (Socket vanished = connect()) {
      assertTrue(vanished.isConnected());
      await("it is there", () -> hub.size() == 1);
      await("it counts as looking", () -> engine.audience().isWatching());

      clock.advance(LiveClient.PING_EVERY.plus(LiveClient.GIVEN_UP_AFTER).plusSeconds(1));

      await("it is given up", () -> hub.size() == 0);
    }
    clock.advance(Duration.ofMinutes(1));
    await("nobody looks any more", () -> !engine.audience().isWatching());
  }

  private static void await(String what, BooleanSupplier wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.onSpinWait();
    }
  }

  private Socket connect() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    String upgrade =
        """
        GET /ws HTTP/1.1
        Host: localhost
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .replace("\n", "\r\n");
    socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
