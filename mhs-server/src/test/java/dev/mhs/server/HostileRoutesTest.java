package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Sighting;
import dev.mhs.core.engine.SystemTime;
import dev.mhs.server.RouteList.Route;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to whichever route: a refusal in a sentence, never a fault of the server. */
class HostileRoutesTest {
  private static final int PATIENCE = 10_000; // milliseconds
  private static final int FRAMES = 300;
  private static final int LARGEST_BODY = 64 * 1024;

  /** The box refused or was too slow; nothing can be done at the moment (docs/rest-api.md). */
  private static final Set<Integer> DOCUMENTED = Set.of(502, 503, 504);

  private static final Pattern STACK =
      Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(|[a-z]\\.[A-Z]\\w*(Exception|Error)\\b");

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    FakeSource source =
        FakeSource.of(new SystemTime(), Capability.DEVICES, Capability.LIMITS)
            .cadence(Household.QUICK);
    source
        .onDevices()
        .answers(List.of(Sighting.of(Household.mac(1)).address(IpLiteral.of("192.0.2.1")).build()));
    source.onLimits().answers(List.of());
    source.onApply().answers(new LimitOutcome.Refused("the box has no queues"));
    server = RunningServer.start(folder, Map.of(), new FakeProvider("fake", 100, source));
    server.await(
        "/api/devices",
        message ->
            !message.getJsonArray("devices").isEmpty()
                && !message.getJsonObject("choices").getJsonObject("limits").isNull("source"));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  static Stream<Route> everyRoute() {
    List<Route> all = new ArrayList<>(RouteList.of(server::register));
    all.add(new Route("GET", "/observe/health"));
    assertTrue(all.size() > 20, all.toString());
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void noPathIsAFaultOfTheServer(Route route) throws Exception {
    for (String path : HostileText.paths(route.path())) {
      assertRefusedOrServed(route.method() + " " + path, "", new byte[0]);
    }
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void noQueryIsAFaultOfTheServer(Route route) throws Exception {
    long seed = System.nanoTime();
    for (String query : HostileText.queries(new Random(seed))) {
      assertRefusedOrServed(
          route.method() + " " + route.path() + "?" + query, "X-Seed: " + seed + "\r\n", null);
    }
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void noBodyIsAFaultOfTheServer(Route route) throws Exception {
    for (byte[] body : HostileText.bodies()) {
      assertRefusedOrServed(route.method() + " " + route.path(), "", body);
    }
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void noHeaderIsAFaultOfTheServer(Route route) throws Exception {
    for (String header : HostileText.headers()) {
      assertRefusedOrServed(route.method() + " " + route.path(), header + "\r\n", null);
    }
  }

  @Test
  void noFrameIsAFaultOfTheServer() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < FRAMES; i++) {
      int head = random.nextInt(256);
      byte[] payload = HostileText.payload(random);
      String what = "frame %d of seed %d".formatted(i, seed);
      try (RawWebSocket live =
          RawWebSocket.connect(
              server.port(), random.nextBoolean() ? "/ws" : "/ws?mode=delta&compress=gzip")) {
        assertFalseStack(live.next().text(), what);
        assertPongOrGoodbye(live, head, payload, what);
      }
    }
    assertStillServes();
  }

  private static void assertPongOrGoodbye(RawWebSocket live, int head, byte[] payload, String what)
      throws IOException {
    try {
      live.send(head, payload);
      live.send(0x89, new byte[] {7});
      RawWebSocket.Received next = live.next();
      while (next.opcode() < 8) {
        assertFalseStack(next.text(), what);
        next = live.next();
      }
      assertFalseStack(new String(next.payload(), StandardCharsets.UTF_8), what);
      if (next.opcode() == 8 && next.payload().length >= 2) {
        assertTrue(next.closeCode() != 1011, what + " is told to be a fault of the server");
      }
    } catch (EOFException | SocketException closed) {
      assertStillServes();
    }
  }

  private static void assertRefusedOrServed(String line, String headers, byte @Nullable [] body)
      throws IOException {
    String what = line.length() > 200 ? line.substring(0, 200) + "..." : line;
    String answer = ask(line, headers, body);
    if (answer.isEmpty() && body != null && body.length > LARGEST_BODY) {
      assertStillServes(); // closed while we still sent, and the answer lost with it: RFC 9112 §9.6
      return;
    }
    assertTrue(answer.matches("(?s)HTTP/1\\.1 \\d{3} .*"), what + " is answered " + answer);
    int status = Integer.parseInt(answer.substring(9, 12));
    String told = what + " with " + headers + " and " + shown(body) + " is answered " + answer;
    assertTrue(status < 500 || DOCUMENTED.contains(status), told);
    if (status >= 400) {
      assertFalseStack(answer, told);
    }
  }

  private static void assertFalseStack(String answer, String what) {
    assertTrue(!STACK.matcher(answer).find(), what);
  }

  private static void assertStillServes() {
    try {
      assertEquals(200, server.get("/api/devices").statusCode());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("the server serves no more", failure);
    }
  }

  private static String shown(byte @Nullable [] body) {
    return body == null
        ? "no body"
        : new String(body, 0, Math.min(60, body.length), StandardCharsets.ISO_8859_1);
  }

  /** Returns all that comes until the server closes, or nothing when it resets. */
  private static String ask(String line, String headers, byte @Nullable [] body)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(PATIENCE);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      String length = body == null ? "" : "Content-Length: " + body.length + "\r\n";
      String head =
          line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + length;
      request.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      request.writeBytes(body == null ? new byte[0] : body);
      try {
        socket.getOutputStream().write(request.toByteArray());
        socket.shutdownOutput(); // nothing follows: what claims to be longer is broken
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (SocketException reset) {
        return "";
      }
    }
  }
}
