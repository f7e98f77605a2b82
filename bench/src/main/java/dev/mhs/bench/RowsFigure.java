package dev.mhs.bench;

import dev.mhs.bench.router.ConnectionRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What reading a connection table costs, from the bytes of the answer to the usage of each device,
 * in a process with the heap of a small installation: one that does not fit in there ends it.
 */
final class RowsFigure implements Figure {
  private static final List<String> SMALL =
      List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** With a browser open a table is read every 2 s, and MHS may use 0.9 % of a core in all. */
  private static final double USUAL_MILLIS = 18;

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    measure(workshop, 1_000, USUAL_MILLIS, table);
    measure(workshop, 20_000, null, table);
  }

  private static void measure(
      Workshop workshop, int rows, @Nullable Double budget, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    workshop.say("Reading %d connections in a heap of 64 MB ...".formatted(rows));
    List<Double> millis = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (String line : run(workshop, rows)) {
      String[] figures = line.split(" ", -1);
      millis.add(Double.parseDouble(figures[0]));
      megabytes.add(Double.parseDouble(figures[1]));
    }
    String what = "one look at %,d connections".formatted(rows).replace(',', ' ');
    table.accept(new Measurement(what + ", CPU", Unit.CPU_MILLISECONDS, millis, budget));
    table.accept(new Measurement(what + ", allocated", Unit.MEGABYTES, megabytes, null));
  }

  private static List<String> run(Workshop workshop, int rows)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(workshop.product().javaHome().resolve("bin/java").toString());
    command.addAll(SMALL);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ConnectionRows.class.getName(), Integer.toString(rows)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines = process.inputReader().lines().toList();
    if (process.waitFor() != 0) {
      throw new IOException(rows + " connections cannot be read in a heap of 64 MB");
    }
    return lines;
  }
}
