package dev.mhs.dist;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./mhs demo}, started as a person does, and the played household behind it. */
final class RunningDemo implements AutoCloseable {
  private static final Path PROJECT = Path.of(System.getProperty("mhs.root")).normalize();
  private static final Pattern ADDRESS =
      Pattern.compile("^MHS is at (http://\\S+:\\d+)$", Pattern.MULTILINE);
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();

  private RunningDemo(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it and waits until it says where it is.
   *
   * @param folder takes its log, and what it keeps while it runs
   * @param options of the command
   */
  static RunningDemo start(Path folder, String... options) throws InterruptedException {
    List<String> words =
        new ArrayList<>(List.of(PROJECT.resolve("mhs").toString(), "demo", "--no-build"));
    words.addAll(List.of(options));
    return start(folder, words);
  }

  /** Starts it by a command of another place than the clone. */
  static RunningDemo start(Path folder, List<String> words) throws InterruptedException {
    Path log = folder.resolve("demo.log");
    RunningDemo demo =
        new RunningDemo(
            new Command(words)
                .start(
                    log,
                    Map.of(
                        "APP_PORT", "0",
                        "TMPDIR", folder.toString(),
                        "MHS_JAVA_HOME", System.getProperty("java.home"))),
            log);
    try {
      Await.until("the demo says where it is", START, demo::addressIfRunning);
      return demo;
    } catch (AssertionError e) {
      demo.close();
      throw new AssertionError("the demo did not start: " + demo.log(), e);
    }
  }

  private Optional<String> addressIfRunning() {
    if (!process.isAlive()) {
      throw new Command.CommandFailed("it ended with " + process.exitValue());
    }
    Matcher said = ADDRESS.matcher(log());
    return said.find() ? Optional.of(said.group(1)) : Optional.empty();
  }

  /** Returns where MHS is. */
  String address() {
    return addressIfRunning().orElseThrow();
  }

  /** Returns what was printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks MHS for a text. */
  String get(String path) throws IOException, InterruptedException {
    return said(HttpRequest.newBuilder(URI.create(address() + path)).timeout(ANSWER).build());
  }

  /** Asks MHS for a JSON document. */
  JsonObject json(String path) throws IOException, InterruptedException {
    return object(get(path));
  }

  /** Sets a limit and returns MHS's answer. */
  JsonObject limit(String device, String body) throws IOException, InterruptedException {
    return object(
        said(
            HttpRequest.newBuilder(URI.create(address() + "/api/limits/" + device))
                .timeout(ANSWER)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build()));
  }

  /** Tells what was truly moved. */
  JsonObject truth() throws IOException, InterruptedException {
    return object(said(HttpRequest.newBuilder(URI.create(controls() + "truth")).build()));
  }

  /** Does to the household what a button of its page does, and returns the status. */
  int steer(String deed, String... headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(controls() + deed))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String controls() throws IOException, InterruptedException {
    return json("/api/health").getString("demo");
  }

  private String said(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(request + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static JsonObject object(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** Ends it as a person does, and returns the exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      throw new AssertionError("the demo did not end within 5 s of SIGTERM: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
