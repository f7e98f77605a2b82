package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.server.RouteList.Route;
import dev.mhs.tck.FakeProvider;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The running program behind a password: who comes in, by what, and as far as where. */
class DoorTest {
  private static final String PASS = "correct horse";
  private static final String BASIC = "Basic " + base64("admin:" + PASS);
  private static final Set<Route> OPEN =
      Set.of(
          new Route("GET", "/api/session"),
          new Route("POST", "/api/session"),
          new Route("DELETE", "/api/session"));

  @TempDir private static Path folder;
  private static RunningServer server;
  private static String reader;
  private static String writer;

  @BeforeAll
  static void start() throws Exception {
    reader = TokenMaker.make(folder.resolve("data"), "reader", "read");
    writer = TokenMaker.make(folder.resolve("data"), "writer", "write");
    server = started(Map.of());
  }

  private static RunningServer started(Map<String, String> more) throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("DASHBOARD_USER", "admin");
    variables.put("DASHBOARD_PASS", PASS);
    variables.putAll(more);
    return RunningServer.start(
        folder,
        variables,
        new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** What the server registers, and what it gets from elsewhere. */
  static Stream<Route> everyRoute() {
    List<Route> all = new ArrayList<>(RouteList.of(server::register));
    all.removeAll(OPEN);
    for (String path :
        List.of("/observe/health", "/observe/health/live", "/observe/metrics", "/openapi", "/no")) {
      all.add(new Route("GET", path));
    }
    assertTrue(all.size() > 20, all.toString());
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void nothingIsServedWithoutCredentialsOrWithWrongOnes(Route route) throws Exception {
    for (String[] headers :
        List.of(
            new String[] {},
            wrong("198.51.100.1", "admin:wrong"),
            wrong("198.51.100.2", "nobody:" + PASS),
            new String[] {"Authorization", "Bearer mhs_wrong"},
            new String[] {"Authorization", "Digest x"},
            new String[] {"Cookie", "mhs_session=wrong"})) {
      HttpResponse<String> answer = ask(route, headers);

      // An address of a path that does not exist must not be told from one that does.
      assertEquals(401, answer.statusCode(), route + " " + String.join(" ", headers));
      assertFalse(answer.body().contains("192.0.2.1"), answer.body());
      assertTrue(answer.headers().firstValue("www-authenticate").isPresent());
    }
  }

  /** The same from the same address each time: somebody who does not guess, and need not wait. */
  private static String[] wrong(String from, String userAndPassword) {
    return new String[] {
      "X-Forwarded-For", from, "Authorization", "Basic " + base64(userAndPassword)
    };
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void aTokenThatReadsChangesNothing(Route route) throws Exception {
    int status = ask(route, "Authorization", "Bearer " + reader).statusCode();

    assertEquals(!route.method().equals("GET"), status == 403, route + " answers " + status);
    assertFalse(status == 401, route + " answers " + status);
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void aForeignPageAndAForeignNameAreRefusedWhateverTheyKnow(Route route) throws Exception {
    if (!route.method().equals("GET")) {
      int foreign =
          ask(route, "Authorization", BASIC, "Origin", "http://evil.example").statusCode();
      assertEquals(403, foreign, route.toString());
    }
    assertEquals(403, RawHttp.status(server.port(), route.method(), route.path(), "evil.example"));
  }

  @Test
  void programsComeInByPasswordAndByToken() throws Exception {
    for (String good : List.of(BASIC, "Bearer " + reader, "Bearer " + writer)) {
      assertEquals(200, ask(new Route("GET", "/api/devices"), "Authorization", good).statusCode());
    }
    Route write = new Route("DELETE", "/api/limits/192.0.2.1");
    for (String good : List.of(BASIC, "Bearer " + writer)) {
      int status = ask(write, "Authorization", good).statusCode();
      assertFalse(status == 401 || status == 403, good + " answers " + status);
    }
  }

  @Test
  void aSessionIsOpenedAndEnded() throws Exception {
    HttpResponse<String> opened = signIn(PASS);
    assertEquals(200, opened.statusCode(), opened.body());
    List<String> cookies = opened.headers().allValues("set-cookie");
    assertEquals(2, cookies.size());
    for (String cookie : cookies) {
      assertTrue(cookie.contains("; HttpOnly; SameSite=Strict"), cookie);
      assertTrue(cookie.contains("; Path=/;"), cookie);
      assertFalse(cookie.contains("Secure"), cookie);
    }
    String session = session(opened);
    Route devices = new Route("GET", "/api/devices");

    assertEquals(200, ask(devices, "Cookie", session).statusCode());
    JsonObject who =
        RunningServer.parse(ask(new Route("GET", "/api/session"), "Cookie", session).body());
    assertEquals("admin", who.getString("user"));
    HttpResponse<String> ended = ask(new Route("DELETE", "/api/session"), "Cookie", session);
    assertEquals(200, ended.statusCode());
    assertTrue(ended.headers().firstValue("set-cookie").orElseThrow().contains("Max-Age=0"));
    assertEquals(401, ask(devices, "Cookie", session).statusCode());
  }

  @Test
  void whatIsWrongWithASignInIsSaidInASentence() throws Exception {
    assertEquals(401, signIn("wrong").statusCode());
    assertEquals(
        "The user name or the password is wrong.",
        RunningServer.parse(signIn("wrong").body()).getString("detail"));
    for (String body :
        List.of("", "{}", "[]", "{\"user\":1,\"pass\":2}", "{\"user\":\"a\"}", "x")) {
      HttpResponse<String> answer = post(body);
      assertEquals(400, answer.statusCode(), body);
    }
    assertEquals(400, post("{\"user\":\"" + "a".repeat(2000) + "\",\"pass\":\"b\"}").statusCode());
  }

  @Test
  void aSessionEndsTheLiveViewThatItOpened() throws Exception {
    String session = session(signIn(PASS));
    try (RawWebSocket live = RawWebSocket.connect(server.port(), "/ws", "Cookie: " + session)) {
      assertEquals(1, live.next().opcode());

      ask(new Route("DELETE", "/api/session"), "Cookie", session);

      RawWebSocket.Received last = live.next();
      while (last.opcode() != 8) {
        last = live.next();
      }
      assertEquals(4401, last.closeCode());
    }
  }

  @Test
  void theLiveViewIsOpenedBySessionPasswordOrTokenOnly() throws Exception {
    URI live = URI.create("ws://127.0.0.1:" + server.port() + "/ws");
    for (String[] good :
        List.of(
            new String[] {"Cookie", session(signIn(PASS))},
            new String[] {"Authorization", BASIC},
            new String[] {"Authorization", "Bearer " + reader})) {
      try (LiveMessages messages = LiveMessages.connect(server.client(), live, good)) {
        messages.next();
      }
    }
    for (String[] bad :
        List.of(
            new String[] {},
            new String[] {"Cookie", "mhs_session=x"},
            wrong("198.51.100.1", "admin:wrong"),
            new String[] {"Authorization", "Bearer mhs_x"})) {
      assertEquals(401, refusal(live, bad), String.join(" ", bad));
    }
    assertEquals(403, refusal(live, "Authorization", BASIC, "Origin", "http://x.example"));
  }

  private static int refusal(URI live, String... headers) {
    CompletionException refused =
        assertThrows(
            CompletionException.class,
            () -> LiveMessages.connect(server.client(), live, headers).close());
    return assertInstanceOf(WebSocketHandshakeException.class, refused.getCause())
        .getResponse()
        .statusCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/signin.html",
        "/css/mhs.css",
        "/css/signin.css",
        "/js/theme.js",
        "/js/signin.js",
        "/favicon.svg"
      })
  void theSignInPageIsServedToEverybody(String path) throws Exception {
    assertEquals(200, ask(new Route("GET", path)).statusCode());
  }

  @Test
  void aPersonIsSentToTheSignInPageFromWhereverTheyAre() throws Exception {
    String html = "text/html,application/xhtml+xml,*/*;q=0.8";
    for (Map.Entry<String, String> way :
        Map.of(
                "/", "signin.html",
                "/index.html", "signin.html",
                "/api/devices", "../signin.html",
                "/api/device/192.0.2.1", "../../signin.html")
            .entrySet()) {
      HttpResponse<String> answer = ask(new Route("GET", way.getKey()), "Accept", html);

      assertEquals(303, answer.statusCode(), way.getKey());
      assertEquals(way.getValue(), answer.headers().firstValue("location").orElseThrow());
      assertEquals("no-store", answer.headers().firstValue("cache-control").orElseThrow());
    }
  }

  @Test
  void thePageIsNotAskedForAPasswordByTheBrowserItself() throws Exception {
    HttpResponse<String> program = ask(new Route("GET", "/api/sources"));
    HttpResponse<String> page = ask(new Route("GET", "/api/sources"), "X-Requested-With", "fetch");

    assertTrue(program.headers().firstValue("www-authenticate").orElseThrow().startsWith("Basic "));
    assertTrue(page.headers().firstValue("www-authenticate").orElseThrow().startsWith("Bearer "));
  }

  @Test
  void aSessionOutlivesARestart() throws Exception {
    String session = session(signIn(PASS));

    server.close();
    server = started(Map.of());

    assertEquals(200, ask(new Route("GET", "/api/devices"), "Cookie", session).statusCode());
  }

  @Test
  void whoeverGuessesHasToWaitAndIsToldHowLong(@TempDir Path other) throws Exception {
    RunningServer own = server;
    server = startedIn(other);
    try {
      String session = session(signIn(PASS));
      HttpResponse<String> last = signIn("guess");
      for (int i = 0; i < 50 && last.statusCode() == 401; i++) {
        last = signIn("guess " + i);
      }

      assertEquals(429, last.statusCode());
      assertTrue(Integer.parseInt(last.headers().firstValue("retry-after").orElseThrow()) >= 1);
      Route devices = new Route("GET", "/api/devices");
      assertEquals(429, ask(devices, "Authorization", BASIC).statusCode(), "it is not looked at");
      assertEquals(200, ask(devices, "Cookie", session).statusCode(), "the others go on");
      assertEquals(
          429, RawHttp.status(server.port(), "HEAD", "/", null, "Authorization: " + BASIC));
    } finally {
      server.close();
      server = own;
    }
  }

  private static RunningServer startedIn(Path other) throws IOException {
    return RunningServer.start(
        other,
        Map.of("DASHBOARD_USER", "admin", "DASHBOARD_PASS", PASS),
        new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
  }

  private static String session(HttpResponse<String> signedIn) {
    return signedIn.headers().allValues("set-cookie").stream()
        .filter(cookie -> cookie.startsWith("mhs_session="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow();
  }

  private static HttpResponse<String> signIn(String pass) throws Exception {
    return post("{\"user\":\"admin\",\"pass\":\"" + pass + "\"}");
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/session"))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> ask(Route route, @Nullable String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(route.path()))
            .method(route.method(), HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return server.send(request);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
