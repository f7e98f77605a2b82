package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything stands under a sub-path, and nothing beside it. */
class SubPathTest {
  @TempDir private Path folder;

  @Test
  void everythingIsUnderTheBasePath() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            folder,
            Map.of("MHS_SERVER_BASE_PATH", "/home/mhs/"),
            new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()))) {
      for (String path :
          new String[] {
            "/", "/js/main.js", "/api/devices", "/observe/health", "/observe/metrics", "/openapi"
          }) {
        assertEquals(200, server.get("/home/mhs" + path).statusCode(), path);
        assertTrue(server.get(path).statusCode() >= 300, path);
      }
      for (String path : new String[] {"/", "/home/mhs"}) {
        HttpResponse<String> elsewhere = server.get(path);
        assertEquals(302, elsewhere.statusCode());
        assertEquals("/home/mhs/", elsewhere.headers().firstValue("Location").orElse(""));
      }
      assertTrue(server.get("/home/mhs/openapi").body().contains("- url: /home/mhs\n"));
      try (RawWebSocket live = RawWebSocket.connect(server.port(), "/home/mhs/ws?mode=delta")) {
        assertTrue(live.next().text().startsWith("{\"type\":\"update\""));
      }
      assertThrows(ProtocolException.class, () -> RawWebSocket.connect(server.port(), "/ws"));
    }
  }

  @Test
  void theDoorStandsUnderTheBasePathToo() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            folder,
            Map.of(
                "MHS_SERVER_BASE_PATH", "/home/mhs",
                "DASHBOARD_USER", "anna",
                "DASHBOARD_PASS", "a long secret"),
            new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()))) {
      assertEquals("signin.html", sentTo(server, "/home/mhs/"));
      assertEquals("../../signin.html", sentTo(server, "/home/mhs/js/panels/"));
      assertEquals("home/mhs/signin.html", sentTo(server, "/"));
      assertEquals(200, server.get("/home/mhs/signin.html").statusCode());
      assertEquals(200, server.get("/home/mhs/js/signin.js").statusCode());
      assertEquals(401, server.get("/home/mhs/api/devices").statusCode());
      assertEquals(401, server.get("/signin.html").statusCode());

      HttpResponse<String> opened =
          server.send(
              HttpRequest.newBuilder(server.uri("/home/mhs/api/session"))
                  .POST(BodyPublishers.ofString("{\"user\":\"anna\",\"pass\":\"a long secret\"}")));

      assertEquals(200, opened.statusCode(), opened::body);
      assertTrue(
          opened.headers().firstValue("Set-Cookie").orElse("").contains("Path=/home/mhs/"),
          opened.headers()::toString);
    }
  }

  private static String sentTo(RunningServer server, String path) throws Exception {
    HttpResponse<String> answer =
        server.send(HttpRequest.newBuilder(server.uri(path)).header("Accept", "text/html").GET());
    assertEquals(303, answer.statusCode(), path);
    return answer.headers().firstValue("Location").orElse("");
  }
}
