package dev.mhs.server.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.core.alert.AlertMessage;
import dev.mhs.core.alert.AlertMessage.MessageKind;
import dev.mhs.core.alert.AlertWords;
import dev.mhs.core.alert.Channel;
import dev.mhs.core.alert.Delivery;
import dev.mhs.core.journal.Notice;
import dev.mhs.core.journal.Notice.NoticeKind;
import dev.mhs.core.journal.Portrait;
import dev.mhs.server.config.Secret;
import dev.mhs.server.config.Settings;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String ID = "0d6c1f0e-6f0c-4a53-9a53-0f4f7a5c2c11";
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final WireMockServer receiver =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    receiver.start();
    answers(aResponse().withStatus(200).withBody("{\"topic\":\"mhs-secret-topic\"}"));
  }

  @AfterEach
  void end() {
    receiver.stop();
  }

  private void answers(ResponseDefinitionBuilder response) {
    receiver.stubFor(any(anyUrl()).willReturn(response));
  }

  @Test
  void aWebhookGetsWhatTheSchemaSays() throws Exception {
    Delivery delivery = deliver(webhook(null), message(MessageKind.SUMMARY));

    assertEquals("it answers 200 OK", assertInstanceOf(Delivery.Delivered.class, delivery).words());
    LoggedRequest request = only("/hooks/mhs?token=t");
    assertEquals("application/json", request.getHeader("Content-Type"));
    assertEquals(ID, request.getHeader("Idempotency-Key"));
    assertEquals("MHS/0.1.0", request.getHeader("User-Agent"));
    assertNull(request.getHeader("X-MHS-Signature"));
    assertValid(request.getBodyAsString());
    JsonObject body = parse(request.getBodyAsString());
    JsonObject first = body.getJsonArray("alerts").getJsonObject(0);
    assertEquals("<b>nas</b>", first.getJsonObject("device").getString("name"));
    assertTrue(first.isNull("away_seconds"));
    assertEquals(300, body.getJsonArray("alerts").getJsonObject(1).getInt("away_seconds"));
  }

  @ParameterizedTest
  @EnumSource(MessageKind.class)
  void everyKindOfMessageIsValid(MessageKind kind) throws Exception {
    assertValid(webhook(null).body(message(kind)));
  }

  @Test
  void theSchemaRefusesWhatIsNoMessage() throws Exception {
    String body = webhook(null).body(message(MessageKind.ALERT));

    assertFalse(errors(body.replace("mhs-alert/1", "mhs-alert/2")).isEmpty());
    assertFalse(errors(body.replace("\"title\"", "\"titel\"")).isEmpty());
  }

  @Test
  void theSignatureIsOverTheBodyByteForByte() throws Exception {
    deliver(webhook("a secret: ü"), message(MessageKind.ALERT));

    LoggedRequest request = only("/hooks/mhs?token=t");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("a secret: ü".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertEquals(
        "sha256=" + HexFormat.of().formatHex(mac.doFinal(request.getBody())),
        request.getHeader("X-MHS-Signature"));
  }

  @Test
  void aNameAndPasswordInTheAddressAreSentAsBasic() throws Exception {
    Settings.Webhook settings =
        new Settings.Webhook(
            new Secret("http://me:p%40ss@127.0.0.1:" + receiver.port() + "/hook"), null);
    Channel channel = new WebhookChannel(settings, "0.1.0", "pi", () -> NOW, LIMIT);

    deliver(channel, message(MessageKind.ALERT));

    assertEquals("Basic bWU6cEBzcw==", only("/hook").getHeader("Authorization"));
    assertEquals("127.0.0.1:" + receiver.port(), channel.target());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%20b/c?key=x%20y%2Bz&more=1+2&key=%C3%BC&flag",
        "/hook?to=a@b.example:8/9&q='(1)*",
        "/hook?percent=100%25",
        "/hook?a?b/c",
        "/a+b%2Fc",
        "/a%3Bb",
        "/?key=x"
      })
  void theAddressIsAskedForLetterByLetter(String path) throws Exception {
    Settings.Webhook settings =
        new Settings.Webhook(new Secret("http://127.0.0.1:" + receiver.port() + path), null);

    deliver(
        new WebhookChannel(settings, "0.1.0", "pi", () -> NOW, LIMIT), message(MessageKind.ALERT));

    assertEquals(path, receiver.getAllServeEvents().getFirst().getRequest().getUrl());
  }

  @Test
  void ntfyGetsAMessageForItsTopic() throws Exception {
    deliver(ntfy("tk_secret"), message(MessageKind.ALERT));

    LoggedRequest request = only("/");
    assertEquals("Bearer tk_secret", request.getHeader("Authorization"));
    assertEquals(ID, request.getHeader("Idempotency-Key"));
    JsonObject body = parse(request.getBodyAsString());
    assertEquals("mhs-secret-topic", body.getString("topic"));
    assertEquals("1 new device, 1 device gone", body.getString("title"));
    assertEquals(4, body.getInt("priority"));
    assertTrue(body.getString("message").contains("\n"), body.getString("message"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void whatMayPassIsSentAgain(int status) throws Exception {
    answers(aResponse().withStatus(status));

    Delivery delivery = deliver(webhook(null), message(MessageKind.ALERT));

    assertTrue(
        assertInstanceOf(Delivery.Failed.class, delivery)
            .words()
            .startsWith("it answers " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 400, 401, 403, 404, 410, 413})
  void whatAPersonMustMendIsRefused(int status) throws Exception {
    answers(
        aResponse().withStatus(status).withHeader("Location", receiver.baseUrl() + "/elsewhere"));

    Delivery delivery = deliver(webhook(null), message(MessageKind.ALERT));

    assertTrue(
        assertInstanceOf(Delivery.Refused.class, delivery)
            .words()
            .startsWith("it answers " + status));
    receiver.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
  }

  @Test
  void thePeersWordsAreShownWithoutSecretsAndOnOneLine() throws Exception {
    answers(
        aResponse()
            .withStatus(403)
            .withBody(
                "topic mhs-secret-topic\nis \u202eforbidden for tk_secret" + "x".repeat(9999)));

    String words = deliver(ntfy("tk_secret"), message(MessageKind.ALERT)).words();

    assertTrue(words.contains("topic (hidden) is forbidden for (hidden)xxx"), words);
    assertTrue(words.length() < 300, words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"120", "Sun, 1 Mar 2026 12:02:00 GMT"})
  void retryAfterIsUnderstood(String header) throws Exception {
    answers(aResponse().withStatus(429).withHeader("Retry-After", header));

    Delivery delivery = deliver(ntfy(null), message(MessageKind.ALERT));

    assertEquals(
        Duration.ofMinutes(2), assertInstanceOf(Delivery.Failed.class, delivery).retryAfter());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void aConnectionThatBreaksIsAFailure(Fault fault) throws Exception {
    answers(aResponse().withFault(fault));

    assertInstanceOf(Delivery.Failed.class, deliver(webhook(null), message(MessageKind.ALERT)));
  }

  @Test
  void aSlowPeerIsGivenUpAtTheDeadline() throws Exception {
    receiver.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withFixedDelay(30_000)));

    Delivery delivery = deliver(webhook(null), message(MessageKind.ALERT));

    assertEquals(
        "no whole answer within 2 s",
        assertInstanceOf(Delivery.Failed.class, delivery)
            .words()
            .replace("no answer in time", "no whole answer within 2 s"));
  }

  @Test
  void aPeerThatIsNotThereIsAFailure() throws Exception {
    Channel channel = webhook(null);
    receiver.stop();

    Delivery delivery = deliver(channel, message(MessageKind.ALERT));

    assertTrue(
        assertInstanceOf(Delivery.Failed.class, delivery).words().startsWith("no connection"),
        delivery::words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cannot post to /hooks/T0AB12CD34/mhs?token=kL9-mn2P&to=chat-4711",
        "wrong query token=kL9-mn2P&to=chat-4711",
        "token kL9-mn2P is unknown",
        "no such chat: chat-4711",
        "who is T0AB12CD34?"
      })
  void whatTheAddressHoldsIsNotShownWhenThePeerRepeatsIt(String said) throws Exception {
    answers(aResponse().withStatus(403).withBody(said));
    Channel channel =
        new WebhookChannel(
            new Settings.Webhook(
                new Secret(
                    receiver.baseUrl() + "/hooks/T0AB12CD34/mhs?token=kL9-mn2P&to=chat-4711"),
                null),
            "0.1.0",
            "pi",
            () -> NOW,
            LIMIT);

    String words = deliver(channel, message(MessageKind.ALERT)).words();

    assertTrue(words.contains("(hidden)"), words);
    for (String secret : List.of("kL9", "4711", "T0AB")) {
      assertFalse(words.contains(secret), words);
    }
  }

  private static Delivery deliver(Channel channel, AlertMessage message) throws Exception {
    return channel.deliver(message.id(), channel.body(message));
  }

  private Channel webhook(@Nullable String secret) {
    return new WebhookChannel(
        new Settings.Webhook(
            new Secret(receiver.baseUrl() + "/hooks/mhs?token=t"),
            secret == null ? null : new Secret(secret)),
        "0.1.0",
        "pi",
        () -> NOW,
        LIMIT);
  }

  private Channel ntfy(@Nullable String token) {
    return new NtfyChannel(
        new Settings.Ntfy(
            new Secret(receiver.baseUrl() + "/"),
            new Secret("mhs-secret-topic"),
            token == null ? null : new Secret(token),
            4),
        "0.1.0",
        () -> NOW,
        LIMIT);
  }

  private static AlertMessage message(MessageKind kind) {
    Portrait nas =
        new Portrait(
            new DeviceKey.ByMac(MacAddress.of("00:11:32:aa:bb:01")),
            null,
            "<b>nas</b>",
            "Synology",
            IpLiteral.of("192.168.88.10"));
    Portrait nameless =
        new Portrait(
            new DeviceKey.ByAddress(IpLiteral.of("fd00::10")),
            "Küche \uD83D\uDE80",
            null,
            null,
            null);
    List<Notice> notices =
        List.of(
            new Notice(1, NOW, NoticeKind.NEW_DEVICE, nas, null),
            new Notice(2, NOW, NoticeKind.DEVICE_GONE, nameless, Duration.ofMinutes(5)));
    return new AlertMessage(
        ID,
        kind,
        NOW,
        notices,
        0,
        AlertWords.title(notices, 0),
        AlertWords.text(notices, 0, ZoneOffset.UTC));
  }

  private LoggedRequest only(String path) {
    List<LoggedRequest> requests = receiver.findAll(postRequestedFor(urlEqualTo(path)));
    assertEquals(1, requests.size());
    return requests.getFirst();
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static void assertValid(String body) throws Exception {
    assertEquals(Set.of(), errors(body), body);
  }

  private static Set<?> errors(String body) throws Exception {
    String schema = Files.readString(Path.of("..", "docs", "alert.schema.json"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema)
        .validate(body, InputFormat.JSON);
  }
}
