package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live view: who gets it, what comes, and how it ends. */
class LiveTest {
  @TempDir private Path folder;

  @Test
  void aClientGetsTheWholeStateAtOnceAndIsToldWhenMhsEnds() throws Exception {
    RunningServer server = start(Map.of());
    LiveMessages live = LiveMessages.connect(server.client(), webSocket(server));

    String first = live.next().text();
    server.close();

    assertEquals("update", RunningServer.parse(first).getString("type"));
    assertEquals(1001, live.closeCode());
  }

  @Test
  void whatTheWebSocketSendsIsWhatTheApiAnswers() throws Exception {
    try (RunningServer server = start(Map.of());
        LiveMessages live = LiveMessages.connect(server.client(), webSocket(server))) {
      live.next();
      String message = live.next().text();
      HttpResponse<String> api = server.get("/api/devices");

      assertEquals(RunningServer.parse(message).keySet(), RunningServer.parse(api.body()).keySet());
      assertTrue(
          RunningServer.parse(api.body()).getInt("seq")
              >= RunningServer.parse(message).getInt("seq"));
    }
  }

  @Test
  void aLongMessageClosesWith1009() throws Exception {
    try (RunningServer server = start(Map.of());
        LiveMessages live = LiveMessages.connect(server.client(), webSocket(server))) {
      live.send("x".repeat(5000));

      assertEquals(1009, live.closeCode());
    }
  }

  @Test
  void aPageElsewhereMayNotListen() throws Exception {
    try (RunningServer server = start(Map.of())) {
      assertRefused(server, "Origin", "http://evil.example");
      connect(server, "Origin", "http://127.0.0.1:" + server.port()).abort();
    }
  }

  @Test
  void withAPasswordNobodyListensWithoutIt() throws Exception {
    Map<String, String> locked = Map.of("DASHBOARD_USER", "admin", "DASHBOARD_PASS", "geheim");
    try (RunningServer server = start(locked)) {
      assertRefused(server, "Authorization", basic("admin:wrong"));
      assertRefused(server, "X-Nothing", "given");
      connect(server, "Authorization", basic("admin:geheim")).abort();
      for (String path :
          new String[] {
            "/", "/js/main.js", "/api/devices", "/observe/metrics", "/observe/health"
          }) {
        HttpResponse<String> response = server.get(path);
        assertEquals(401, response.statusCode(), path);
        assertTrue(response.headers().firstValue("www-authenticate").isPresent(), path);
      }
    }
  }

  private RunningServer start(Map<String, String> variables) throws Exception {
    return RunningServer.start(
        folder,
        variables,
        new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
  }

  private static URI webSocket(RunningServer server) {
    return URI.create("ws://127.0.0.1:" + server.port() + "/ws");
  }

  private static WebSocket connect(RunningServer server, String header, String value) {
    return server
        .client()
        .newWebSocketBuilder()
        .header(header, value)
        .buildAsync(webSocket(server), new WebSocket.Listener() {})
        .join();
  }

  private static void assertRefused(RunningServer server, String header, String value) {
    CompletionException refused =
        assertThrows(CompletionException.class, () -> connect(server, header, value));
    assertInstanceOf(WebSocketHandshakeException.class, refused.getCause());
  }

  private static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }
}
