package dev.mhs.bench;

import dev.mhs.bench.lab.Lab;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The memory that the process occupies where it looks for itself: it sweeps by every means that is
 * installed, asks for names, and counts in the kernel. In network namespaces: it takes root.
 */
final class LookoutFigure implements Figure {
  private static final int MEMBERS = 50;
  private static final double BUDGET_MEGABYTES = 90;
  private static final int READINGS = 5;
  private static final Duration ALONE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      workshop.say("What looking for devices costs is not measured: its namespaces take root.");
      return;
    }
    try (Lab lab = Lab.of(workshop.product().root(), MEMBERS)) {
      lab.plug(true);
      try (RunningServer server = workshop.onRouter(lab, "active", "auto")) {
        workshop.say("It looks at 50 devices for " + ALONE.toSeconds() + " s ...");
        workshop.let(ALONE);
        List<Double> samples = new ArrayList<>();
        for (int reading = 0; reading < READINGS; reading++) {
          samples.add(server.cost().residentBytes() / 1e6);
          workshop.let(BETWEEN_READINGS);
        }
        table.accept(
            new Measurement(
                "memory (RSS), local source, 50 devices",
                Unit.MEGABYTES,
                samples,
                BUDGET_MEGABYTES));
      }
    }
  }
}
