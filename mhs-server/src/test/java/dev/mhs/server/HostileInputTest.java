package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile page, a hostile neighbour or a clumsy script may send, byte by byte. */
class HostileInputTest {
  private static final int PATIENCE = 10_000; // milliseconds
  private static final String LIMIT = "/api/limits/192.0.2.1";
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final byte[] MASK = {(byte) 0x5a, 1, (byte) 0xff, 0x33};
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 §1.3
  private static final List<String> PROTECTIVE =
      List.of(
          "content-security-policy: ",
          "x-content-type-options: nosniff",
          "referrer-policy: no-referrer",
          "cross-origin-resource-policy: same-origin");

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            folder,
            Map.of(),
            new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
    server.await("/api/devices", message -> message.getJsonArray("devices").size() == 3);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/device/kitchen", // refused by a route
        "GET /api/device/192.0.2.77",
        "GET /%zz", // refused by Helidon's parser
        "GET /<script>",
        "GET /?%",
        "GET /nothing",
        "PUT /",
        "TRACE /",
        "G(T /",
        "DELETE /observe/metrics"
      })
  void everyRefusalIsAProblemWithTheHeadersThatProtect(String line) throws Exception {
    String answer = ask(line + " HTTP/1.1\r\n" + host() + "\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertProtected(answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertFalse(answer.contains("Exception"), answer);
  }

  @Test
  void aHeaderTooManyIsRefusedWithTheHeadersThatProtect() throws Exception {
    String answer = ask("GET / HTTP/1.1\r\n" + host() + "X: " + "a".repeat(9 * 1024) + "\r\n\r\n");

    assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
    assertProtected(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/css", "/js", "/html"})
  void aFolderIsNoFile(String path) throws Exception {
    assertEquals(404, server.get(path).statusCode());
  }

  @Test
  void anAnswerToHeadHasNoBody() throws Exception {
    String both =
        ask(
            "HEAD / HTTP/1.1\r\n"
                + host()
                + "\r\n"
                + "GET /api/presets HTTP/1.1\r\n"
                + host()
                + "\r\n",
            "[0,5,30,500,1000]");

    assertEquals(405, status(both));
    assertTrue(both.contains("\r\n\r\nHTTP/1.1 200 OK"), both);
    String refused =
        ask(
            "HEAD / HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /api/presets HTTP/1.1\r\n"
                + host()
                + "\r\n",
            "[0,5,30,500,1000]");
    assertEquals(403, status(refused));
    assertTrue(refused.contains("\r\n\r\nHTTP/1.1 200 OK"), refused);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[[[",
        "{\"limit_mbps\":[[[",
        "{\"limit_mbps\":{\"a\":{\"a\":{",
        "{\"limit_mbps\":1}{",
        "{\"limit_mbps\":1,\"limit_mbps\":2}"
      })
  void whatIsNoFlatObjectIs400(String start) throws Exception {
    char last = start.charAt(start.length() - 1);
    String more = last == '[' ? "[".repeat(30_000) : last == '{' ? "{\"a\":".repeat(9_000) : "";

    assertEquals(400, status(post(start + more)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-400", "1e999999999", "1e99999999999999999999", "-1", "long"})
  void aNumberBeyondAllBoundsIs400(String number) throws Exception {
    String digits = number.equals("long") ? "1".repeat(2000) : number;

    assertEquals(400, status(post("{\"limit_mbps\":" + digits + "}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-1\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "2;x=y\r\n"})
  void aBrokenChunkIs400(String chunk) throws Exception {
    String answer =
        ask(
            "POST "
                + LIMIT
                + " HTTP/1.1\r\n"
                + host()
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk
                + "{}\r\n0\r\n\r\n");

    assertEquals(400, status(answer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: Chunked",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Content-Length: 5\r\nContent-Length: 50",
        "Content-Length: -5",
        "Content-Length: +5"
      })
  void noRequestHidesInAnother(String lengths) throws Exception {
    String answer =
        askUntilClosed(
            "POST /nothing HTTP/1.1\r\n"
                + host()
                + lengths
                + "\r\n\r\n0\r\n\r\n"
                + "GET /api/presets HTTP/1.1\r\n"
                + host()
                + "\r\n");

    assertEquals(400, status(answer));
    assertEquals(1, answer.split("HTTP/1\\.1 ", -1).length - 1, answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2\r\n{}\r\n0\r\n", "2;"})
  void aLineOfABodyThatNeverEndsIsCutOff(String start) throws Exception {
    try (Socket socket =
        open("POST " + LIMIT + " HTTP/1.1\r\n" + host() + CHUNKED + "\r\n\r\n" + start)) {
      socket.getOutputStream().write("a".repeat(1100).getBytes(StandardCharsets.US_ASCII));

      assertEquals(400, status(readUntil(socket.getInputStream(), "\r\n\r\n")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "Close", "keep-alive, close"})
  void nothingFollowsTheLastRequest(String connection) throws Exception {
    String hidden = "POST /api/scan HTTP/1.1\r\n" + host() + "Content-Length: 0\r\n\r\n";
    String answer =
        askUntilClosed(
            "POST /api/scan HTTP/1.1\r\n"
                + host()
                + "Origin: http://evil.example\r\nConnection: "
                + connection
                + "\r\nContent-Length: "
                + hidden.length()
                + "\r\n\r\n"
                + hidden);

    assertEquals(403, status(answer));
    assertEquals(1, answer.split("HTTP/1\\.1 ", -1).length - 1, answer);
  }

  @Test
  void slowSendersKeepNobodyWaiting() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (LiveMessages live = LiveMessages.connect(server.client(), webSocket())) {
      for (int i = 0; i < 300; i++) {
        slow.add(open("POST " + LIMIT + " HTTP/1.1\r\n" + host() + "Content-Length: 9\r\n\r\n{"));
      }
      live.next();
      live.send("hello");

      assertEquals(200, server.get("/").statusCode());
      assertEquals(400, status(post("{}")));
      live.next();
      live.next();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void whatIsNoHandshakeIsToldSo() throws Exception {
    assertEquals(426, server.get("/ws").statusCode());
    String foreign = handshake("GET", "Origin: http://evil.example\r\n");
    assertEquals(403, status(foreign));
    assertEquals(426, status(handshake("POST", "")));
    assertEquals(400, status(ask(upgrade("GET", "!!!", ""))));
  }

  @Test
  void aLongFrameIsRefusedBeforeItIsRead() throws Exception {
    try (Socket socket = open(upgrade("GET", KEY, ""))) {
      socket.getOutputStream().write(frame(1, new byte[10], 1_000_000));

      assertEquals(1009, closeCode(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aMessageInPiecesIsNoLongerThanOneInOne(int opcode) throws Exception {
    try (Socket socket = open(upgrade("GET", KEY, ""))) {
      byte[] piece = "€".repeat(500).getBytes(StandardCharsets.UTF_8);
      socket.getOutputStream().write(frame(opcode, piece, piece.length));
      for (int i = 0; i < 2; i++) {
        socket.getOutputStream().write(frame(0, piece, piece.length));
      }

      assertEquals(1009, closeCode(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c3 28", "c3|28", "ff", "ed a0 80", "f4 90 80 80", "e2 82", "e2|82|", "c0 80"})
  void textThatIsNoUtf8Closes(String hex) throws Exception {
    try (Socket socket = open(upgrade("GET", KEY, ""))) {
      sendInPieces(socket, hex);

      assertEquals(1007, closeCode(socket));
    }
  }

  @Test
  void textMayBeTornWithinACharacterAndAPingMayComeBetween() throws Exception {
    try (Socket socket = open(upgrade("GET", KEY, ""))) {
      socket.getOutputStream().write(frame(1, new byte[] {(byte) 0xe2}, 1));
      socket.getOutputStream().write(frame(0x89, new byte[] {(byte) 0xff}, 1));
      socket.getOutputStream().write(frame(0, new byte[] {(byte) 0x82}, 1));
      socket.getOutputStream().write(frame(0x80, new byte[] {(byte) 0xac}, 1));
      socket.getOutputStream().write(frame(0x82, new byte[] {(byte) 0xff}, 1)); // binary may
      socket.getOutputStream().write(frame(0x88, new byte[] {3, (byte) 0xe8}, 2));

      assertEquals(1000, closeCode(socket));
    }
  }

  /** Each piece between bars is a frame; masked, and every byte comes by itself. */
  private static void sendInPieces(Socket socket, String hex) throws IOException {
    String[] pieces = hex.split("\\|", -1);
    for (int i = 0; i < pieces.length; i++) {
      byte[] piece = HexFormat.of().parseHex(pieces[i].replace(" ", ""));
      int code = (i == 0 ? 1 : 0) | (i == pieces.length - 1 ? 0x80 : 0);
      ByteBuffer frame = ByteBuffer.allocate(6 + piece.length);
      frame.put((byte) code).put((byte) (0x80 | piece.length)).put(MASK);
      for (int at = 0; at < piece.length; at++) {
        frame.put((byte) (piece[at] ^ MASK[at % MASK.length]));
      }
      for (byte one : frame.array()) {
        socket.getOutputStream().write(one);
      }
    }
  }

  @Test
  void aPingTooLongIsAProtocolError() throws Exception {
    try (Socket socket = open(upgrade("GET", KEY, ""))) {
      socket.getOutputStream().write(frame(0x89, new byte[126], 126));

      assertEquals(1002, closeCode(socket));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x83, 0x87, 0x8b, 0x8f})
  void aFrameOfAnUnknownKindIsNotAnsweredInHttp(int opcode) throws Exception {
    try (Socket socket = open(upgrade("GET", KEY, ""))) {
      InputStream in = socket.getInputStream();
      readUntil(in, "\r\n\r\n");
      socket.getOutputStream().write(frame(opcode, new byte[1], 1));

      assertFalse(readUntil(in, "never").contains("HTTP/1.1"));
    }
  }

  private static String handshake(String method, String headers) throws IOException {
    return ask(upgrade(method, KEY, headers));
  }

  private static String upgrade(String method, String key, String headers) {
    return method
        + " /ws HTTP/1.1\r\n"
        + host()
        + headers
        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: "
        + key
        + "\r\n\r\n";
  }

  /** One masked frame whose header claims a length; a first one is not the last unless it says. */
  private static byte[] frame(int opcode, byte[] payload, int claimed) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) opcode);
    if (claimed < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) claimed);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(claimed);
    }
    frame.putInt(0).put(payload); // the mask of zeros changes nothing
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** Reads frames until the one that closes. */
  private static int closeCode(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    readUntil(in, "\r\n\r\n");
    while (true) {
      int opcode = in.readUnsignedByte() & 15;
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = (int) in.readLong();
      }
      byte[] payload = in.readNBytes(length);
      if (opcode == 8) {
        return ByteBuffer.wrap(payload).getShort();
      }
    }
  }

  private static URI webSocket() {
    return URI.create("ws://127.0.0.1:" + server.port() + "/ws");
  }

  private static String host() {
    return "Host: 127.0.0.1:" + server.port() + "\r\n";
  }

  private static String post(String body) throws IOException {
    return ask(
        "POST "
            + LIMIT
            + " HTTP/1.1\r\n"
            + host()
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static Socket open(String bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Returns the head of the answer and what came with it. */
  private static String ask(String bytes) throws IOException {
    return ask(bytes, "\r\n\r\n");
  }

  private static String ask(String bytes, String end) throws IOException {
    try (Socket socket = open(bytes)) {
      return readUntil(socket.getInputStream(), end);
    }
  }

  private static String askUntilClosed(String bytes) throws IOException {
    try (Socket socket = open(bytes)) {
      return readUntil(socket.getInputStream(), "never");
    }
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    String text = "";
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        read.write(next);
        text = read.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith(end)) {
          return text;
        }
      }
    } catch (SocketTimeoutException silent) {
      throw new IOException("nothing more came after " + text, silent);
    }
    return text;
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  private static void assertProtected(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    for (String header : PROTECTIVE) {
      assertTrue(lower.contains("\r\n" + header), header + " is missing in " + answer);
    }
  }
}
