package dev.mhs.dist;

import static java.util.Objects.requireNonNull;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A headless Chromium with a fresh profile and one page, that asks nobody but the page's server.
 */
final class Browser implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(5);
  private static final Duration REST = Duration.ofSeconds(20);
  private static final int CLICKS = 5;
  private static final String CLICK = resource("click.js");

  /** Whether the click met what was meant. A page that is gone was left by the click. */
  private static final String ARRIVED =
      "window.clickWatch === undefined || (clickWatch.stop(), clickWatch.arrived)";

  private final Process process;
  private final DevTools page;
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /** What a page is shown on. */
  enum Screen {
    /** An ordinary monitor. */
    DESK(1440, 900, 1),
    /** A monitor on its side: for a picture that shows more of the page. */
    TALL_DESK(1440, 1328, 1),
    /** A telephone, held upright. */
    PHONE(390, 844, 2);

    private final int width;
    private final int height;
    private final int pixelRatio;

    Screen(int width, int height, int pixelRatio) {
      this.width = width;
      this.height = height;
      this.pixelRatio = pixelRatio;
    }
  }

  private Browser(Process process, URI page) throws InterruptedException {
    this.process = process;
    this.page = new DevTools(page, this::note);
    for (String domain : List.of("Page", "Runtime", "Log")) {
      this.page.ask(domain + ".enable", JsonValue.EMPTY_JSON_OBJECT);
    }
  }

  /**
   * Starts one.
   *
   * @param folder takes its profile
   * @param screen what it shows pages on, in the dark
   */
  static Browser start(Path folder, Screen screen) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(folder, "profile");
    Process process = launch(profile);
    try {
      Browser browser = new Browser(process, Await.until("a page", START, () -> page(profile)));
      browser.show(screen);
      return browser;
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw new AssertionError(
          "Chromium did not start: " + Files.readString(profile.resolve("log")), e);
    }
  }

  private static Process launch(Path profile) {
    List<String> words = new ArrayList<>(List.of(NeedsChromium.program().orElseThrow()));
    words.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"));
    words.addAll(List.of("--no-first-run", "--disable-background-networking"));
    words.addAll(List.of("--disable-component-update", "--disable-sync", "--lang=en"));
    words.addAll(List.of("--disable-dev-shm-usage", "--no-proxy-server", "--hide-scrollbars"));
    words.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile));
    words.add("about:blank");
    return new Command(words)
        .start(profile.resolve("log"), Map.of("HOME", profile.toString(), "TZ", "UTC"));
  }

  /** The profile's DevToolsActivePort holds the port that it chose, once it listens. */
  private static Optional<URI> page(Path profile) throws IOException, InterruptedException {
    String port = Files.readAllLines(profile.resolve("DevToolsActivePort")).getFirst();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
      String list = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      try (JsonReader reader = Json.createReader(new StringReader(list))) {
        return reader.readArray().getValuesAs(JsonObject.class).stream()
            .filter(target -> target.getString("type").equals("page"))
            .map(target -> URI.create(target.getString("webSocketDebuggerUrl")))
            .findFirst();
      }
    }
  }

  /** Shows the page on another screen from now on. */
  void show(Screen screen) throws InterruptedException {
    page.ask(
        "Emulation.setDeviceMetricsOverride",
        Json.createObjectBuilder()
            .add("width", screen.width)
            .add("height", screen.height)
            .add("deviceScaleFactor", screen.pixelRatio)
            .add("mobile", screen == Screen.PHONE)
            .build());
    JsonObject dark =
        Json.createObjectBuilder().add("name", "prefers-color-scheme").add("value", "dark").build();
    page.ask(
        "Emulation.setEmulatedMedia",
        Json.createObjectBuilder().add("features", Json.createArrayBuilder().add(dark)).build());
  }

  /** Lets the reader prefer a theme, {@code dark}, {@code light} or {@code auto}, from now on. */
  void prefer(String theme) throws InterruptedException {
    page.ask(
        "Page.addScriptToEvaluateOnNewDocument",
        with("source", "localStorage.setItem('mhs.theme', '" + theme + "')"));
  }

  /** Goes to a page; what it shows comes later. */
  void open(String address) throws InterruptedException {
    page.ask("Page.navigate", with("url", address));
  }

  /** Runs a script in each page from now on, before the page's own. */
  void beforeEachPage(String script) throws InterruptedException {
    page.ask("Page.addScriptToEvaluateOnNewDocument", with("source", script));
  }

  /** Returns what the page's scripts hold in memory that they can still reach, in MB. */
  double heapMegabytes() throws InterruptedException {
    page.ask("HeapProfiler.collectGarbage", JsonValue.EMPTY_JSON_OBJECT);
    JsonObject heap = page.ask("Runtime.getHeapUsage", JsonValue.EMPTY_JSON_OBJECT);
    return heap.getJsonNumber("usedSize").doubleValue() / 1e6;
  }

  /**
   * Evaluates an expression in the page.
   *
   * @param expression of JavaScript, whose value JSON can hold
   * @return its value; undefined is null
   */
  JsonValue evaluate(String expression) throws InterruptedException {
    return evaluate(expression, false);
  }

  /** Evaluates an expression whose value is a promise, and returns what it is kept with. */
  JsonValue settled(String expression) throws InterruptedException {
    return evaluate(expression, true);
  }

  private JsonValue evaluate(String expression, boolean later) throws InterruptedException {
    JsonObject answer =
        page.ask(
            "Runtime.evaluate",
            Json.createObjectBuilder()
                .add("expression", expression)
                .add("returnByValue", true)
                .add("awaitPromise", later)
                .build());
    if (answer.containsKey("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.getJsonObject("result").getOrDefault("value", JsonValue.NULL);
  }

  /** Evaluates an expression whose value is a list of texts. */
  List<String> texts(String expression) throws InterruptedException {
    JsonArray texts = evaluate(expression).asJsonArray();
    return texts.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
  }

  /** Presses and releases a key that makes no character, such as {@code Tab}. */
  void press(String key, int code) throws InterruptedException {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      page.ask(
          "Input.dispatchKeyEvent",
          Json.createObjectBuilder()
              .add("type", type)
              .add("key", key)
              .add("code", key)
              .add("windowsVirtualKeyCode", code)
              .build());
    }
  }

  /**
   * Clicks what a selector finds first, as a person would who sees it: when it rests and nothing
   * covers it, and again when it was moved or replaced under the click.
   */
  void click(String selector) throws InterruptedException {
    for (int click = 0; click < CLICKS; click++) {
      JsonObject middle = settled(resting(selector)).asJsonObject();
      Place at = new Place(number(middle, "x"), number(middle, "y"));
      mouse("mouseMoved", at, 0);
      mouse("mousePressed", at, 1);
      mouse("mouseReleased", at, 1);
      if (evaluate(ARRIVED).equals(JsonValue.TRUE)) {
        return;
      }
    }
    throw new AssertionError("none of " + CLICKS + " clicks met " + selector);
  }

  /** Returns a promise of the middle of what a selector finds first. */
  private static String resting(String selector) {
    return "(%s)(%s, %d)".formatted(CLICK, Json.createValue(selector), REST.toMillis());
  }

  /**
   * Points at a part of what a selector finds first; from 0, its left edge, to 1, its right edge.
   */
  void point(String selector, double part) throws InterruptedException {
    mouse("mouseMoved", along(selector, part), 0);
  }

  /** Drags over what a selector finds first, from one part of its width to another. */
  void drag(String selector, double from, double to) throws InterruptedException {
    mouse("mouseMoved", along(selector, from), 0);
    mouse("mousePressed", along(selector, from), 1);
    mouse("mouseMoved", along(selector, (from + to) / 2), 1);
    mouse("mouseMoved", along(selector, to), 1);
    mouse("mouseReleased", along(selector, to), 1);
  }

  private record Place(double x, double y) {}

  private Place along(String selector, double part) throws InterruptedException {
    JsonObject box = evaluate(found(selector) + ".getBoundingClientRect().toJSON()").asJsonObject();
    return new Place(
        number(box, "x") + part * number(box, "width"),
        number(box, "y") + 0.5 * number(box, "height"));
  }

  private static String found(String selector) {
    return "document.querySelector(" + Json.createValue(selector) + ")";
  }

  private static String resource(String name) {
    try (InputStream file = requireNonNull(Browser.class.getResourceAsStream("/" + name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static double number(JsonObject object, String name) {
    return object.getJsonNumber(name).doubleValue();
  }

  private void mouse(String type, Place at, int buttons) throws InterruptedException {
    page.ask(
        "Input.dispatchMouseEvent",
        Json.createObjectBuilder()
            .add("type", type)
            .add("x", at.x())
            .add("y", at.y())
            .add("button", type.equals("mouseMoved") && buttons == 0 ? "none" : "left")
            .add("buttons", type.equals("mouseReleased") ? 0 : buttons)
            .add("clickCount", type.equals("mouseMoved") ? 0 : 1)
            .build());
  }

  /** Types a text, key by key, into whatever has the focus. */
  void type(String text) throws InterruptedException {
    for (String key : text.codePoints().mapToObj(Character::toString).toList()) {
      page.ask(
          "Input.dispatchKeyEvent",
          Json.createObjectBuilder()
              .add("type", "keyDown")
              .add("key", key)
              .add("text", key)
              .build());
      page.ask(
          "Input.dispatchKeyEvent",
          Json.createObjectBuilder().add("type", "keyUp").add("key", key).build());
    }
  }

  /** Takes a picture of what is on the screen, as PNG. */
  void picture(Path file) throws IOException, InterruptedException {
    String png = page.ask("Page.captureScreenshot", with("format", "png")).getString("data");
    Files.write(file, Base64.getDecoder().decode(png));
  }

  /**
   * Returns what the page complained about since this was asked last: uncaught errors, what scripts
   * wrote to the console as error or warning, what the browser itself refused or could not load.
   */
  List<String> complaints() {
    List<String> all = new ArrayList<>();
    for (String one = complaints.poll(); one != null; one = complaints.poll()) {
      all.add(one);
    }
    return all;
  }

  private void note(JsonObject event) {
    JsonObject said = event.getJsonObject("params");
    switch (event.getString("method")) {
      case "Runtime.exceptionThrown" -> complaints.add(said.toString());
      case "Runtime.consoleAPICalled" -> noteIfBad(said.getString("type"), said);
      case "Log.entryAdded" -> noteIfBad(said.getJsonObject("entry").getString("level"), said);
      default -> {
        // Of no interest here.
      }
    }
  }

  private void noteIfBad(String level, JsonObject said) {
    if (List.of("error", "warning", "assert").contains(level)) {
      complaints.add(said.toString());
    }
  }

  private static JsonObject with(String name, String value) {
    JsonObjectBuilder parameters = Json.createObjectBuilder();
    return parameters.add(name, value).build();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    page.close();
    process.destroy();
    try {
      process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
