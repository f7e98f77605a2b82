package dev.mhs.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long a push is for a page that asks for what changed only, as it comes and as gzip. */
final class DeltaFigure implements Figure {
  private static final List<Integer> SIZES = List.of(50, 250, 500);
  private static final double BUDGET = 6; // thousand bytes at 250 devices
  private static final Duration WHILE = Duration.ofSeconds(24);
  private static final int FIRST = 2; // the whole state, and the first rates of all

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    for (int size : SIZES) {
      try (RunningServer server = workshop.household(size)) {
        workshop.say("Weighing what %d devices change ...".formatted(size));
        workshop.let(WHILE);
        for (String mode : List.of(LiveClient.DELTAS, LiveClient.PAGE)) {
          table.accept(
              new Measurement(
                  "one push, %d devices, what changed%s"
                      .formatted(size, mode.equals(LiveClient.PAGE) ? ", gzip" : ""),
                  Unit.KILOBYTES,
                  weigh(workshop, server, mode),
                  budget(size)));
        }
      }
    }
  }

  private static @Nullable Double budget(int size) {
    return size == 250 ? (Double) BUDGET : null;
  }

  private static List<Double> weigh(Workshop workshop, RunningServer server, String mode)
      throws IOException, InterruptedException {
    List<Double> sizes = new CopyOnWriteArrayList<>();
    try (LiveClient client = LiveClient.connect(server.address(), mode)) {
      Thread.ofVirtual()
          .name("bench-weighs")
          .start(() -> client.listenUntilClosed(bytes -> sizes.add(bytes / 1e3)));
      workshop.let(WHILE);
    }
    if (sizes.size() <= FIRST) {
      throw new IOException("nothing was pushed");
    }
    return sizes.subList(FIRST, sizes.size());
  }
}
