package dev.mhs.server;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.mhs.api.Capability;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Sighting;
import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of the whole program, to a webhook and an ntfy server. */
class AlertsTest {
  @TempDir private Path folder;
  private final SystemTime time = new SystemTime();
  private final WireMockServer receiver =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private RunningServer server;
  private FakeSource source = FakeSource.of(time, Capability.DEVICES);

  @BeforeEach
  void start() throws Exception {
    receiver.start();
    answer(200);
    server = startWith(50);
  }

  @AfterEach
  void end() {
    server.close();
    receiver.stop();
  }

  private RunningServer startWith(int devices) throws Exception {
    source = FakeSource.of(time, Capability.DEVICES).cadence(Household.QUICK);
    online(devices);
    RunningServer started =
        RunningServer.start(
            folder,
            Map.of(
                "MHS_SERVER_PUSH_INTERVAL",
                "500ms",
                "MHS_ALERTS_LEARNING_TIME",
                "2s",
                "ALERT_WEBHOOK_URL",
                receiver.baseUrl() + "/hook",
                "MHS_ALERTS_NTFY_URL",
                receiver.baseUrl() + "/ntfy",
                "ALERT_NTFY_TOPIC",
                "mhs"),
            new FakeProvider("fake", 100, source));
    int seen =
        started
            .await("/api/devices", message -> message.getJsonArray("devices").size() >= devices)
            .getInt("seq");
    // Whoever listens has heard of one snapshot before the next is made: learning has begun.
    started.await("/api/devices", message -> message.getInt("seq") > seen);
    started.await("/api/alerts", status -> status.isNull("learning_until"));
    return started;
  }

  private void online(int devices) {
    source
        .onDevices()
        .answersWith(
            () ->
                IntStream.rangeClosed(1, devices)
                    .mapToObj(
                        i ->
                            Sighting.of(Household.mac(i))
                                .address(IpLiteral.of("192.0.2." + i))
                                .evidence(new Evidence(Evidence.Kind.ANSWERED, time.instant()))
                                .build())
                    .toList());
  }

  private void answer(int status) {
    receiver.resetMappings();
    receiver.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
  }

  private List<LoggedRequest> sentTo(String path) {
    return receiver.findAll(postRequestedFor(urlEqualTo(path)));
  }

  @Test
  void fiftyDevicesAtTheFirstStartAreNoAlertAndTheNextOneIsToldOnce() throws Exception {
    online(51);
    server.await("/api/alerts", status -> sent(status, 0) == 1 && sent(status, 1) == 1);

    assertEquals(1, sentTo("/hook").size());
    assertEquals(1, sentTo("/ntfy").size());
    JsonObject alert = RunningServer.parse(sentTo("/hook").getFirst().getBodyAsString());
    assertEquals("New device: 192.0.2.51", alert.getString("title"));
    assertEquals(
        List.of("new_device"),
        server.json("/api/events").getJsonArray("events").getValuesAs(JsonObject.class).stream()
            .map(event -> event.getString("kind"))
            .toList());
  }

  @Test
  void whatCouldNotBeSentIsSentAfterARestartAndOnlyOnce() throws Exception {
    answer(500);
    online(51);
    JsonObject failing =
        server.await("/api/alerts", status -> waiting(status, 0) == 1 && waiting(status, 1) == 1);
    server.await(
        "/api/alerts",
        status -> status.getJsonArray("findings").size() == 2 && !sentTo("/hook").isEmpty());
    assertTrue(failing.getBoolean("configured"));
    String id = sentTo("/hook").getFirst().getHeader("Idempotency-Key");
    server.close();
    receiver.resetRequests();

    answer(200);
    server = startWith(51);
    server.await("/api/alerts", status -> sent(status, 0) == 1 && sent(status, 1) == 1);

    assertEquals(1, sentTo("/hook").size());
    assertEquals(id, sentTo("/hook").getFirst().getHeader("Idempotency-Key"));
    assertEquals(1, sentTo("/ntfy").size());
  }

  @Test
  void aTestSaysWhatCameBack() throws Exception {
    receiver.stubFor(
        any(urlEqualTo("/ntfy"))
            .willReturn(aResponse().withStatus(401).withBody("{\"error\":\"unauthorized\"}")));

    HttpResponse<String> response = test();
    assertEquals(200, response.statusCode(), response.body());
    JsonObject answer = RunningServer.parse(response.body());

    assertFalse(answer.getBoolean("ok"));
    JsonObject webhook = answer.getJsonArray("channels").getJsonObject(0);
    assertTrue(webhook.getBoolean("ok"));
    assertEquals("it answers 200 OK", webhook.getString("answer"));
    assertEquals(
        "it answers 401 Unauthorized: {\"error\":\"unauthorized\"}",
        answer.getJsonArray("channels").getJsonObject(1).getString("answer"));
    HttpResponse<String> again = test();
    assertEquals(429, again.statusCode());
    assertTrue(again.headers().firstValue("Retry-After").isPresent());
    assertEquals(
        "test",
        RunningServer.parse(sentTo("/hook").getFirst().getBodyAsString()).getString("kind"));
  }

  private HttpResponse<String> test() throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/alerts/test"))
            .POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static int sent(JsonObject status, int channel) {
    return status.getJsonArray("channels").getJsonObject(channel).getInt("sent");
  }

  private static int waiting(JsonObject status, int channel) {
    return status.getJsonArray("channels").getJsonObject(channel).getInt("waiting");
  }
}
