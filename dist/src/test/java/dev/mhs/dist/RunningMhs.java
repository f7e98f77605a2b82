package dev.mhs.dist;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * MHS as a person starts it, by {@code ./mhs run}, inside one machine of a {@link Home}. It is
 * asked from inside too: a link to the machine that runs the test would be one more network to look
 * at.
 */
final class RunningMhs implements AutoCloseable {
  private static final Path PROJECT = Path.of(System.getProperty("mhs.root")).normalize();
  private static final String ADDRESS = "http://localhost:8000";
  private static final Duration START = Duration.ofSeconds(60);

  private final Namespace namespace;
  private final Process process;
  private final Path log;

  private RunningMhs(Namespace namespace, Process process, Path log) {
    this.namespace = namespace;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it and waits until it says where it is.
   *
   * @param folder takes its data and its log
   * @param settings environment variables
   */
  static RunningMhs start(Member where, Path folder, Map<String, String> settings)
      throws InterruptedException {
    Path log = folder.resolve("mhs.log");
    RunningMhs mhs =
        new RunningMhs(
            where.namespace(),
            where
                .namespace()
                .start(
                    log,
                    environment(folder, settings),
                    PROJECT.resolve("mhs").toString(),
                    "run",
                    // The build that runs this test has just made the image.
                    "--no-build"),
            log);
    try {
      Await.until("MHS says where it is: " + mhs.log(), START, mhs::address);
    } catch (AssertionError e) {
      mhs.process.destroyForcibly();
      throw new AssertionError("MHS did not start: " + mhs.log(), e);
    }
    return mhs;
  }

  /** Keeps out whatever the developer's own mhs.yaml, .env and data say. */
  private static Map<String, String> environment(Path folder, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MHS_CONFIG", emptyConfiguration(folder).toString());
    environment.put("MHS_DATA_DIR", folder.resolve("data").toString());
    environment.put("MHS_PLUGINS_DIR", folder.resolve("plugins").toString());
    environment.put("ROUTER_HOST", "");
    environment.put("SWITCH_HOST", "");
    environment.put("APP_PORT", "8000");
    environment.putAll(settings);
    return environment;
  }

  private static Path emptyConfiguration(Path folder) {
    try {
      return Files.writeString(folder.resolve("mhs.yaml"), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> address() {
    if (!process.isAlive()) {
      throw new Command.CommandFailed("it ended with " + process.exitValue());
    }
    return log().lines().filter(line -> line.contains("MHS is at " + ADDRESS)).findFirst();
  }

  /** Returns what it printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a page and returns its text. */
  String get(String path) {
    return namespace
        .command("curl", "--silent", "--show-error", "--fail-with-body", "--max-time", "10")
        .with(ADDRESS + path)
        .run();
  }

  /** Asks for a JSON document. */
  JsonObject json(String path) {
    try (JsonReader reader = Json.createReader(new StringReader(get(path)))) {
      return reader.readObject();
    }
  }

  /** Asks it to end and tells with which code it did; it has 5 s. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      throw new AssertionError("MHS did not end within 5 s of SIGTERM: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
