package dev.mhs.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A clone as it is after {@code ./mhs build}: the real scripts and the image of this build, in a
 * folder of the test's own. What is run in it asks no network and listens on loopback.
 */
final class BuiltClone implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("^MHS is at (http\\S+)$", Pattern.MULTILINE);

  /** What a build makes, beside its archives. */
  private static final List<String> PARTS = List.of("mhs", "kit");

  private static final Duration START = Duration.ofSeconds(60);

  /** Says that what is there was built of what is there, and that a faster start was tried. */
  private static final String STAMP =
      """
      root=$PWD image=$PWD/dist/target/mhs java_home=
      use() { . "$root/dist/src/main/sh/$1.sh"; }
      use jdk; use build; use archive
      find_java run; name_archive
      : >"$archive"
      mkdir -p .mvn mhs-api mhs-core mhs-server mhs-simulator mhs-demo mhs-source-any
      touch pom.xml dist/pom.xml
      sources >"$stamp"
      """;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private BuiltClone(Path folder) {
    this.folder = folder;
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("MHS_JAVA_HOME", System.getProperty("java.home"));
    environment.put("MHS_LOCAL_SCAN", "passive");
    environment.put("MHS_LOCAL_COUNTING", "off");
    environment.put("ROUTER_HOST", "");
    environment.put("APP_HOST", "127.0.0.1");
    environment.put("APP_PORT", "0");
  }

  /** Puts what a clone holds of scripts and templates into a folder. */
  static void copySources(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("dist/src/main"));
    for (String each : List.of("mhs", ".env.example", "dist/install.sh", "dist/src/main/sh")) {
      Command.of("cp", "-R", Markdown.PROJECT.resolve(each).toString())
          .with(folder.resolve(each).toString())
          .run();
    }
  }

  /** Builds, as it were, in a folder that holds a clone's sources. */
  static BuiltClone in(Path folder) throws IOException {
    BuiltClone clone = new BuiltClone(folder);
    Path target = Files.createDirectories(folder.resolve("dist/target"));
    for (String part : PARTS) {
      Files.createSymbolicLink(target.resolve(part), MhsProcess.IMAGE.resolveSibling(part));
    }
    Files.writeString(folder.resolve("mhs.yaml"), "");
    Files.writeString(folder.resolve(".curlrc"), "silent\nshow-error\nfail\nmax-time = 20\n");
    clone.run(STAMP);
    return clone;
  }

  Path folder() {
    return folder;
  }

  void set(String variable, String value) {
    environment.put(variable, value);
  }

  /** Runs a line of shell to its end, and returns what it printed. */
  String run(String line) {
    return inside(line).run();
  }

  private Command inside(String line) {
    Command alone = Command.of("env", "-i", "-C", folder.toString());
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      alone = alone.with(variable.getKey() + "=" + variable.getValue());
    }
    return alone.with("sh", "-euc", line);
  }

  /** Starts what stays, and waits until it says where it is. */
  Started start(String line) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "started", ".log");
    // The shell would be in the way of the signal that ends it.
    Process process = inside("exec " + line).start(log, Map.of());
    try {
      String address = Await.until("it says where it is", START, () -> address(process, log));
      return new Started(process, address);
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw new AssertionError(line + " did not start: " + Files.readString(log), e);
    }
  }

  private static Optional<String> address(Process process, Path log) throws IOException {
    if (!process.isAlive()) {
      throw new Command.CommandFailed("it ended with " + process.exitValue());
    }
    Matcher said = ADDRESS.matcher(Files.readString(log));
    return said.find() ? Optional.of(said.group(1)) : Optional.empty();
  }

  /** Takes out what was built, which is not the clone's own. */
  @Override
  public void close() throws IOException {
    for (String part : PARTS) {
      Files.delete(folder.resolve("dist/target").resolve(part));
    }
  }

  /**
   * What was started and stays until it is closed.
   *
   * @param process the program
   * @param address where its page is
   */
  record Started(Process process, String address) implements AutoCloseable {
    /** Ends it as Ctrl-C does. */
    @Override
    public void close() {
      process.destroy();
      process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }
}
