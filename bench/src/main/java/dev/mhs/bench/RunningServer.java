package dev.mhs.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A server that was started here, and that ends when this is closed or the benchmarks end.
 *
 * @param process its process
 * @param address where it is
 * @param log where its standard error goes
 */
record RunningServer(Process process, URI address, Path log) implements AutoCloseable {
  private static final long ENDING_SECONDS = 10;

  RunningServer {
    Process started = process;
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(started::destroyForcibly));
  }

  /** Fetches the dashboard and checks that it came whole. */
  void fetchPage(HttpClient http) throws IOException, InterruptedException {
    HttpResponse<String> page =
        http.send(
            HttpRequest.newBuilder(address.resolve("/")).build(),
            HttpResponse.BodyHandlers.ofString());
    if (page.statusCode() != 200 || !page.body().stripTrailing().endsWith("</html>")) {
      throw new IOException("no page came from " + address + " but " + page);
    }
  }

  /** Returns what it has cost so far; throws with its last words when it has ended. */
  ProcessCost cost() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "the server ended with exit code " + process.exitValue() + ": " + lastWords());
    }
    return ProcessCost.of(process.pid());
  }

  private String lastWords() throws IOException {
    String said = String.join(" ", process.inputReader().lines().toList());
    return (said + " " + Files.readString(log)).strip();
  }

  /** Asks it to end, and waits. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurried) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
