package dev.mhs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The memory that the process occupies: alone after two minutes, then with many clients. */
final class MemoryFigure implements Figure {
  private static final Map<Integer, Double> BUDGETS_ALONE = Map.of(50, 90.0, 500, 100.0);
  private static final Map<Integer, Double> BUDGETS_CROWDED = Map.of(50, 100.0, 500, 115.0);
  private static final int CLIENTS = 100;
  private static final int READINGS = 5;
  private static final Duration ALONE = Duration.ofMinutes(2);
  private static final Duration CROWDED = Duration.ofSeconds(30);
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    try (Households households = Households.start(workshop, List.of(50, 500))) {
      workshop.say("Leaving 50 and 500 devices alone for " + ALONE.toSeconds() + " s ...");
      workshop.let(ALONE);
      read(workshop, households, "no client", BUDGETS_ALONE).forEach(table);
      workshop.say(CLIENTS + " clients look at each for " + CROWDED.toSeconds() + " s ...");
      try (Households.Crowd crowd = households.open(CLIENTS)) {
        workshop.let(CROWDED);
        read(workshop, households, CLIENTS + " clients", BUDGETS_CROWDED).forEach(table);
        crowd.requireAll();
      }
    }
  }

  /** Reads a few times, for a collection of garbage may lie between. */
  private static List<Measurement> read(
      Workshop workshop, Households households, String who, Map<Integer, Double> budgets)
      throws IOException, InterruptedException {
    Map<Integer, List<Double>> readings = new LinkedHashMap<>();
    for (int reading = 0; reading < READINGS; reading++) {
      households
          .costs()
          .forEach(
              (size, cost) ->
                  readings
                      .computeIfAbsent(size, none -> new ArrayList<>())
                      .add(cost.residentBytes() / 1e6));
      workshop.let(BETWEEN_READINGS);
    }
    List<Measurement> all = new ArrayList<>();
    readings.forEach(
        (size, samples) ->
            all.add(
                new Measurement(
                    "memory (RSS), " + size + " devices, " + who,
                    Unit.MEGABYTES,
                    samples,
                    budgets.get(size))));
    return all;
  }
}
