package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.MacAddress;
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
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits through the API, on a box that keeps what it is asked for. */
class LimitsApiTest {
  private static final MacAddress NAS = MacAddress.of("00:00:5e:00:53:01");

  @TempDir private Path folder;
  private final List<LimitInForce> box = new CopyOnWriteArrayList<>();
  private final FakeSource source =
      FakeSource.of(new SystemTime(), Capability.DEVICES, Capability.LIMITS)
          .cadence(Household.QUICK);
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    source
        .onDevices()
        .answers(List.of(Sighting.of(NAS).address(IpLiteral.of("192.168.88.10")).build()));
    source.onLimits().answersWith(() -> List.copyOf(box));
    source.onApply().answersWith(this::applyNewest);
    server =
        RunningServer.start(
            folder,
            Map.of("MHS_SERVER_PUSH_INTERVAL", "500ms"),
            new FakeProvider("fake", 100, source));
    server.await(
        "/api/devices",
        message ->
            !message.getJsonArray("devices").isEmpty()
                && !message.getJsonObject("choices").getJsonObject("limits").isNull("source"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  /** FastTrack keeps anything above 100 Mbit/s from biting here. */
  private LimitOutcome applyNewest() {
    Limit wanted = source.asked().getLast();
    box.removeIf(one -> one.limit().device().equals(wanted.device()));
    if (wanted.isUnlimited()) {
      return new LimitOutcome.Applied(null);
    }
    boolean bites = wanted.download() == null || wanted.download().megabits() <= 100;
    LimitInForce inForce = new LimitInForce(wanted, bites, bites ? null : "FastTrack", true);
    box.add(inForce);
    return new LimitOutcome.Applied(inForce);
  }

  @Test
  void aLimitIsSetReadBackShownAndRemoved() throws Exception {
    HttpResponse<String> set = post("192.168.88.10", "{\"limit_mbps\":30}");
    assertEquals(200, set.statusCode(), set.body());
    JsonObject answer = RunningServer.parse(set.body());
    assertTrue(answer.getBoolean("ok") && answer.getBoolean("enforced"));
    assertEquals(30, answer.getInt("limit_mbps"));

    server.await("/api/limits", limits -> limits.getInt("192.168.88.10", 0) == 30);
    JsonObject one = server.json("/api/limits/" + NAS);
    assertEquals("mhs", one.getString("set_by"));
    assertEquals("fake", one.getString("controller"));

    HttpResponse<String> removed = delete("00-00-5E-00-53-01");
    assertEquals(200, removed.statusCode(), removed.body());
    server.await("/api/limits", JsonObject::isEmpty);
    assertEquals(200, delete("192.168.88.10").statusCode());
  }

  @Test
  void bothDirectionsMayDifferAndALimitThatDoesNotBiteSaysWhy() throws Exception {
    HttpResponse<String> set = post("192.168.88.10", "{\"download_mbps\":500,\"upload_mbps\":2.5}");
    JsonObject answer = RunningServer.parse(set.body());

    assertEquals(2.5, answer.getJsonNumber("upload_mbps").doubleValue());
    assertFalse(answer.getBoolean("enforced"));
    assertEquals("FastTrack", answer.getString("reason"));
  }

  @Test
  void zeroMeansUnlimited() throws Exception {
    post("192.168.88.10", "{\"limit_mbps\":0}");

    assertTrue(source.asked().getLast().isUnlimited());
    assertEquals(new DeviceKey.ByMac(NAS), source.asked().getLast().device());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "[]",
        "{}",
        "nonsense",
        "{\"limit_mbps\":\"fast\"}",
        "{\"limit_mbps\":-5}",
        "{\"limit_mbps\":NaN}",
        "{\"limit_mbps\":1e99}",
        "{\"limit_mbps\":0.0000001}",
        "{\"limit\":5}",
        "{\"limit_mbps\":5,\"upload_mbps\":5}",
        "{\"limit_mbps\":{\"a\":{\"b\":[]}}}"
      })
  void whatMakesNoSenseIs400(String body) throws Exception {
    HttpResponse<String> response = post("192.168.88.10", body);

    assertEquals(400, response.statusCode(), response.body());
    assertTrue(source.asked().isEmpty());
  }

  @Test
  void strangersAre400AndUnknownDevicesAre404() throws Exception {
    assertEquals(400, post("8.8.8.8", "{\"limit_mbps\":5}").statusCode());
    assertEquals(400, post("2001:4860:4860::8888", "{\"limit_mbps\":5}").statusCode());
    assertEquals(404, post("192.168.88.77", "{\"limit_mbps\":5}").statusCode());
    assertEquals(400, post("kitchen", "{\"limit_mbps\":5}").statusCode());
    assertTrue(source.asked().isEmpty());
  }

  @Test
  void aRefusalIsToldInTheBoxesOwnWords() throws Exception {
    source.onApply().answers(new LimitOutcome.Refused("not enough permissions (9)"));

    HttpResponse<String> response = post("192.168.88.10", "{\"limit_mbps\":5}");

    assertEquals(502, response.statusCode());
    assertTrue(response.body().contains("not enough permissions (9)"));
  }

  @Test
  void whatCouldNotBeTakenBackIsNamed() throws Exception {
    List<String> left = List.of("the queue \"nb-192.168.88.10\" (5M/5M)", "the rule for sending");
    source
        .onApply()
        .answers(new LimitOutcome.Incomplete(FailureKind.REFUSED, "disk is full", left));
    assertProblem(
        502,
        "disk is full. It could not be taken back whole yet; left are: the queue"
            + " \"nb-192.168.88.10\" (5M/5M); the rule for sending. MHS goes on trying.",
        post("192.168.88.10", "{\"limit_mbps\":5}"));

    source
        .onApply()
        .answers(new LimitOutcome.Incomplete(FailureKind.TIMED_OUT, "No answer.", List.of()));
    assertProblem(
        504,
        "No answer. It could not be taken back whole yet. MHS goes on trying.",
        post("192.168.88.10", "{\"limit_mbps\":5}"));
  }

  @Test
  void whatCouldNotBeRemovedIsNamed() throws Exception {
    source
        .onApply()
        .answers(
            new LimitOutcome.Incomplete(
                FailureKind.UNREACHABLE, "connection reset", List.of("the queue \"nb-1\"")));
    String detail =
        "connection reset. The limit could not be removed whole yet; left are: the queue"
            + " \"nb-1\". MHS goes on trying.";

    assertProblem(502, detail, delete("192.168.88.10"));
    assertProblem(502, detail, post("192.168.88.10", "{\"limit_mbps\":0}"));
  }

  @Test
  void whatShouldHaveBeenTidiedUpBesidesIsToldWithSuccess() throws Exception {
    source
        .onApply()
        .answers(new LimitOutcome.Applied(null, List.of("the entry 192.168.88.10", "a rule")));

    HttpResponse<String> response = delete("192.168.88.10");

    assertEquals(200, response.statusCode(), response.body());
    assertEquals(
        "[\"the entry 192.168.88.10\",\"a rule\"]",
        RunningServer.parse(response.body()).getJsonArray("left").toString());
  }

  @Test
  void aBoxThatFailsIs502AndOneThatTakesTooLong504() throws Exception {
    source.onApply().fails(FailureKind.UNREACHABLE, "connection refused");
    assertProblem(502, "connection refused", post("192.168.88.10", "{\"limit_mbps\":5}"));

    source.onApply().fails(FailureKind.TIMED_OUT, "no answer within 10 s");
    assertProblem(504, "no answer within 10 s", delete("192.168.88.10"));
  }

  @Test
  void aBoxThatHangsIsToldInWordsAndNotAsAnException() throws Exception {
    source.onApply().hangs();

    assertProblem(
        504,
        "the box did not answer in time; what came about shows when its limits are read again",
        post("192.168.88.10", "{\"limit_mbps\":5}"));
  }

  @Test
  void withoutAControllerItIs503() throws Exception {
    source.onLimits().fails(FailureKind.UNREACHABLE, "gone");
    server.await(
        "/api/devices",
        message -> message.getJsonObject("choices").getJsonObject("limits").isNull("source"));

    assertProblem(
        503, "No source in use can limit a device.", post("192.168.88.10", "{\"limit_mbps\":5}"));
    assertTrue(server.json("/api/limits/192.168.88.10").isNull("controller"));
  }

  private static void assertProblem(int status, String detail, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json",
        response.headers().firstValue("Content-Type").orElse("no content type"));
    JsonObject problem = RunningServer.parse(response.body());
    assertEquals(status, problem.getInt("status"));
    assertEquals(detail, problem.getString("detail"));
  }

  private HttpResponse<String> post(String device, String body) throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/limits/" + device))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> delete(String device) throws Exception {
    return server.send(HttpRequest.newBuilder(server.uri("/api/limits/" + device)).DELETE());
  }
}
