package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Capability;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import dev.mhs.tck.FakeSource;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, watches and events through the API of the whole program. */
class PeopleApiTest {
  private static final MacAddress TV = MacAddress.of("00:00:5e:00:53:01");
  private static final String FIRST = "192.168.88.10";
  private static final String SECOND = "192.168.88.20";

  @TempDir private Path folder;
  private FakeSource source =
      FakeSource.of(new SystemTime(), Capability.DEVICES).cadence(Household.QUICK);
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = startAt(FIRST, Map.of());
  }

  private RunningServer startAt(String address, Map<String, String> more) throws Exception {
    source = FakeSource.of(new SystemTime(), Capability.DEVICES).cadence(Household.QUICK);
    lives(address);
    Map<String, String> variables = new HashMap<>(more);
    variables.put("MHS_SERVER_PUSH_INTERVAL", "500ms");
    RunningServer started =
        RunningServer.start(folder, variables, new FakeProvider("fake", 100, source));
    started.await("/api/devices", message -> device(message, address) != null);
    return started;
  }

  private void lives(String address) {
    source.onDevices().answers(List.of(Sighting.of(TV).address(IpLiteral.of(address)).build()));
  }

  private static @Nullable JsonObject device(JsonObject message, String address) {
    return message.getJsonArray("devices").getValuesAs(JsonObject.class).stream()
        .filter(device -> address.equals(device.getString("ip", null)))
        .findFirst()
        .orElse(null);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void aNameFollowsTheDeviceThroughAChangeOfAddressAndARestart() throws Exception {
    JsonObject given = ok(put("/api/alias/" + FIRST, "{\"alias\":\" TV \\u0007\"}"));
    assertEquals("TV", given.getString("alias"));
    assertTrue(given.getBoolean("saved"));
    server.await("/api/devices", message -> "TV".equals(alias(message, FIRST)));
    assertEquals("TV", server.json("/api/devices").getJsonObject("aliases").getString(FIRST));

    lives(SECOND);
    server.await("/api/devices", message -> "TV".equals(alias(message, SECOND)));
    server.close();
    server = startAt(SECOND, Map.of());

    assertEquals("TV", alias(server.json("/api/devices"), SECOND));
    assertEquals(
        "{\"" + SECOND + "\":\"TV\"}",
        server.json("/api/aliases").getJsonObject("aliases").toString());
    assertEquals(200, delete("/api/alias/00-00-5E-00-53-01").statusCode());
    server.await("/api/devices", message -> alias(message, SECOND) == null);
    JsonObject events = server.json("/api/events?kind=alias_changed,address_changed");
    assertEquals(List.of("alias_changed", "address_changed", "alias_changed"), kinds(events));
    assertEquals(
        "a program at 127.0.0.1", events.getJsonArray("events").getJsonObject(0).getString("by"));
  }

  @Test
  void aNameWorksInMemoryWhileTheDatabaseCannotBeWrittenAndIsWrittenLater() throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/mhs.db"));
        Statement statement = other.createStatement()) {
      statement.executeUpdate("BEGIN IMMEDIATE");
      JsonObject given = ok(put("/api/alias/" + FIRST, "{\"alias\":\"TV\"}"));

      assertFalse(given.getBoolean("saved"));
      assertTrue(given.getString("reason").startsWith("It is kept in memory only: Another"));
      server.await("/api/devices", message -> "TV".equals(alias(message, FIRST)));
      statement.executeUpdate("ROLLBACK");
    }
    assertTrue(ok(put("/api/watch/" + FIRST, "")).getBoolean("saved"));
    server.close();
    server = startAt(FIRST, Map.of());

    assertEquals("TV", alias(server.json("/api/devices"), FIRST));
  }

  @Test
  void withoutAHistoryANameIsKeptInMemoryAndSaysSo() throws Exception {
    server.close();
    server = startAt(FIRST, Map.of("MHS_HISTORY_ENABLED", "false"));

    JsonObject given = ok(put("/api/alias/" + FIRST, "{\"alias\":\"TV\"}"));

    assertFalse(given.getBoolean("saved"));
    server.await("/api/devices", message -> "TV".equals(alias(message, FIRST)));
    assertEquals(List.of("alias_changed"), kinds(server.json("/api/events")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "\"TV\"",
        "{\"alias\":7}",
        "{\"alias\":null}",
        "{\"alias\":\"\"}",
        "{\"alias\":\" \\u202e \"}",
        "{\"alias\":\"TV\",\"more\":1}",
        "{\"alias\":{\"a\":1}}",
        "{\"alias\":\"long\"}"
      })
  void aNameThatMakesNoSenseIs400(String body) throws Exception {
    HttpResponse<String> response =
        put("/api/alias/" + FIRST, body.replace("long", "x".repeat(65)));

    assertEquals(400, response.statusCode(), response.body());
    assertTrue(server.json("/api/aliases").getJsonObject("aliases").isEmpty());
  }

  @Test
  void strangersCannotBeNamedButADeviceThatIsYetToComeCan() throws Exception {
    String body = "{\"alias\":\"TV\"}";

    assertEquals(400, put("/api/alias/8.8.8.8", body).statusCode());
    assertEquals(404, put("/api/alias/192.168.88.77", body).statusCode());
    assertEquals(400, put("/api/alias/kitchen", body).statusCode());
    assertEquals(400, put("/api/alias/ff:ff:ff:ff:ff:ff", body).statusCode());
    assertEquals(200, put("/api/alias/00:00:5e:00:53:99", body).statusCode());
  }

  @Test
  void watchesAreSetListedAndKept() throws Exception {
    assertTrue(ok(put("/api/watch/" + FIRST, "")).getBoolean("watched"));
    server.close();
    server = startAt(FIRST, Map.of("MHS_ALERTS_WATCH", "all"));

    JsonObject watches = server.json("/api/watches");
    assertTrue(watches.getBoolean("otherwise"));
    JsonObject one = watches.getJsonArray("watches").getJsonObject(0);
    assertEquals(TV.toString(), one.getString("key"));
    assertTrue(one.getBoolean("watched"));
    assertEquals(200, delete("/api/watch/" + TV).statusCode());
    assertTrue(server.json("/api/watches").getJsonArray("watched").isEmpty());
  }

  @Test
  void whoSignedInIsNotedByName() throws Exception {
    server.close();
    server =
        RunningServer.start(
            folder,
            Map.of("DASHBOARD_USER", "ada", "DASHBOARD_PASS", "correct horse"),
            new FakeProvider("fake", 100, source));
    String basic = "Basic YWRhOmNvcnJlY3QgaG9yc2U=";

    HttpResponse<String> named =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/alias/" + TV))
                .header("Authorization", basic)
                .PUT(HttpRequest.BodyPublishers.ofString("{\"alias\":\"TV\"}")));
    assertEquals(200, named.statusCode(), named.body());
    HttpResponse<String> events =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/events?kind=alias_changed"))
                .header("Authorization", basic));

    assertTrue(events.body().contains("\"by\":\"ada at 127.0.0.1\""), events.body());
  }

  @Test
  void eventsArePagedNewestFirst() throws Exception {
    for (int i = 1; i <= 5; i++) {
      ok(put("/api/alias/" + FIRST, "{\"alias\":\"TV " + i + "\"}"));
    }
    StringBuilder seen = new StringBuilder();
    String cursor = "";
    do {
      JsonObject page = server.json("/api/events?limit=2&device=" + FIRST + cursor);
      for (JsonObject event : page.getJsonArray("events").getValuesAs(JsonObject.class)) {
        seen.append(event.getString("became")).append(' ');
      }
      cursor = page.isNull("next") ? "" : "&cursor=" + page.getString("next");
    } while (!cursor.isEmpty());

    assertEquals("TV 5 TV 4 TV 3 TV 2 TV 1 ", seen.toString());
    assertTrue(server.json("/api/events?since=99999999999").getJsonArray("events").isEmpty());
    assertTrue(server.json("/api/events?device=192.168.1.1").getJsonArray("events").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=yesterday",
        "since=-1",
        "since=NaN",
        "limit=many",
        "limit=-1",
        "cursor=x",
        "kind=nothing",
        "kind=joined,",
        "device=kitchen"
      })
  void aQuestionThatMakesNoSenseIs400(String query) throws Exception {
    HttpResponse<String> response = server.get("/api/events?" + query);

    assertEquals(400, response.statusCode(), response.body());
    assertTrue(response.body().contains(" must be "), response.body());
  }

  @Test
  void withoutAChannelThereIsNothingToTest() throws Exception {
    HttpResponse<String> response =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/alerts/test"))
                .POST(HttpRequest.BodyPublishers.noBody()));

    assertEquals(409, response.statusCode());
    assertFalse(server.json("/api/alerts").getBoolean("configured"));
  }

  private static @Nullable String alias(JsonObject message, String address) {
    JsonObject device = device(message, address);
    return device == null ? null : device.getString("alias", null);
  }

  private static List<String> kinds(JsonObject events) {
    return events.getJsonArray("events").getValuesAs(JsonObject.class).stream()
        .map(event -> event.getString("kind"))
        .toList();
  }

  private static JsonObject ok(HttpResponse<String> response) {
    assertEquals(200, response.statusCode(), response.body());
    return RunningServer.parse(response.body());
  }

  private HttpResponse<String> put(String path, String body) throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.uri(path)).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return server.send(HttpRequest.newBuilder(server.uri(path)).DELETE());
  }
}
