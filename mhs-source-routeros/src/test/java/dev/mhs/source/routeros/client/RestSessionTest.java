package dev.mhs.source.routeros.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RestSessionTest {
  private static final RouterRequest ARP = RouterRequest.read("ip/arp", List.of(".id", "address"));
  private static final Credentials ADMIN = new Credentials("admin", "geheim");
  private static final Duration PATIENT = Duration.ofSeconds(10);

  @TempDir Path storage;
  private final SettableTime time = new SettableTime();
  private WireMockServer router = server("a", 0);

  @BeforeEach
  void start() {
    router.start();
  }

  @AfterEach
  void stop() {
    router.stop();
  }

  @Test
  void rowsAreReadWithThePropertiesAndTheLogin() throws Exception {
    answer(aResponse().withBody(Samples.bytes("ip-arp.json")));
    try (RouterSession session = session()) {
      assertEquals(5, rows(session.ask(ARP)).size());
      assertEquals(1, session.cost().requests());
      assertEquals(Samples.bytes("ip-arp.json").length, session.cost().bytes());
    }
    router.verify(
        getRequestedFor(urlEqualTo("/rest/ip/arp?.proplist=.id,address"))
            .withHeader("Authorization", WireMock.equalTo("Basic YWRtaW46Z2VoZWlt")));
  }

  @Test
  void theAsteriskOfAnIdStaysAndValuesAreEncoded() throws Exception {
    answer(aResponse().withBody("[]"));
    try (RouterSession session = session()) {
      session.ask(RouterRequest.remove("queue/simple", "*1A"));
      session.ask(ARP.where("target", "192.168.88.10/32"));
    }
    router.verify(WireMock.deleteRequestedFor(urlEqualTo("/rest/queue/simple/*1A")));
    router.verify(
        getRequestedFor(
            urlEqualTo("/rest/ip/arp?.proplist=.id,address&target=192.168.88.10%2F32")));
  }

  @Test
  void writesCarryTextsAndAnEmptyAnswerIsFine() throws Exception {
    answer(aResponse().withStatus(201).withBody(Samples.bytes("put-created.json")));
    try (RouterSession session = session()) {
      Map<String, String> values = Map.of("name", "nb-192.0.2.1", "max-limit", "1/2");
      assertEquals(1, rows(session.ask(RouterRequest.add("queue/simple", values))).size());
      answer(aResponse().withStatus(204));
      assertEquals(0, rows(session.ask(RouterRequest.remove("queue/simple", "*1"))).size());
    }
    router.verify(
        putRequestedFor(urlEqualTo("/rest/queue/simple"))
            .withRequestBody(
                equalToJson("{'name':'nb-192.0.2.1','max-limit':'1/2'}".replace('\'', '"'))));
  }

  @Test
  void aRefusedLoginIsRepeatedSeldomAndEverMoreSeldom() throws Exception {
    answer(aResponse().withStatus(401).withBody(Samples.bytes("error-401.json")));
    try (RouterSession session = session()) {
      long attempts = 0;
      for (Duration pause : LoginPause.PAUSES) {
        String detail = assertFails(FailureKind.UNAUTHORIZED, session.ask(ARP));
        assertTrue(detail.contains("Unauthorized"), detail);
        assertTrue(detail.contains("none follows for " + pause.toMinutes() + " min"), detail);
        assertEquals(++attempts, session.cost().requests());

        time.advance(pause.minusSeconds(1));
        assertFails(FailureKind.UNAUTHORIZED, session.ask(ARP));
        assertEquals(attempts, session.cost().requests());
        time.advance(Duration.ofSeconds(1));
      }
      assertFails(FailureKind.UNAUTHORIZED, session.ask(ARP));
      time.advance(Duration.ofMinutes(59));
      assertFails(FailureKind.UNAUTHORIZED, session.ask(ARP));
      assertEquals(attempts + 1, session.cost().requests());
    }
  }

  @Test
  void aPersonCutsThePauseShortAndALoginEndsIt() throws Exception {
    answer(aResponse().withStatus(401).withBody(Samples.bytes("error-401.json")));
    try (RouterSession session = session()) {
      session.ask(ARP);
      time.advance(Duration.ofMinutes(1));
      session.ask(ARP);
      session.askAgain();
      assertFails(FailureKind.UNAUTHORIZED, session.ask(ARP));
      assertEquals(2, session.cost().requests(), "not within the first minute");

      time.advance(Duration.ofMinutes(1));
      answer(aResponse().withBody("[]"));
      assertEquals(0, rows(session.ask(ARP)).size());

      answer(aResponse().withStatus(401).withBody(Samples.bytes("error-401.json")));
      assertTrue(assertFails(FailureKind.UNAUTHORIZED, session.ask(ARP)).contains("for 1 min"));
    }
  }

  @Test
  void refusalsCarryTheRoutersWords() throws Exception {
    try (RouterSession session = session()) {
      answer(aResponse().withStatus(500).withBody(Samples.bytes("error-500-no-policy.json")));
      assertTrue(assertFails(FailureKind.NOT_PERMITTED, session.ask(ARP)).contains("\"read\""));
      answer(aResponse().withStatus(400).withBody(Samples.bytes("error-400-unknown-menu.json")));
      assertInstanceOf(RouterReply.Absent.class, session.ask(ARP));
      answer(aResponse().withStatus(404).withBody(Samples.bytes("error-404-unknown-id.json")));
      assertInstanceOf(RouterReply.Absent.class, session.ask(ARP));
      answer(aResponse().withStatus(503).withBody("<html>busy</html>"));
      assertTrue(assertFails(FailureKind.REFUSED, session.ask(ARP)).contains("503"));
    }
  }

  @Test
  void aSlowAnswerEndsAtTheLimitAndTheSessionGoesOn() throws Exception {
    answer(aResponse().withBody("[]").withFixedDelay(20_000));
    try (RouterSession session = session(Duration.ofMillis(300))) {
      assertFails(FailureKind.TIMED_OUT, session.ask(ARP));
      assertFails(FailureKind.TIMED_OUT, session.ask(ARP));
      assertFails(FailureKind.TIMED_OUT, session.ask(ARP)); // more than there are slots
    }
  }

  @Test
  void anAnswerThatDripsEndsAtTheLimitToo() throws Exception {
    answer(
        aResponse().withBody("[" + " ".repeat(1_000) + "]").withChunkedDribbleDelay(200, 20_000));
    try (RouterSession session = session(Duration.ofMillis(700))) {
      long begin = System.nanoTime();
      assertFails(FailureKind.TIMED_OUT, session.ask(ARP));
      assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() < 5_000);
    }
  }

  @Test
  void anInterruptedPlatformThreadLeavesAtOnce() throws Exception {
    answer(aResponse().withBody("[]").withFixedDelay(20_000));
    try (RouterSession session = session(PATIENT)) {
      CountDownLatch asking = new CountDownLatch(1);
      FutureTask<Boolean> task =
          new FutureTask<>(
              () -> {
                asking.countDown();
                assertThrows(InterruptedException.class, () -> session.ask(ARP));
                return true;
              });
      Thread poll = Thread.ofPlatform().start(task);
      asking.await();
      poll.interrupt();
      assertTrue(task.get(3, TimeUnit.SECONDS));
    }
  }

  @Test
  void anAnswerThatIsCutOffIsAFailureAndTheNextOneIsRead() throws Exception {
    byte[] whole = Samples.bytes("ip-arp.json");
    try (RouterSession session = session(Duration.ofSeconds(2))) {
      answer(aResponse().withBody(Arrays.copyOf(whole, 300)));
      assertFails(FailureKind.MALFORMED, session.ask(ARP));
      for (Fault fault : Fault.values()) {
        answer(aResponse().withFault(fault));
        RouterReply<Row> reply = session.ask(ARP);
        assertInstanceOf(RouterReply.Failed.class, reply, fault.name());
      }
      answer(aResponse().withBody(whole));
      assertEquals(5, rows(session.ask(ARP)).size());
    }
  }

  @Test
  void tooManyRowsDoNotSpoilTheConnection() throws Exception {
    answer(aResponse().withBody("[" + "{\"a\":\"1\"},".repeat(50_000) + "{}]"));
    try (RouterSession session = session()) {
      assertFails(FailureKind.REFUSED, session.ask(ARP.atMost(100)));
      answer(aResponse().withBody(Samples.bytes("ip-arp.json")));
      assertEquals(5, rows(session.ask(ARP)).size());
    }
  }

  @Test
  void garbageAndWebPagesAreMalformed() throws Exception {
    try (RouterSession session = session()) {
      answer(aResponse().withBody("\u0000garbage"));
      assertFails(FailureKind.MALFORMED, session.ask(ARP));
      answer(aResponse().withHeader("Content-Type", "text/html").withBody("<html>log in</html>"));
      assertTrue(assertFails(FailureKind.MALFORMED, session.ask(ARP)).contains("web page"));
    }
  }

  @Test
  void credentialsDoNotFollowARedirect() throws Exception {
    WireMockServer stranger = server("b", 0);
    stranger.start();
    try (RouterSession session = session()) {
      stranger.stubFor(any(anyUrl()).willReturn(aResponse().withBody("[]")));
      answer(
          aResponse()
              .withStatus(302)
              .withHeader(
                  "Location", "https://127.0.0.1:" + stranger.httpsPort() + "/rest/ip/arp"));
      assertFails(FailureKind.REFUSED, session.ask(ARP));
      stranger.verify(0, WireMock.anyRequestedFor(anyUrl()));
    } finally {
      stranger.stop();
    }
  }

  @Test
  void aChangedCertificateIsRefusedUntilThePinIsRemoved() throws Exception {
    answer(aResponse().withBody("[]"));
    CertificatePin pin = pin();
    try (RouterSession session = session(new Trust.Pinned(pin), PATIENT)) {
      rows(session.ask(ARP));
      assertEquals(pin.accepted().orElseThrow(), Files.readString(pin.file()).strip());

      int port = router.httpsPort();
      router.stop();
      router = server("b", port);
      router.start();
      answer(aResponse().withBody("[]"));

      String detail = assertFails(FailureKind.UNTRUSTED, session.ask(ARP));
      assertTrue(detail.contains("certificate changed"), detail);
      router.verify(0, WireMock.anyRequestedFor(anyUrl()));

      Files.delete(pin.file());
      assertEquals(0, rows(session.ask(ARP)).size());
    }
  }

  @Test
  void thePinHoldsAfterARestartOfMhs() throws Exception {
    answer(aResponse().withBody("[]"));
    Files.writeString(pin().file(), "00:11\n");
    try (RouterSession session = session()) {
      assertFails(FailureKind.UNTRUSTED, session.ask(ARP));
    }
  }

  @Test
  void anAuthorityVerifiesWhatItSigned() throws Exception {
    answer(aResponse().withBody("[]"));
    Path file =
        Path.of(Objects.requireNonNull(Samples.class.getResource("tls/router-a.pem")).toURI());
    try (RouterSession session = session(new Trust.Authority(file), PATIENT)) {
      assertEquals(0, rows(session.ask(ARP)).size());
    }
    try (RouterSession session = session(new Trust.Authority(null), PATIENT)) {
      assertFails(FailureKind.UNTRUSTED, session.ask(ARP));
    }
    try (RouterSession session = session(new Trust.Anybody(), PATIENT)) {
      assertEquals(0, rows(session.ask(ARP)).size());
    }
  }

  @Test
  void plainHttpIsSpokenWhenChosenAndToldApartWhenNot() throws Exception {
    answer(aResponse().withBody("[]"));
    try (RouterSession session =
        new RestSession(
            new Endpoint("127.0.0.1", router.port(), false),
            ADMIN,
            new Trust.Unencrypted(),
            time,
            PATIENT)) {
      assertEquals(0, rows(session.ask(ARP)).size());
    }
    try (RouterSession session =
        new RestSession(
            new Endpoint("127.0.0.1", router.port(), true),
            ADMIN,
            new Trust.Anybody(),
            time,
            PATIENT)) {
      String detail = assertFails(FailureKind.UNREACHABLE, session.ask(ARP));
      assertTrue(detail.contains("TLS"), detail);
    }
  }

  @Test
  void noListenerIsUnreachable() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    try (RouterSession session =
        new RestSession(
            new Endpoint("127.0.0.1", free, true), ADMIN, new Trust.Anybody(), time, PATIENT)) {
      assertFails(FailureKind.UNREACHABLE, session.ask(ARP));
    }
  }

  @Test
  void aRestartedRouterIsAskedAgain() throws Exception {
    answer(aResponse().withBody("[]"));
    try (RouterSession session = session()) {
      rows(session.ask(ARP));
      int port = router.httpsPort();
      router.stop();
      assertFails(FailureKind.UNREACHABLE, session.ask(ARP));
      router = server("a", port);
      router.start();
      answer(aResponse().withBody("[]"));
      assertEquals(0, rows(session.ask(ARP)).size());
    }
  }

  @Test
  void secretsAreNotInTexts() {
    assertFalse(ADMIN.toString().contains("geheim"));
    assertFalse(RouterRequest.add("user", Map.of("password", "x7")).toString().contains("x7"));
  }

  private RouterSession session() {
    return session(PATIENT);
  }

  private RouterSession session(Duration limit) {
    return session(new Trust.Pinned(pin()), limit);
  }

  private RouterSession session(Trust trust, Duration limit) {
    return new RestSession(endpoint(), ADMIN, trust, time, limit);
  }

  private Endpoint endpoint() {
    return new Endpoint("127.0.0.1", router.httpsPort(), true);
  }

  private CertificatePin pin() {
    return new CertificatePin(storage, endpoint());
  }

  private void answer(ResponseDefinitionBuilder response) {
    router.stubFor(any(anyUrl()).willReturn(response));
  }

  private static WireMockServer server(String certificate, int port) {
    try {
      Path keys =
          Path.of(
              Objects.requireNonNull(
                      Samples.class.getResource("tls/router-" + certificate + ".p12"))
                  .toURI());
      return new WireMockServer(
          wireMockConfig()
              .bindAddress("127.0.0.1")
              .dynamicPort()
              .httpsPort(port)
              .keystorePath(keys.toString())
              .keystoreType("PKCS12")
              .keystorePassword("password")
              .keyManagerPassword("password")
              .stubRequestLoggingDisabled(true));
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static List<Row> rows(RouterReply<Row> reply) {
    if (reply instanceof RouterReply.Answer<Row>(List<Row> items)) {
      return items;
    }
    throw new AssertionError(reply.toString());
  }

  private static String assertFails(FailureKind kind, RouterReply<Row> reply) {
    if (reply instanceof RouterReply.Failed<Row>(FailureKind actual, String detail)) {
      assertEquals(kind, actual, detail);
      return detail;
    }
    throw new AssertionError(reply.toString());
  }
}
