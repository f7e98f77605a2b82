package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running program over HTTPS, asked by a client that verifies names and certificate. */
class HttpsTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "MHS_SERVER_TLS", "self-signed", "DASHBOARD_USER", "admin", "DASHBOARD_PASS", "secret");

  private static final String BASIC =
      "Basic "
          + Base64.getEncoder().encodeToString("admin:secret".getBytes(StandardCharsets.UTF_8));

  @TempDir private static Path folder;
  private static RunningServer server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    server = started(folder, SETTINGS);
    client = HttpClient.newBuilder().sslContext(trusting(certificate())).build();
  }

  @AfterAll
  static void end() {
    client.close();
    server.close();
  }

  private static RunningServer started(Path in, Map<String, String> settings) throws IOException {
    return RunningServer.start(
        in, settings, new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
  }

  private static Path certificate() {
    return folder.resolve("data/tls/certificate.pem");
  }

  private static SSLContext trusting(Path file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      Certificate one = CertificateFactory.getInstance("X.509").generateCertificate(in);
      store.setCertificateEntry("mhs", one);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void pageApiAndSignInAreServedUnderEachOfItsNames() throws Exception {
    for (String host : List.of("localhost", "127.0.0.1")) {
      HttpResponse<String> page = get("https://" + host + ":" + server.port() + "/signin.html");
      assertEquals(200, page.statusCode());
      assertTrue(page.sslSession().isPresent());
    }
    HttpResponse<String> opened =
        client.send(
            HttpRequest.newBuilder(uri("/api/session"))
                .POST(
                    HttpRequest.BodyPublishers.ofString("{\"user\":\"admin\",\"pass\":\"secret\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, opened.statusCode());
    for (String cookie : opened.headers().allValues("set-cookie")) {
      assertTrue(cookie.endsWith("; Secure"), cookie);
    }
  }

  @Test
  void aLargeAnswerAndManyAfterEachOtherComeWhole() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/vendor/uplot/uPlot.iife.min.js"))
            .header("Authorization", BASIC)
            .build();
    String once = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (int i = 0; i < 50; i++) {
      assertEquals(once, client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
    assertTrue(once.length() > 16 * 1024, "more than one record of TLS");
  }

  @Test
  void theLiveViewComesOverTls() throws Exception {
    URI live = URI.create("wss://127.0.0.1:" + server.port() + "/ws");
    try (LiveMessages messages = LiveMessages.connect(client, live, "Authorization", BASIC)) {
      messages.next();
      messages.send("hello");
      messages.next();
    }
  }

  @Test
  void whoSpeaksPlainHttpIsToldWhereToGo() throws Exception {
    String get = plain("GET /x?y=1 HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n");
    assertTrue(get.startsWith("HTTP/1.1 307 "), get);
    assertTrue(get.contains("\r\nLocation: https://localhost:" + server.port() + "/x\r\n"), get);

    String post =
        plain("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    assertTrue(post.startsWith("HTTP/1.1 400 ") && post.contains("https://"), post);
    String foreign = plain("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assertTrue(foreign.startsWith("HTTP/1.1 400 ") && !foreign.contains("evil"), foreign);
    assertTrue(plain("nonsense\r\n\r\n").startsWith("HTTP/1.1 400 "));
  }

  /** More of them than there are places: each gives its own back. */
  @Test
  void handshakesThatFailUseUpNoPlaces() throws Exception {
    byte[] broken = {22, 3, 1, 0, 4, 1, 2, 3, 4};
    for (int i = 0; i < 2200; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.getOutputStream().write(broken);
      }
    }

    assertEquals(200, get(uri("/signin.html").toString()).statusCode());
  }

  @Test
  void theCertificateStaysTheSameOverARestart(@TempDir Path other) throws Exception {
    started(other, SETTINGS).close();
    String before = Files.readString(other.resolve("data/tls/certificate.pem"));

    started(other, SETTINGS).close();

    assertEquals(before, Files.readString(other.resolve("data/tls/certificate.pem")));
  }

  @Test
  void aGivenCertificateIsUsedAndWhatIsWrongWithItIsSaid(@TempDir Path other) throws Exception {
    for (String file : List.of("ec.crt", "ec-sec1.key", "rsa-pkcs1.key", "encrypted.key")) {
      try (InputStream in = HttpsTest.class.getResourceAsStream("/tls/" + file)) {
        Files.write(other.resolve(file), Objects.requireNonNull(in).readAllBytes());
      }
    }
    try (RunningServer given = started(other, files("ec.crt", "ec-sec1.key"));
        HttpClient own =
            HttpClient.newBuilder().sslContext(trusting(other.resolve("ec.crt"))).build()) {
      URI page = URI.create("https://localhost:" + given.port() + "/");
      HttpResponse<String> answer =
          own.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
    }
    assertEquals(
        "does not belong to the first certificate in",
        why(other, "ec.crt", "rsa-pkcs1.key", "does not belong to the first certificate in"));
    assertEquals("is encrypted", why(other, "ec.crt", "encrypted.key", "is encrypted"));
    assertEquals("There is no file", why(other, "none.crt", "ec-sec1.key", "There is no file"));
    assertEquals(
        "holds no certificate", why(other, "ec-sec1.key", "ec-sec1.key", "holds no certificate"));
  }

  private static String why(Path folder, String certificate, String key, String expected) {
    CannotStart reason =
        assertThrows(CannotStart.class, () -> started(folder, files(certificate, key)).close());
    String said = String.valueOf(reason.getMessage());
    return said.contains(expected) ? expected : said;
  }

  private static Map<String, String> files(String certificate, String key) {
    return Map.of(
        "MHS_SERVER_TLS", "files", "MHS_SERVER_TLS_CERT", certificate, "MHS_SERVER_TLS_KEY", key);
  }

  private static URI uri(String path) {
    return URI.create("https://127.0.0.1:" + server.port() + path);
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String plain(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = new byte[4096];
      int count = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
    }
  }
}
