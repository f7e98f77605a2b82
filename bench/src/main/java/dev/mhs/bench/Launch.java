package dev.mhs.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server to be started: on loopback, on a free port, sending nothing to any network, with data
 * and plugins in a folder of its own.
 *
 * @param command the program and its arguments
 * @param folder where everything that it reads and writes lies
 * @param javaHome the Java for a program that looks for one
 */
record Launch(List<String> command, Path folder, Path javaHome) {
  private static final Pattern ADDRESS = Pattern.compile("MHS is at (http://\\S+)");
  private static final List<String> KEPT =
      List.of("PATH", "HOME", "LANG", "TMPDIR", "MHS_JAVA_OPTIONS");
  private static final long PATIENCE_SECONDS = 60;

  /** Starts it and returns as soon as it says where it is. */
  RunningServer start() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
    builder.environment().keySet().retainAll(KEPT);
    builder.environment().putAll(settings());
    Process process = builder.start();
    try {
      return new RunningServer(process, address(process), log);
    } catch (ExecutionException | TimeoutException failure) {
      process.destroyForcibly().waitFor();
      throw new IOException("The server does not start: " + Files.readString(log), failure);
    }
  }

  private Map<String, String> settings() throws IOException {
    Path file = folder.resolve("mhs.yaml");
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return Map.of(
        "MHS_CONFIG", file.toString(),
        "MHS_JAVA_HOME", javaHome.toString(),
        "MHS_DATA_DIR", folder.resolve("data").toString(),
        "MHS_PLUGINS_DIR", folder.resolve("plugins").toString(),
        "MHS_LOCAL_SCAN", "passive",
        "MHS_SERVER_CONNECTIONS_PER_ADDRESS", "2000", // all clients have the same
        "APP_HOST", "127.0.0.1",
        "APP_PORT", "0",
        "ROUTER_HOST", "",
        "SWITCH_HOST", "");
  }

  private static URI address(Process process)
      throws ExecutionException, InterruptedException, TimeoutException {
    FutureTask<URI> reading = new FutureTask<>(() -> readAddress(process));
    Thread.ofPlatform().daemon().name("bench-reads-address").start(reading);
    return reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waking up by this line disturbs the start less than asking again and again would. */
  private static URI readAddress(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher address = ADDRESS.matcher(line);
      if (address.find()) {
        return URI.create(address.group(1));
      }
    }
    throw new IOException("it ended without saying where it is");
  }
}
