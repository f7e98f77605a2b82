package dev.mhs.source.local.read;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs as processes of this machine. The caller can be interrupted at any time, which a
 * thread that is blocked in reading a pipe cannot.
 */
public final class ProcessRunner implements CommandRunner {
  private static final long STEP_MILLIS = 20; // how long a full pipe may hold the program up
  private static final int ENOUGH = 4 << 20; // 20 times what the largest neighbor cache prints

  private final Duration longest;

  /**
   * Makes a runner.
   *
   * @param longest how long a program may take
   */
  public ProcessRunner(Duration longest) {
    this.longest = longest;
  }

  @Override
  public Optional<String> run(List<String> command) throws InterruptedException {
    Process process;
    try {
      process = start(command);
    } catch (IOException notThere) {
      return Optional.empty();
    }
    try (InputStream printed = process.getInputStream()) {
      return finish(process, printed);
    } catch (IOException brokenPipe) {
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private Optional<String> finish(Process process, InputStream printed)
      throws IOException, InterruptedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    long steps = Math.max(1, longest.toMillis() / STEP_MILLIS);
    boolean ended = false;
    for (long step = 0; step < steps && !ended && text.size() < ENOUGH; step++) {
      ended = process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
      text.write(printed.readNBytes(printed.available()));
    }
    if (!ended || process.exitValue() != 0) {
      return Optional.empty();
    }
    text.write(printed.readAllBytes());
    return Optional.of(text.toString(StandardCharsets.UTF_8));
  }
}
