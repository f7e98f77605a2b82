package dev.mhs.demo;

import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.rest.Fault;
import dev.mhs.simulator.world.Moved;
import dev.mhs.simulator.world.Truth;
import dev.mhs.simulator.world.World;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a person steers the played household, and sees what it truly moves: a page without any
 * script, on loopback only. What it does, a person would do with WinBox or by pulling a plug.
 */
final class Controls implements AutoCloseable {
  private final Simulator simulator;
  private final Map<String, Runnable> deeds =
      new TreeMap<>(
          Map.of(
              "router-off",
              this::pullPlug,
              "router-on",
              this::plugIn,
              "fasttrack-off",
              () -> setFastTrack(false),
              "fasttrack-on",
              () -> setFastTrack(true)));
  private final WebServer server;

  Controls(Simulator simulator) {
    this.simulator = simulator;
    this.server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .routing(
                HttpRouting.builder()
                    .addFilter(
                        (chain, request, response) -> guard(chain::proceed, request, response))
                    .get("/", this::page)
                    .get("/truth", this::truth)
                    .post("/{deed}", this::act))
            .build()
            .start();
  }

  /** Returns where it is. */
  String address() {
    return "http://127.0.0.1:" + server.port() + "/";
  }

  /** Other pages in the same browser must not steer it, nor read from it under another name. */
  private void guard(Runnable proceed, ServerRequest request, ServerResponse response) {
    String own = "127.0.0.1:" + server.port();
    String origin = request.headers().first(HeaderNames.ORIGIN).orElse("http://" + own);
    if (!request.authority().equals(own) || !origin.equals("http://" + own)) {
      response.status(Status.FORBIDDEN_403).send("This is steered from its own page only.\n");
      return;
    }
    proceed.run();
  }

  private void pullPlug() {
    simulator.router().fault(new Fault.Refuses());
  }

  private void plugIn() {
    simulator.router().fault(new Fault.None());
  }

  /** As {@code /ip/settings/set allow-fast-path} does; connections underway begin anew. */
  private void setFastTrack(boolean allowed) {
    World world = simulator.world();
    world.look(
        () -> {
          world.tables().allowFastPath(allowed);
          world.connections().forEach(one -> world.removeConnection(one.id(), one.isSix()));
          return allowed;
        });
  }

  private void act(ServerRequest request, ServerResponse response) {
    Runnable deed = deeds.get(request.path().pathParameters().get("deed"));
    if (deed == null) {
      response.status(Status.NOT_FOUND_404).send("There is no such thing to do.\n");
      return;
    }
    deed.run();
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, "/").send();
  }

  private void truth(ServerRequest request, ServerResponse response) {
    World world = simulator.world();
    JsonObject answer =
        world.look(
            () -> {
              Truth truth = world.truth();
              JsonObjectBuilder devices = Json.createObjectBuilder();
              truth.devices().forEach((mac, moved) -> devices.add(mac, moved(moved)));
              return Json.createObjectBuilder()
                  .add("seconds", world.seconds())
                  .add("devices", devices)
                  .add("line", moved(truth.line()))
                  .build();
            });
    response.header(HeaderValues.CONTENT_TYPE_JSON).send(answer.toString());
  }

  private static JsonObjectBuilder moved(Moved moved) {
    return Json.createObjectBuilder()
        .add("download_bytes", moved.allDown())
        .add("upload_bytes", moved.allUp());
  }

  private void page(ServerRequest request, ServerResponse response) {
    response
        .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
        .header(
            HeaderNames.create("Content-Security-Policy"),
            "default-src 'none'; style-src 'unsafe-inline'")
        .send(ControlsPage.of(simulator));
  }

  @Override
  public void close() {
    server.stop();
  }
}
