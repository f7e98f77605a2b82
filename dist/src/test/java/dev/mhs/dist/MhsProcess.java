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

/**
 * The built image, started on loopback the way {@code ./mhs run} does it, in a folder of its own
 * and without any setting but the test's. Nothing is looked for in any network.
 */
final class MhsProcess implements AutoCloseable {
  /** The run image of this build. */
  static final Path IMAGE =
      Path.of(System.getProperty("mhs.root"), "dist/target/mhs").normalize().toAbsolutePath();

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");
  private static final Pattern ADDRESS = Pattern.compile("^MHS is at (https?://\\S+:(\\d+))$");
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration END = Duration.ofSeconds(5);

  private final Process process;
  private final Path out;
  private final Path err;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * How MHS ended.
   *
   * @param code the exit code
   * @param out what it printed on the standard output
   * @param err what it printed on the standard error, line by line
   */
  record Ending(int code, String out, List<String> err) {}

  private MhsProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it and waits until it says where it is.
   *
   * @param folder its working folder: takes its data, its plugins and its output; its {@code
   *     mhs.yaml}, if there is one, is read
   * @param settings variables beyond those that keep it to itself
   */
  static MhsProcess start(Path folder, Map<String, String> settings) throws InterruptedException {
    return started(launch(folder, settings));
  }

  /**
   * The same for a release that was unpacked, by its own script.
   *
   * @param release its folder
   */
  static MhsProcess start(Path release, Path folder, Map<String, String> settings)
      throws InterruptedException {
    List<String> words = List.of(release.resolve("bin/mhs").toString(), "run");
    return started(launch(words, folder, settings));
  }

  private static MhsProcess started(MhsProcess mhs) throws InterruptedException {
    try {
      Await.until("MHS says where it is", START, mhs::addressIfRunning);
      return mhs;
    } catch (AssertionError e) {
      mhs.close();
      throw new AssertionError("MHS did not start: " + mhs.log(), e);
    }
  }

  /** Starts it, expecting that it does not stay, and tells how it ended. */
  static Ending refused(Path folder, Map<String, String> settings) throws InterruptedException {
    return ended(folder, settings);
  }

  /** Runs it with arguments to its end, and tells how that was. */
  static Ending ended(Path folder, Map<String, String> settings, String... arguments)
      throws InterruptedException {
    try (MhsProcess mhs = launch(folder, settings, arguments)) {
      if (!mhs.process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("MHS started all the same: " + read(mhs.out) + mhs.log());
      }
      return mhs.ending();
    }
  }

  private static MhsProcess launch(Path folder, Map<String, String> settings, String... arguments) {
    List<String> words = new ArrayList<>(List.of(JAVA.toString(), "@" + IMAGE + "/jvm.options"));
    words.addAll(List.of("-Xlog:disable", "-Xlog:all=error:stderr"));
    words.addAll(List.of("-jar", IMAGE.resolve("mhs.jar").toString()));
    words.addAll(List.of(arguments));
    return launch(words, folder, settings);
  }

  private static MhsProcess launch(List<String> words, Path folder, Map<String, String> settings) {
    Path out = folder.resolve("out.log");
    Path err = folder.resolve("err.log");
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(alone(folder));
    builder.environment().putAll(settings);
    try {
      return new MhsProcess(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> alone(Path folder) {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "LANG", "C.UTF-8",
        "MHS_CONFIG", configuration(folder).toString(),
        "MHS_DATA_DIR", folder.resolve("data").toString(),
        "MHS_PLUGINS_DIR", folder.resolve("plugins").toString(),
        "MHS_LOCAL_SCAN", "passive",
        "ROUTER_HOST", "",
        "APP_HOST", "127.0.0.1",
        "APP_PORT", "0");
  }

  /** Names one in any case, for otherwise that of the machine would be read. */
  private static Path configuration(Path folder) {
    Path file = folder.resolve("mhs.yaml");
    try {
      return Files.exists(file) ? file : Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Matcher> addressIfRunning() {
    if (!process.isAlive()) {
      throw new Command.CommandFailed("it ended with " + process.exitValue());
    }
    return read(out).lines().map(ADDRESS::matcher).filter(Matcher::matches).findFirst();
  }

  /** Returns where it is, such as {@code http://127.0.0.1:41234}. */
  String address() {
    return addressIfRunning().orElseThrow().group(1);
  }

  /** Returns the port on which it listens. */
  String port() {
    return addressIfRunning().orElseThrow().group(2);
  }

  /** Asks for a JSON document. */
  JsonObject json(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path)).timeout(END).build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answers " + answer.statusCode() + ": " + answer.body());
    }
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  /** Returns the files that it has mapped, as proc(5) lists them. */
  String maps() {
    return read(Path.of("/proc", String.valueOf(process.pid()), "maps"));
  }

  /** Returns what it logged so far. */
  String log() {
    return read(err);
  }

  /** Asks it to end by SIGTERM, for which it has 5 s, and tells how it did. */
  Ending stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("MHS did not end within 5 s of SIGTERM: " + log());
    }
    return ending();
  }

  private Ending ending() {
    return new Ending(process.exitValue(), read(out), log().lines().toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
