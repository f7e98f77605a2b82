package dev.mhs.server;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.core.plugin.Providers;
import dev.mhs.server.config.Configuration;
import dev.mhs.server.config.Problems;
import dev.mhs.server.config.Settings;
import dev.mhs.server.doctor.Doctor;
import dev.mhs.server.security.TokenCommand;
import dev.mhs.server.service.ServiceManager;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts MHS in the foreground, or does what the first argument says. What keeps it from that is
 * said in one sentence each on the standard error, and the exit code is 1.
 */
public final class Main {
  private static final int CANNOT_START = 1;
  private static final String IN_COLOURS = "--colours";

  private Main() {}

  /**
   * Starts MHS and returns when it was asked to end; or asks every configured source once, prints
   * what works, and ends with the exit code 1 when something does not; or manages tokens.
   *
   * @param arguments none; or {@code doctor}, or {@code doctor --colours}; or {@code token} and
   *     what about tokens
   */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
    switch (words.isEmpty() ? "" : words.getFirst()) {
      case "" -> configured(Main::run);
      case "token" -> configured(settings -> token(settings, rest));
      case "doctor" -> doctor(rest);
      default -> refuseArguments();
    }
  }

  private static void refuseArguments() {
    refuse(
        List.of(
            "MHS takes no arguments but \"doctor\" and \"token\"; it is configured by mhs.yaml and"
                + " variables."));
  }

  private static void configured(Consumer<Settings> command) {
    switch (Configuration.load(System.getenv(), Path.of("").toAbsolutePath())) {
      case Problems problems -> refuse(problems.sentences());
      case Settings settings -> command.accept(settings);
    }
  }

  private static void token(Settings settings, List<String> words) {
    try {
      boolean locked = settings.dashboard() != null;
      String address = settings.address(settings.server().port());
      new TokenCommand(settings.dataFolder(), locked, address, new SystemTime(), System.out)
          .run(words);
    } catch (TokenCommand.RefusedException reason) {
      refuse(List.of(String.valueOf(reason.getMessage())));
    }
  }

  private static void doctor(List<String> words) {
    boolean inColours = words.equals(List.of(IN_COLOURS));
    if (inColours || words.isEmpty()) {
      configured(settings -> examine(settings, inColours));
    } else {
      refuseArguments();
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
      try (ServiceManager manager = ServiceManager.of(System.getenv(), new SystemTime())) {
        program.onPublish(manager::alive);
        manager.ready(program.address());
        HeapKeeper heap = HeapKeeper.ofThisProcess(new SystemTime());
        program.onPublish(heap::look);
        program.awaitEnd();
      }
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
