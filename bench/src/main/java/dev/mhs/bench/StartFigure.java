package dev.mhs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How long a person waits for the first page: from the start of the process to the whole page. */
final class StartFigure implements Figure {
  private static final int RUNS = 7;

  /** What one start took: seconds on the wall, and seconds of processor time. */
  private record Taken(double seconds, double cpuSeconds) {}

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    Product product = workshop.product();
    measure(workshop, "./mhs run", product.runCommand(), 1.0).forEach(table);
    measure(workshop, "installed", product.installedCommand(), 0.6).forEach(table);
    measure(workshop, "java with archive", product.javaCommand(), 0.6).forEach(table);
  }

  private static List<Measurement> measure(
      Workshop workshop, String name, List<String> command, double budget)
      throws IOException, InterruptedException {
    workshop.say("Starting it " + (RUNS + 1) + " times by " + name + " ...");
    startOnce(workshop, command); // the files are in memory from then on
    List<Taken> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      runs.add(startOnce(workshop, command));
    }
    List<Double> seconds = runs.stream().map(Taken::seconds).toList();
    List<Double> cpuSeconds = runs.stream().map(Taken::cpuSeconds).toList();
    return List.of(
        new Measurement("start to first page, " + name, Unit.SECONDS, seconds, budget),
        new Measurement("CPU until then, " + name, Unit.SECONDS, cpuSeconds, null));
  }

  private static Taken startOnce(Workshop workshop, List<String> command)
      throws IOException, InterruptedException {
    Launch launch = workshop.launch(command);
    long begun = workshop.time().nanos();
    try (RunningServer server = launch.start()) {
      server.fetchPage(workshop.http());
      double seconds = (workshop.time().nanos() - begun) / 1e9;
      return new Taken(seconds, server.cost().cpu().toMillis() / 1e3);
    }
  }
}
