package dev.mhs.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlsTest {
  private final Simulator simulator =
      Simulator.start(InstantSource.fixed(Instant.parse("2026-08-01T19:00:00Z")));
  private final Controls controls = new Controls(simulator);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
    controls.close();
    simulator.close();
  }

  @Test
  void thePageShowsEveryDeviceAndItsButtonsWork() throws Exception {
    assertTrue(get("").body().contains("DESKTOP-BEN"));
    assertTrue(get("").body().contains("FastTrack is on now."));

    assertEquals(303, post("fasttrack-off").statusCode());
    assertFalse(simulator.world().isFastTrackActive());
    assertTrue(get("").body().contains("FastTrack is off now."));
    assertEquals(303, post("fasttrack-on").statusCode());
    assertTrue(simulator.world().isFastTrackActive());
    assertEquals(404, post("router-explode").statusCode());
  }

  @Test
  void noOtherPageSteersIt() throws Exception {
    String own = controls.address().substring(0, controls.address().length() - 1);
    assertEquals(303, post("router-on", "Origin", own).statusCode());
    assertEquals(403, post("router-off", "Origin", "http://elsewhere.example").statusCode());
    assertEquals(403, post("router-off", "Origin", "null").statusCode());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(controls.address() + path)));
  }

  private HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(controls.address() + path))
            .POST(HttpRequest.BodyPublishers.noBody());
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
