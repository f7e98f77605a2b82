package dev.mhs.demo;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.server.tls.SelfMade;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.world.Household;
import dev.mhs.simulator.world.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Plays a household from yesterday on, writes its yesterday into the history, and stays for as long
 * as the process does that it is played for. Then the folder is removed.
 */
public final class StandIn {
  /** What MHS is to be started with, one variable for each line; there once all is ready. */
  static final String SETTINGS = "settings";

  private static final Duration YESTERDAY = Duration.ofHours(24);

  private StandIn() {}

  /**
   * Plays.
   *
   * @param arguments a folder of its own, and the id of the process for which it is played
   */
  public static void main(String[] arguments) throws IOException {
    Logger.getLogger("").setLevel(Level.WARNING);
    Path folder = Path.of(arguments[0]);
    ProcessHandle audience = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
    try (Scene scene = Scene.begin(folder, YESTERDAY)) {
      scene.tell();
      audience.onExit().join();
    } finally {
      remove(folder);
    }
  }

  /** All that is played. */
  record Scene(Path folder, Simulator simulator, Controls controls) implements AutoCloseable {
    /**
     * Plays the past and begins the present.
     *
     * @param folder takes MHS's data folder
     * @param back how far the past reaches
     */
    static Scene begin(Path folder, Duration back) {
      SystemTime time = new SystemTime();
      PlayedClock clock = new PlayedClock(time, back);
      Instant began = time.instant();
      Simulator simulator =
          new Simulator(
              Scenario.usual().with(Household.EVERYDAY).withNights(ZoneId.systemDefault()),
              clock,
              Simulator.Ports.FREE,
              SelfMade::forLoopback);
      new Past(simulator.world(), clock).playInto(folder.resolve("data"));
      System.err.printf(
          "Played a day of a household with %d devices in %.0f s.%n",
          Household.EVERYDAY.size(), Duration.between(began, time.instant()).toMillis() / 1000.0);
      return new Scene(folder, simulator, new Controls(simulator));
    }

    /** Writes down where everything is: whole, or not at all. */
    void tell() throws IOException {
      Path unfinished = folder.resolve(SETTINGS + ".new");
      Files.write(
          unfinished,
          List.of(
              "ROUTER_HOST=" + simulator.router().host(),
              "ROUTER_USER=" + Simulator.USER.name(),
              "ROUTER_PASS=" + Simulator.USER.password(),
              "SWITCH_HOST=" + simulator.switchBox().host(),
              "SWITCH_USER=" + Simulator.USER.name(),
              "SWITCH_PASS=" + Simulator.USER.password(),
              "MHS_SERVER_DEMO=" + controls.address()));
      Files.move(unfinished, folder.resolve(SETTINGS), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
      controls.close();
      simulator.close();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    }
  }
}
