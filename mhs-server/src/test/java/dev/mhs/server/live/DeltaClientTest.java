package dev.mhs.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.Engine;
import dev.mhs.core.engine.EngineSettings;
import dev.mhs.core.merge.PresenceRules;
import dev.mhs.core.plugin.Providers;
import dev.mhs.server.RawWebSocket;
import dev.mhs.server.wire.SnapshotJson;
import dev.mhs.tck.MutableClock;
import io.helidon.webserver.WebServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes over the wire to a client that wants only what changed. The test pushes by hand. */
class DeltaClientTest {
  private static final Duration PUSH = Duration.ofSeconds(2);
  private static final String RESYNC = "{\"type\":\"resync\"}";

  private final MutableClock clock = new MutableClock();
  private final AtomicLong seq = new AtomicLong(1);
  @TempDir private Path folder;
  private Engine engine;
  private LiveHub hub;
  private WebServer server;

  @SuppressWarnings("NullAway.Init") // made before each test
  DeltaClientTest() {}

  @BeforeEach
  void serve() {
    EngineSettings settings =
        new EngineSettings(PUSH, PresenceRules.DEFAULT, ZoneOffset.UTC, folder);
    engine =
        new Engine(settings, clock, List.of(), Set.of(), Providers.of(), (devices, line) -> {});
    hub =
        new LiveHub(
            new LatestState(() -> Snapshots.of(seq.get()), new SnapshotJson("test", PUSH)),
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
  void firstComesAllOfItAndThenOnlyWhatChanged() throws Exception {
    try (RawWebSocket live = connect("?mode=delta")) {
      RawWebSocket.Received whole = live.next();
      push();
      RawWebSocket.Received delta = live.next();

      assertMessage("update", 1, whole);
      assertMessage("delta", 2, delta);
      assertEquals(1, delta.opcode());
      assertTrue(delta.payload().length * 3 < whole.payload().length);
    }
  }

  @Test
  void packedTheSameComesInLess() throws Exception {
    try (RawWebSocket plain = connect("?mode=delta");
        RawWebSocket packed = connect("?mode=delta&compress=gzip")) {
      assertEquals(plain.next().text(), packed.next().text());
      push();
      RawWebSocket.Received delta = plain.next();
      RawWebSocket.Received zipped = packed.next();

      assertEquals(2, zipped.opcode());
      assertEquals(delta.text(), zipped.text());
      assertTrue(zipped.payload().length * 3 < delta.payload().length);
    }
  }

  @Test
  void withoutAModeEachPushIsWhole() throws Exception {
    try (RawWebSocket live = connect("")) {
      assertMessage("update", 1, live.next());
      push();
      assertMessage("update", 2, live.next());
    }
  }

  @Test
  void aModeThatThereIsNotIsRefused() {
    assertThrows(ProtocolException.class, () -> connect("?mode=all"));
    assertThrows(ProtocolException.class, () -> connect("?compress=br"));
  }

  @Test
  void whoAsksToBeginAgainGetsAllOfItAtOnceButNotAgainAndAgain() throws Exception {
    try (RawWebSocket live = connect("?mode=delta")) {
      assertMessage("update", 1, live.next());
      clock.advance(PUSH.multipliedBy(2));

      live.say(RESYNC);
      assertMessage("update", 1, live.next());
      for (int i = 0; i < 100; i++) {
        live.say(RESYNC);
      }
      live.send(0x89, new byte[] {7}); // answered behind whatever the words led to
      RawWebSocket.Received pong = live.next();
      push();

      assertEquals(10, pong.opcode(), "one whole update is enough");
      assertMessage("update", 2, live.next());
      push();
      assertMessage("delta", 3, live.next());
    }
  }

  @Test
  void whatIsNoWordIsPassedOver() throws Exception {
    try (RawWebSocket live = connect("?mode=delta")) {
      live.next();
      clock.advance(PUSH.multipliedBy(2));
      for (String word :
          List.of(
              "",
              "resync",
              "[\"resync\"]",
              "{\"type\":{\"type\":\"resync\"}}",
              "{\"a\":{\"type\":\"resync\"}}",
              "[".repeat(4000),
              "{\"type\":\"resync\"",
              "{\"type\":\"resync\"}{")) {
        live.say(word);
      }
      live.send(0x89, new byte[] {7});

      assertEquals(10, live.next().opcode());
    }
  }

  @Test
  void whoDoesNotReadGetsTheNewestStateAndNoQueue() throws Exception {
    try (RawWebSocket live = connect("?mode=delta")) {
      assertMessage("update", 1, live.next());
      for (int i = 0; i < 3000; i++) { // more than all buffers on the way can hold
        push();
      }
      long before = seq.get();
      await("it has taken the last", () -> lastSeq(live) == before);

      push();
      assertMessage("delta", before + 1, live.next());
    }
  }

  /** Reads on; what comes must follow from what came before. */
  private long lastSeq(RawWebSocket live) {
    try {
      JsonObject message = parse(live.next().text());
      long number = message.getJsonNumber("seq").longValue();
      if (message.getString("type").equals("delta")) {
        assertEquals(known + 1, number);
      } else {
        assertTrue(number > known);
      }
      known = number;
      return number;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private long known = 1;

  private void push() {
    seq.incrementAndGet();
    hub.publish(Snapshots.of(seq.get()));
  }

  private RawWebSocket connect(String query) throws IOException {
    return RawWebSocket.connect(server.port(), "/ws" + query);
  }

  private static void assertMessage(String type, long seq, RawWebSocket.Received message)
      throws IOException {
    JsonObject object = parse(message.text());
    assertEquals(type, object.getString("type"));
    assertEquals(seq, object.getJsonNumber("seq").longValue());
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static void await(String what, BooleanSupplier wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
    }
  }
}
