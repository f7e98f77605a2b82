package dev.mhs.bench;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, spoken to in its DevTools protocol
 * (chromedevtools.github.io/devtools-protocol). For one thread.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<JsonObject> answers = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();

  private Chromium(Process process, HttpClient http, URI page) {
    this.process = process;
    this.socket = http.newWebSocketBuilder().buildAsync(page, new Answers()).join();
  }

  /** Returns the browser that is installed here, if one is. */
  static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one whose window is an ordinary monitor. */
  static Chromium start(Workshop workshop, Path program) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("mhs-bench-chromium");
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-proxy-server",
                "--window-size=1440,900",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    long began = workshop.time().nanos();
    while (workshop.time().nanos() - began < DEADLINE.toNanos()) {
      Optional<URI> page = page(workshop.http(), profile.resolve("DevToolsActivePort"));
      if (page.isPresent()) {
        return new Chromium(process, workshop.http(), page.get());
      }
      workshop.let(LOOK_AGAIN);
    }
    process.destroyForcibly();
    throw new IOException(program + " did not start");
  }

  private static Optional<URI> page(HttpClient http, Path portFile)
      throws IOException, InterruptedException {
    if (!Files.exists(portFile) || Files.size(portFile) == 0) {
      return Optional.empty();
    }
    URI list =
        URI.create(
            "http://127.0.0.1:%s/json/list".formatted(Files.readAllLines(portFile).getFirst()));
    String targets =
        http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
            .body();
    try (JsonReader reader = Json.createReader(new StringReader(targets))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .filter(target -> target.getString("type").equals("page"))
          .map(target -> URI.create(target.getString("webSocketDebuggerUrl")))
          .findFirst();
    }
  }

  /** Opens a page, in which a script runs before its own. */
  void open(URI address, String script) throws IOException, InterruptedException {
    ask("Page.enable", JsonValue.EMPTY_JSON_OBJECT);
    ask(
        "Page.addScriptToEvaluateOnNewDocument",
        Json.createObjectBuilder().add("source", script).build());
    ask("Page.navigate", Json.createObjectBuilder().add("url", address.toString()).build());
  }

  /** Lets {@link #seconds} tell processor time instead of time; to be said first. */
  void measureThreadTime() throws IOException, InterruptedException {
    ask("Performance.enable", Json.createObjectBuilder().add("timeDomain", "threadTicks").build());
  }

  /**
   * Returns how much time the page has spent so far.
   *
   * @param kinds on what, as Chromium calls it, such as {@code ScriptDuration}
   * @return in seconds, in the same order
   */
  List<Double> seconds(List<String> kinds) throws IOException, InterruptedException {
    List<JsonObject> metrics =
        ask("Performance.getMetrics", JsonValue.EMPTY_JSON_OBJECT)
            .getJsonArray("metrics")
            .getValuesAs(JsonObject.class);
    return kinds.stream().map(kind -> seconds(metrics, kind)).toList();
  }

  private static double seconds(List<JsonObject> metrics, String kind) {
    return metrics.stream()
        .filter(metric -> metric.getString("name").equals(kind))
        .mapToDouble(metric -> metric.getJsonNumber("value").doubleValue())
        .sum();
  }

  /** Returns the value of an expression in the page. */
  JsonValue evaluate(String expression) throws IOException, InterruptedException {
    JsonObject answer =
        ask(
            "Runtime.evaluate",
            Json.createObjectBuilder()
                .add("expression", expression)
                .add("returnByValue", true)
                .build());
    if (answer.containsKey("exceptionDetails")) {
      throw new IOException(expression + " failed: " + answer.get("exceptionDetails"));
    }
    return answer.getJsonObject("result").getOrDefault("value", JsonValue.NULL);
  }

  private JsonObject ask(String method, JsonObject parameters)
      throws IOException, InterruptedException {
    int number = asked.incrementAndGet();
    JsonObject question =
        Json.createObjectBuilder()
            .add("id", number)
            .add("method", method)
            .add("params", parameters)
            .build();
    socket.sendText(question.toString(), true).join();
    JsonObject answer = answers.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    if (answer == null || answer.getInt("id") != number || answer.containsKey("error")) {
      throw new IOException(method + " was answered with " + answer);
    }
    return answer.getJsonObject("result");
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    socket.abort();
    process.destroy();
    all.forEach(ProcessHandle::destroy);
  }

  /** What the page says: answers are kept, events are of no interest here. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        try (JsonReader reader = Json.createReader(new StringReader(text.toString()))) {
          JsonObject said = reader.readObject();
          if (said.containsKey("id")) {
            answers.add(said);
          }
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
