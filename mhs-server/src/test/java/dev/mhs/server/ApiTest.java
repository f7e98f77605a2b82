package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is documented in docs/rest-api.md, asked of the running program. */
class ApiTest {
  private static final int DEVICES = 5;

  @TempDir private static Path folder;
  private static RunningServer server;
  private static FakeSource source;

  @BeforeAll
  static void start() throws Exception {
    source = new Household(new SystemTime(), DEVICES).source();
    server =
        RunningServer.start(
            folder,
            Map.of("MHS_SERVER_PUSH_INTERVAL", "500ms"),
            new FakeProvider("fake", 100, source));
    server.await(
        "/api/devices",
        message ->
            message.getJsonArray("devices").size() == DEVICES
                && !message.isNull("total_download_bps")
                && !message.isNull("attributed_ratio"));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @Test
  void ratesAreWhatTheCountersSay() throws Exception {
    JsonObject message = server.json("/api/devices");

    assertEquals(8e6 * DEVICES, message.getJsonNumber("total_download_bps").doubleValue(), 4e5);
    assertEquals(1.0, message.getJsonNumber("attributed_ratio").doubleValue(), 0.01);
    for (JsonObject device : message.getJsonArray("devices").getValuesAs(JsonObject.class)) {
      assertEquals(8e6, device.getJsonNumber("download_bps").doubleValue(), 8e4);
      assertEquals(8e5, device.getJsonNumber("upload_bps").doubleValue(), 8e3);
      assertEquals("fake/counted", device.getString("rate_source"));
      assertEquals("online", device.getString("status"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00:00:5e:00:53:02",
        "00-00-5E-00-53-02",
        "0000.5e00.5302",
        "00005e005302",
        "192.0.2.2",
        "2001:db8::2",
        "2001:DB8:0:0::2"
      })
  void aDeviceIsFoundByAnySpellingOfItsAddresses(String address) throws Exception {
    JsonObject device = server.json("/api/device/" + address);

    assertEquals("00:00:5e:00:53:02", device.getString("mac"));
    assertEquals("192.0.2.2", device.getString("ip"));
    assertEquals("2001:db8::2", device.getJsonArray("ips").getString(1));
    assertEquals("proof", device.getJsonArray("evidence").getJsonObject(0).getString("weight"));
    assertEquals("fake", device.getJsonObject("field_sources").getString("hostname"));
  }

  @Test
  void aDeviceThatIsNotThereIs404AndWhatIsNoAddressIs400() throws Exception {
    assertProblem(404, server.get("/api/device/192.0.2.77"));
    assertProblem(404, server.get("/api/history/192.0.2.77"));
    assertProblem(400, server.get("/api/device/kitchen"));
    assertProblem(400, server.get("/api/history/999.1.1.1"));
    assertProblem(400, server.get("/api/device/%3Cscript%3E"));
  }

  @Test
  void aDeviceThatIsThereHasAnOpenSession() throws Exception {
    JsonObject device = server.json("/api/device/192.0.2.2");
    JsonObject answer =
        server.await(
            "/api/sessions/192.0.2.2?hours=2", now -> !now.getJsonArray("sessions").isEmpty());
    JsonObject session = answer.getJsonArray("sessions").getJsonObject(0);

    assertEquals("192.0.2.2", answer.getString("ip"));
    assertEquals("00:00:5e:00:53:02", answer.getString("mac"));
    assertEquals(2, answer.getInt("hours"));
    assertEquals(1, answer.getJsonArray("sessions").size());
    assertTrue(session.getBoolean("open"));
    assertTrue(
        session.getJsonNumber("last_seen").doubleValue()
            >= device.getJsonNumber("last_seen").doubleValue());
    assertEquals(
        session.getJsonNumber("last_seen").doubleValue()
            - session.getJsonNumber("first_seen").doubleValue(),
        session.getJsonNumber("duration_seconds").doubleValue(),
        0.002);
  }

  @Test
  void usageTellsWhatEverybodyMovedToday() throws Exception {
    JsonObject answer =
        server.await(
            "/api/usage?period=day&count=2",
            now ->
                now.getJsonArray("periods").getJsonObject(0).getJsonArray("devices").size()
                    == DEVICES);
    JsonObject today = answer.getJsonArray("periods").getJsonObject(0);
    JsonObject device = today.getJsonArray("devices").getJsonObject(0);

    assertEquals("day", answer.getString("period"));
    assertEquals(2, answer.getJsonArray("periods").size());
    assertFalse(today.getBoolean("complete"));
    assertTrue(today.getJsonObject("total").getJsonNumber("download_bytes").longValue() > 0);
    assertTrue(device.getJsonNumber("download_bytes").longValue() > 0);
    assertProblem(400, server.get("/api/usage?period=year"));
    assertProblem(400, server.get("/api/usage?count=some"));
    assertEquals(
        36, server.json("/api/usage?period=month&count=99").getJsonArray("periods").size());
  }

  @Test
  void theExportIsCsvWithTheSamplesOfTheHistory() throws Exception {
    server.await("/api/history/wan", now -> !now.getJsonArray("samples").isEmpty());
    for (String path : new String[] {"/api/history/wan/export", "/api/history/192.0.2.2/export"}) {
      HttpResponse<String> csv = server.get(path);
      List<String> lines = csv.body().lines().toList();

      assertEquals(200, csv.statusCode());
      assertEquals(
          "timestamp_iso,timestamp_unix,download_bps,upload_bps,download_bytes,upload_bytes",
          lines.getFirst());
      assertTrue(lines.get(1).matches("20[0-9T:-]+Z(,[0-9]+){5}"), lines.get(1));
      assertTrue(csv.headers().firstValue("content-type").orElseThrow().startsWith("text/csv"));
    }
    assertProblem(400, server.get("/api/history/kitchen/export"));
    assertProblem(404, server.get("/api/history/192.0.2.77/export"));
  }

  @Test
  void longWindowsHaveCoarserStepsAndFullOnesTheFinestThatAreKept() throws Exception {
    assertEquals(900, server.json("/api/history/wan?minutes=10080").getInt("step_seconds"));
    assertEquals(
        30, server.json("/api/history/wan?minutes=10080&full=true").getInt("step_seconds"));
    assertEquals(
        300, server.json("/api/history/wan?minutes=20000&full=true").getInt("step_seconds"));
    assertEquals(
        3_600, server.json("/api/history/wan?minutes=200000&full=true").getInt("step_seconds"));
    assertProblem(400, server.get("/api/history/wan?full=perhaps"));
  }

  @Test
  void nobodyHasPassedByYet() throws Exception {
    assertEquals("{\"hours\":24,\"devices\":[]}", server.get("/api/transient").body());
  }

  @Test
  void hoursAreClampedAndWordsAreRefused() throws Exception {
    assertEquals(1, server.json("/api/transient?hours=-5").getInt("hours"));
    assertEquals(17_520, server.json("/api/transient?hours=999999").getInt("hours"));
    assertProblem(400, server.get("/api/transient?hours=all"));
    assertProblem(400, server.get("/api/sessions/192.0.2.2?hours="));
    assertProblem(404, server.get("/api/sessions/192.0.2.77"));
    assertProblem(400, server.get("/api/sessions/kitchen"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/nothing", "/api", "/nothing.html", "/../etc/passwd", "/web/index.html"})
  void whatDoesNotExistIs404(String path) throws Exception {
    HttpResponse<String> response = server.get(path);

    assertTrue(response.statusCode() == 404 || response.statusCode() == 400, path);
    assertFalse(response.body().contains("Exception"), response.body());
  }

  @Test
  void theSameStateIsNotSentTwice() throws Exception {
    HttpResponse<String> first = server.get("/api/devices");
    String etag = first.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> second =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/devices")).header("If-None-Match", etag));

    assertTrue(
        second.statusCode() == 304
            || !second.headers().firstValue("etag").orElseThrow().equals(etag));
  }

  @Test
  void devicesAreSentAsGzipToThoseWhoTakeIt() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/api/devices")).header("Accept-Encoding", "br, gzip");
    HttpResponse<byte[]> zipped =
        server.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    HttpResponse<String> plain = server.get("/api/devices");

    assertEquals("gzip", zipped.headers().firstValue("content-encoding").orElseThrow());
    assertEquals("Accept-Encoding", zipped.headers().firstValue("vary").orElseThrow());
    assertTrue(zipped.headers().firstValue("etag").orElseThrow().endsWith("-gzip\""));
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      JsonObject message =
          RunningServer.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(DEVICES, message.getJsonArray("devices").size());
    }
    assertTrue(plain.headers().firstValue("content-encoding").isEmpty());
    assertTrue(zipped.body().length < plain.body().length() / 2);
  }

  @Test
  void portsAreToldFromTheirOwnViewpoint() throws Exception {
    JsonObject ports = server.json("/api/ports");
    JsonObject wan = ports.getJsonArray("router").getJsonObject(0);

    assertEquals("ether1", wan.getString("name"));
    assertTrue(wan.getBoolean("wan"));
    assertTrue(wan.getBoolean("running"));
    assertEquals(1_000_000_000L, wan.getJsonNumber("link_bps").longValue());
    assertEquals(8e6, wan.getJsonNumber("rx_bps").doubleValue(), 8e4);
    assertEquals(8e5, wan.getJsonNumber("tx_bps").doubleValue(), 8e3);
    JsonObject empty = ports.getJsonArray("router").getJsonObject(1);
    assertFalse(empty.getBoolean("running"));
    assertTrue(empty.isNull("rx_bps") && empty.isNull("link_bps"));
    assertEquals("RB5009", ports.getJsonArray("boxes").getJsonObject(0).getString("model"));
  }

  @Test
  void statsAndHealthAndSourcesAreTold() throws Exception {
    JsonObject stats = server.json("/api/stats");
    assertEquals("fake", stats.getString("source"));
    assertEquals(DEVICES, stats.getInt("device_count"));
    assertTrue(stats.getJsonObject("interface_rates").containsKey("ether1"));
    JsonObject health = server.json("/api/health");
    assertTrue(health.getBoolean("ok"));
    assertFalse(health.getBoolean("mikrotik_connected"));
    assertTrue(health.getJsonNumber("uptime_seconds").doubleValue() > 0);
    JsonObject one = server.json("/api/sources").getJsonArray("sources").getJsonObject(0);
    assertEquals("fake", one.getString("id"));
    assertEquals("up", one.getString("state"));
    assertTrue(one.getJsonArray("status").getJsonObject(0).getBoolean("chosen"));
    assertEquals("[0,5,30,500,1000]", server.get("/api/presets").body());
  }

  @Test
  void aSecondScanWithinTenSecondsIsRefused() throws Exception {
    HttpResponse<String> first = scan();
    HttpResponse<String> second = scan();

    assertEquals(202, first.statusCode());
    assertProblem(429, second);
    long wait = Long.parseLong(second.headers().firstValue("retry-after").orElseThrow());
    assertTrue(wait >= 1 && wait <= 10, "wait " + wait);
    server.await("/api/stats", stats -> source.rescans() == 1);
  }

  private static HttpResponse<String> scan() throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/scan")).POST(HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void aPageElsewhereMayNotScan() throws Exception {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/scan"))
                .header("Origin", "http://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody()));

    assertProblem(403, response);
  }

  @Test
  void historyAnswersForTheLineAndForADevice() throws Exception {
    JsonObject line =
        server.await(
            "/api/history/wan?minutes=5", history -> !history.getJsonArray("samples").isEmpty());

    assertEquals(30, line.getInt("step_seconds"));
    assertTrue(line.isNull("ip"));
    JsonObject sample = line.getJsonArray("samples").getJsonObject(0);
    assertEquals(8e6 * DEVICES, sample.getJsonNumber("download_bps").doubleValue(), 4e5);
    JsonObject device = server.json("/api/history/00:00:5e:00:53:03?minutes=1");
    assertEquals("192.0.2.3", device.getString("ip"));
    assertEquals(1, device.getInt("minutes"));
  }

  @Test
  void sharesOfTheLineAddUpToIt() throws Exception {
    JsonObject shares =
        server.await(
            "/api/history/wan/shares?minutes=5&top=2",
            now -> now.getJsonArray("devices").size() == 2);

    assertEquals(5, shares.getInt("minutes"));
    assertEquals(30, shares.getInt("step_seconds"));
    long named =
        shares.getJsonArray("devices").getValuesAs(JsonObject.class).stream()
            .mapToLong(ApiTest::downloaded)
            .sum();
    assertTrue(named > 0);
    assertTrue(downloaded(shares.getJsonObject("others")) > 0);
    assertTrue(downloaded(shares.getJsonObject("line")) > named);
    int times = shares.getJsonArray("ts").size();
    for (String one : List.of("line", "others")) {
      assertEquals(times, shares.getJsonObject(one).getJsonArray("upload_bps").size());
    }
  }

  @Test
  void sharesOfLongTimesComeFromRollUps() throws Exception {
    for (int[] minutesAndStep :
        new int[][] {{60, 30}, {1_440, 300}, {10_080, 3_600}, {129_600, 86_400}}) {
      JsonObject shares = server.json("/api/history/wan/shares?minutes=" + minutesAndStep[0]);
      assertEquals(minutesAndStep[1], shares.getInt("step_seconds"), shares.toString());
    }
    assertProblem(400, server.get("/api/history/wan/shares?top=some"));
  }

  @Test
  void thePastCanBeAskedForUpToAnEarlierTime() throws Exception {
    server.await("/api/history/wan", now -> !now.getJsonArray("samples").isEmpty());

    for (String path : List.of("/api/history/wan", "/api/history/wan/shares")) {
      JsonObject before = server.json(path + "?minutes=60&until=1000000");
      assertEquals(60, before.getInt("minutes"));
      assertEquals(86_400, before.getInt("step_seconds"), "of so long ago days are kept");
      assertFalse(before.toString().contains("\"ts\":1"), before.toString());
      assertProblem(400, server.get(path + "?until=yesterday"));
    }
    assertEquals(
        200, server.get("/api/history/wan/export?until=99999999999").statusCode(), "until now");
  }

  private static long downloaded(JsonObject share) {
    return share.getJsonNumber("download_bytes").longValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "NaN", "1e3", ""})
  void wordsWhereANumberBelongsAre400(String minutes) throws Exception {
    assertProblem(400, server.get("/api/history/wan?minutes=" + minutes));
  }

  @Test
  void minutesAreClampedToWhatIsKept() throws Exception {
    assertEquals(1, server.json("/api/history/wan?minutes=-5").getInt("minutes"));
    JsonObject all = server.json("/api/history/wan?minutes=99999999");
    assertEquals(3_650 * 24 * 60, all.getInt("minutes"));
    assertTrue(all.getInt("minutes") * 60 / all.getInt("step_seconds") <= 2000);
  }

  @Test
  void healthAndMetricsAreObservable() throws Exception {
    assertEquals("UP", server.json("/observe/health").getString("status"));
    assertTrue(server.get("/observe/metrics").body().contains("# TYPE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/js/main.js",
        "/api/devices",
        "/api/nothing",
        "/observe/health",
        "/observe/health/live",
        "/observe/metrics",
        "/openapi"
      })
  void anAnswerSaysOnceWhetherItMayBeKept(String path) throws Exception {
    List<String> said = server.get(path).headers().allValues("cache-control");

    assertEquals(1, said.size(), path + ": " + said);
    assertTrue(said.getFirst().startsWith("no-"), path + ": " + said);
  }

  @Test
  void thePageIsServedWithTheHeadersThatProtectIt() throws Exception {
    HttpResponse<String> page = server.get("/");

    assertEquals(200, page.statusCode());
    assertTrue(page.headers().firstValue("content-type").orElseThrow().startsWith("text/html"));
    String policy = page.headers().firstValue("content-security-policy").orElseThrow();
    assertTrue(policy.contains("default-src 'self'") && !policy.contains("unsafe"), policy);
    assertEquals("nosniff", page.headers().firstValue("x-content-type-options").orElseThrow());
    String etag = page.headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again =
        server.send(HttpRequest.newBuilder(server.uri("/")).header("If-None-Match", etag));
    assertEquals(304, again.statusCode());
  }

  private static void assertProblem(int status, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("content-type").orElseThrow());
    JsonObject problem = RunningServer.parse(response.body());
    assertEquals(status, problem.getInt("status"));
    assertFalse(problem.getString("detail").isBlank());
    assertNull(problem.get("stack"));
  }
}
