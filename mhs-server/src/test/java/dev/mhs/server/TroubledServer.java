package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.tck.FakeProvider;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/** The whole program while its history cannot be written. What is written at once is an alias. */
final class TroubledServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DEVICE = "192.0.2.2";

  private final RunningServer server;
  private final LiveMessages live;
  private int names;

  private TroubledServer(RunningServer server, LiveMessages live) {
    this.server = server;
    this.live = live;
  }

  /**
   * Starts it with its data in the folder {@code data} of a folder, and waits until all is well.
   */
  static TroubledServer start(Path folder) throws Exception {
    RunningServer server =
        RunningServer.start(
            folder,
            Map.of(),
            new FakeProvider("fake", 100, new Household(new SystemTime(), 3).source()));
    server.await(
        "/api/health", health -> health.getBoolean("ok") && health.getInt("device_count") == 3);
    URI live = URI.create("ws://127.0.0.1:" + server.port() + "/ws");
    return new TroubledServer(server, LiveMessages.connect(server.client(), live));
  }

  /** Gives names until one cannot be written. */
  void keepsNaming() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (name().getBoolean("saved")) {
      assertTrue(System.nanoTime() < end, "the trouble is never met");
    }
  }

  private JsonObject name() throws IOException, InterruptedException {
    names++;
    HttpResponse<String> answer =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/alias/" + DEVICE))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"alias\":\"name " + names + "\"}")));
    assertEquals(200, answer.statusCode(), answer.body());
    return RunningServer.parse(answer.body());
  }

  /** Asserts that everything says so, and that what is now is shown all the same. */
  void assertTold(String sentence) throws Exception {
    JsonObject given = name();
    assertFalse(given.getBoolean("saved"));
    assertEquals("It is kept in memory only: " + sentence, given.getString("reason"));
    JsonObject health = server.json("/api/health");
    assertEquals(sentence, health.getString("history_trouble"));
    assertTrue(health.getBoolean("ok"));
    assertEquals(3, health.getInt("device_count"));
    long before = server.json("/api/devices").getJsonNumber("seq").longValueExact();
    JsonObject message = RunningServer.parse(live.next().text());
    while (message.getJsonNumber("seq").longValueExact() < before + 2) {
      message = RunningServer.parse(live.next().text());
    }
    assertEquals("name " + names, message.getJsonObject("aliases").getString(DEVICE));
  }

  /** Waits until a name can be written again. */
  void assertResumes() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!name().getBoolean("saved")) {
      assertTrue(System.nanoTime() < end, "recording never resumes");
    }
    assertTrue(server.json("/api/health").isNull("history_trouble"));
  }

  /** Asserts that a file, which nobody has open any more, holds sessions, bytes and a name. */
  static void assertKept(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String kept :
          new String[] {
            "SELECT count(*) FROM session",
            "SELECT sum(down_bytes) FROM traffic_tick",
            "SELECT count(*) FROM alias"
          }) {
        try (ResultSet row = statement.executeQuery(kept)) {
          assertTrue(row.next() && row.getLong(1) > 0, kept);
        }
      }
    }
  }

  @Override
  public void close() {
    live.close();
    server.close();
  }
}
