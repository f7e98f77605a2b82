package dev.mhs.source.local.read;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs as processes of this machine. The caller can be interrupted at any time, which a
 * thread that is blocked in reading a pipe cannot.
 */
public final class ProcessRunner implements CommandRunner {
  private static final long STEP_MILLIS = 20; // how long a full pipe may hold the program up
  private static final int ENOUGH = 4 << 20; // 20 times what the largest neighbor cache prints

  private static final int MOST_COMPLAINT = 4096;

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
  public Outcome run(List<String> command) throws InterruptedException {
    Process process;
    try {
      process = start(command);
    } catch (IOException notThere) {
      return new Outcome.Failed(command.getFirst() + " cannot be run: " + notThere.getMessage());
    }
    try (InputStream printed = process.getInputStream();
        InputStream complaints = process.getErrorStream()) {
      return finish(process, printed, complaints);
    } catch (IOException brokenPipe) {
      return new Outcome.Failed(command.getFirst() + " broke off: " + brokenPipe.getMessage());
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private Outcome finish(Process process, InputStream printed, InputStream complaints)
      throws IOException, InterruptedException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    long steps = Math.max(1, longest.toMillis() / STEP_MILLIS);
    boolean ended = false;
    for (long step = 0; step < steps && !ended && text.size() < ENOUGH; step++) {
      ended = process.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS);
      text.write(printed.readNBytes(printed.available()));
      keepSome(complaints.readNBytes(complaints.available()), complaint);
    }
    if (!ended) {
      return new Outcome.Failed(
          text.size() < ENOUGH ? "no answer within " + longest.toMillis() + " ms" : "no end");
    }
    if (process.exitValue() != 0) {
      keepSome(complaints.readNBytes(MOST_COMPLAINT), complaint);
      return new Outcome.Failed(reason(process.exitValue(), complaint));
    }
    text.write(printed.readAllBytes());
    return new Outcome.Printed(text.toString(StandardCharsets.UTF_8));
  }

  private static void keepSome(byte[] more, ByteArrayOutputStream complaint) {
    complaint.write(more, 0, Math.min(more.length, MOST_COMPLAINT - complaint.size()));
  }

  private static String reason(int exitCode, ByteArrayOutputStream complaint) {
    return complaint
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("exit code " + exitCode);
  }
}
