package dev.mhs.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.plugin.Providers;
import dev.mhs.core.spi.SourceProvider;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.server.config.Configuration;
import dev.mhs.server.config.Problems;
import dev.mhs.server.config.Settings;
import io.helidon.webserver.http.HttpRouting;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The whole program on a free port of this machine, on sources that the test scripts. */
final class RunningServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Program program;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningServer(Program program) {
    this.program = program;
  }

  /** Starts with one source for each provider, named like its type. */
  static RunningServer start(Path folder, Map<String, String> variables, SourceProvider... sources)
      throws IOException {
    return start(folder, variables, new SystemTime(), sources);
  }

  /** The same by other clocks. */
  static RunningServer start(
      Path folder, Map<String, String> variables, TimeSource time, SourceProvider... sources)
      throws IOException {
    StringBuilder yaml = new StringBuilder("local: {enabled: false}\nsources:\n");
    for (SourceProvider source : sources) {
      yaml.append("  ")
          .append(source.type())
          .append(": {type: ")
          .append(source.type())
          .append("}\n");
    }
    Files.writeString(folder.resolve("mhs.yaml"), yaml);
    Map<String, String> environment = new HashMap<>();
    environment.put("APP_HOST", "127.0.0.1");
    environment.put("APP_PORT", "0");
    environment.put("MHS_DATA_DIR", folder.resolve("data").toString());
    environment.putAll(variables);
    return switch (Configuration.load(environment, folder)) {
      case Settings settings ->
          new RunningServer(Program.start(settings, Providers.of(sources), time));
      case Problems problems -> fail(String.join("\n", problems.sentences()));
    };
  }

  int port() {
    return program.port();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(
        request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Returns what a path answers with, which must be 200. */
  JsonObject json(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = get(path);
    assertEquals(200, response.statusCode(), response.body());
    return parse(response.body());
  }

  static JsonObject parse(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** Asks until the answer is as wanted, or too long has passed. */
  JsonObject await(String path, Predicate<JsonObject> wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonObject last = json(path);
    while (!wanted.test(last)) {
      if (System.nanoTime() > end) {
        fail(path + " never became as wanted, but is " + last);
      }
      Thread.onSpinWait();
      last = json(path);
    }
    return last;
  }

  /** Has every route registered with a routing, once more. */
  void register(HttpRouting.Builder routing) {
    program.register(routing);
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() {
    program.close();
    client.close();
  }
}
