package dev.mhs.server;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.plugin.Providers;
import dev.mhs.server.config.Configuration;
import dev.mhs.server.config.Problems;
import dev.mhs.server.config.Settings;
import dev.mhs.server.doctor.Doctor;
import java.nio.file.Path;
import java.util.List;

/**
 * Starts MHS in the foreground, or examines its sources. What keeps it from starting is said in one
 * sentence each on the standard error, and the exit code is 1.
 */
public final class Main {
  private static final int CANNOT_START = 1;
  private static final String DOCTOR = "doctor";
  private static final String IN_COLOURS = "--colours";

  private Main() {}

  /**
   * Starts MHS and returns when it was asked to end; or asks every configured source once, prints
   * what works, and ends with the exit code 1 when something does not.
   *
   * @param arguments none, or {@code doctor}, or {@code doctor --colours}
   */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    boolean isDoctor = words.equals(List.of(DOCTOR)) || words.equals(List.of(DOCTOR, IN_COLOURS));
    if (!words.isEmpty() && !isDoctor) {
      refuse(
          List.of(
              "MHS takes no arguments but \"doctor\"; it is configured by mhs.yaml and variables."));
      return;
    }
    switch (Configuration.load(System.getenv(), Path.of("").toAbsolutePath())) {
      case Problems problems -> refuse(problems.sentences());
      case Settings settings when isDoctor -> examine(settings, words.contains(IN_COLOURS));
      case Settings settings -> run(settings);
    }
  }

  private static void examine(Settings settings, boolean inColours) {
    Logs.configure(System.Logger.Level.ERROR); // the doctor tells the rest itself
    try (Providers providers = Providers.load(settings.pluginsFolder())) {
      Doctor doctor = new Doctor(settings, providers, new SystemTime());
      System.exit(doctor.examine(System.out, inColours) ? 0 : CANNOT_START);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
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
