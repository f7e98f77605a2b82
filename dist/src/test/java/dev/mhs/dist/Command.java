package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program with its arguments, to be run to its end or started in the background.
 *
 * @param words the program and its arguments
 * @param deadline how long it may take to its end
 */
record Command(List<String> words, Duration deadline) {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  Command {
    words = List.copyOf(words);
  }

  Command(List<String> words) {
    this(words, DEADLINE);
  }

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /** Returns this command with more arguments. */
  Command with(String... more) {
    return new Command(Stream.concat(words.stream(), Stream.of(more)).toList(), deadline);
  }

  /** Returns this command with another deadline than a minute. */
  Command within(Duration time) {
    return new Command(words, time);
  }

  /**
   * Runs it to its end.
   *
   * @return what it printed, both streams
   * @throws CommandFailed when it ends with another code than 0 or not in time
   */
  String run() {
    Result result = result();
    if (result.code() != 0) {
      throw new CommandFailed(words + " ended with " + result.code() + ": " + result.output());
    }
    return result.output();
  }

  /** Runs it to its end and tells how that was. */
  Result result() {
    try {
      Path output = Files.createTempFile("mhs-command", ".log");
      try {
        Process process = start(output, Map.of());
        if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new CommandFailed(words + " did not end: " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(words + " was interrupted");
    }
  }

  /**
   * Starts it in the background.
   *
   * @param output the file that takes what it prints, both streams
   * @param environment variables added to those of this JVM
   */
  Process start(Path output, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile()).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a command ended, and what it printed. */
  record Result(int code, String output) {}

  /** A command that a test cannot do without did not do its work. */
  static final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailed(String message) {
      super(message);
    }
  }
}
