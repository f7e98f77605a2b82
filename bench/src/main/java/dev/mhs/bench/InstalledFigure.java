package dev.mhs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The memory that the installed form occupies: its own runtime and class-data archive. */
final class InstalledFigure implements Figure {
  private static final int DEVICES = 50;
  private static final double BUDGET_MEGABYTES = 90;
  private static final int READINGS = 5;
  private static final Duration ALONE = Duration.ofMinutes(1);
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    List<String> command = workshop.product().installedCommand();
    try (RunningServer server = workshop.household(DEVICES, command)) {
      workshop.say("Leaving the installed form alone for " + ALONE.toSeconds() + " s ...");
      workshop.let(ALONE);
      List<Double> readings = new ArrayList<>();
      for (int reading = 0; reading < READINGS; reading++) {
        readings.add(server.cost().residentBytes() / 1e6);
        workshop.let(BETWEEN_READINGS);
      }
      table.accept(
          new Measurement(
              "memory (RSS), installed, " + DEVICES + " devices",
              Unit.MEGABYTES,
              readings,
              BUDGET_MEGABYTES));
    }
  }
}
