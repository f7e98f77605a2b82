package dev.mhs.server;

import dev.mhs.core.plugin.Providers;
import dev.mhs.server.config.Configuration;
import dev.mhs.server.config.Problems;
import dev.mhs.server.config.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts MHS in the foreground. What keeps it from starting is said in one sentence each on the
 * standard error, and the exit code is 1.
 */
public final class Main {
  private static final int CANNOT_START = 1;

  private Main() {}

  /**
   * Starts MHS and returns when it was asked to end.
   *
   * @param arguments none are taken
   */
  public static void main(String[] arguments) {
    if (arguments.length > 0) {
      refuse(List.of("MHS takes no arguments; it is configured by mhs.yaml and variables."));
      return;
    }
    switch (Configuration.load(System.getenv(), Path.of("").toAbsolutePath())) {
      case Problems problems -> refuse(problems.sentences());
      case Settings settings -> run(settings);
    }
  }

  private static void run(Settings settings) {
    Logs.configure(settings.logLevel());
    try {
      Program program = Program.start(settings, Providers.load(settings.pluginsFolder()));
      Thread end = Thread.ofPlatform().name("mhs-end").unstarted(program::close);
      Runtime.getRuntime().addShutdownHook(end);
      System.out.println("MHS is at " + program.address());
      program.awaitEnd();
    } catch (CannotStart reason) {
      refuse(List.of(String.valueOf(reason.getMessage())));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private static void refuse(List<String> sentences) {
    sentences.forEach(System.err::println);
    System.exit(CANNOT_START);
  }
}
