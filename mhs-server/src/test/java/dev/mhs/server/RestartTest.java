package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.tck.FakeProvider;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program, ended and started again on the same data while devices are there. */
class RestartTest {
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final int PATIENCE = 400; // steps
  private static final String STAYS = "/api/sessions/192.0.2.1?hours=24";
  private static final String GOES = "/api/sessions/192.0.2.3?hours=24";

  private final Leaping time = new Leaping();
  @TempDir private Path folder;

  /** Clocks that go as the machine's do, and leap ahead when the test says so. */
  private static final class Leaping implements TimeSource {
    private final SystemTime machine = new SystemTime();
    private final AtomicLong ahead = new AtomicLong();

    void leap(Duration by) {
      ahead.addAndGet(by.toNanos());
    }

    @Override
    public Instant instant() {
      return machine.instant().plusNanos(ahead.get());
    }

    @Override
    public long nanos() {
      return machine.nanos() + ahead.get();
    }
  }

  @Test
  void anOpenSessionGoesOnWhereTheDeviceIsThereAndEndsWhenItWasLastSeenWhereNot() throws Exception {
    double began;
    double lastSeen;
    try (RunningServer server = start(3)) {
      server.await("/api/devices", update -> update.getJsonArray("devices").size() == 3);
      began = number(session(server, STAYS), "first_seen");
      session(server, GOES);
      pass(server, 30); // beyond what is written at once
    }
    double ended = time.instant().toEpochMilli() / 1000.0;
    time.leap(Duration.ofSeconds(50));

    try (RunningServer server = start(2)) {
      server.await("/api/health", health -> health.getBoolean("ok"));
      JsonObject open = only(server, GOES);
      assertTrue(open.getBoolean("open"), "whether it is there is not known yet");
      lastSeen = number(open, "last_seen");
      assertTrue(lastSeen <= ended && lastSeen > ended - 10, ended + " and " + open);

      int steps = 0;
      while (only(server, GOES).getBoolean("open")) {
        steps += 10;
        assertTrue(steps < PATIENCE, "it never ends");
        pass(server, 10);
      }

      assertEquals(lastSeen, number(only(server, GOES), "last_seen"), 0.002);
      JsonObject goesOn = only(server, STAYS);
      assertTrue(goesOn.getBoolean("open"));
      assertEquals(began, number(goesOn, "first_seen"), 0.002);
      assertTrue(number(goesOn, "last_seen") > ended + 50);
    }
    try (RunningServer server = start(2)) {
      server.await("/api/health", health -> health.getBoolean("ok"));
      assertFalse(only(server, GOES).getBoolean("open"), "what has ended has ended");
      assertEquals(lastSeen, number(only(server, GOES), "last_seen"), 0.002);
    }
  }

  private RunningServer start(int devices) throws Exception {
    return RunningServer.start(
        folder,
        Map.of("MHS_SERVER_PUSH_INTERVAL", "500ms"),
        time,
        new FakeProvider("fake", 100, new Household(time, devices).source()));
  }

  /** Lets so many steps of time pass, with a push after each. */
  private void pass(RunningServer server, int steps) throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/ws");
    try (LiveMessages live = LiveMessages.connect(server.client(), uri)) {
      live.next(); // what was at the time of connecting
      for (int step = 0; step < steps; step++) {
        time.leap(STEP);
        live.next();
      }
    }
  }

  private static JsonObject session(RunningServer server, String path) throws Exception {
    server.await(path, answer -> !answer.getJsonArray("sessions").isEmpty());
    return only(server, path);
  }

  private static JsonObject only(RunningServer server, String path) throws Exception {
    List<JsonObject> sessions =
        server.json(path).getJsonArray("sessions").getValuesAs(JsonObject.class);
    assertEquals(1, sessions.size(), path + ": " + sessions);
    return sessions.getFirst();
  }

  private static double number(JsonObject session, String name) {
    return session.getJsonNumber(name).doubleValue();
  }
}
