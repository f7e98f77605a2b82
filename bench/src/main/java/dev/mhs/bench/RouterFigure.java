package dev.mhs.bench;

import dev.mhs.bench.router.FiftyDevices;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What watching fifty devices costs their router, counted at the router. */
final class RouterFigure implements Figure {
  private static final Duration SETTLING = Duration.ofSeconds(45);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int WINDOWS = 3;
  private static final double REQUESTS_UNWATCHED = 0.5;
  private static final double CONNECTIONS = 2; // RestSession asks no more than two at a time

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    try (FiftyDevices router = new FiftyDevices(workshop.time())) {
      Launch launch = workshop.launch(workshop.product().javaCommand());
      Files.createDirectories(launch.folder());
      Files.writeString(launch.folder().resolve("mhs.yaml"), router.settings());
      try (RunningServer server = launch.start()) {
        workshop.say("Nobody watches fifty devices behind a router ...");
        workshop.let(SETTLING);
        count(workshop, server, router, "nobody watching", REQUESTS_UNWATCHED).forEach(table);
        workshop.say("One client watches them ...");
        try (LiveClients watching = LiveClients.open(server, 1, LiveClient.PAGE)) {
          workshop.let(SETTLING);
          count(workshop, server, router, "watched", null).forEach(table);
          watching.requireAll();
        }
        table.accept(
            new Measurement(
                "router, 50 devices, connections since the start",
                Unit.COUNT,
                List.of((double) router.connections()),
                CONNECTIONS));
      }
    }
  }

  private static List<Measurement> count(
      Workshop workshop,
      RunningServer server,
      FiftyDevices router,
      String scene,
      @Nullable Double budget)
      throws IOException, InterruptedException {
    List<Double> requests = new ArrayList<>();
    List<Double> kilobytes = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      long requestsBefore = router.requests();
      long bytesBefore = router.bytes();
      long begun = workshop.time().nanos();
      workshop.let(WINDOW);
      double seconds = (workshop.time().nanos() - begun) / 1e9;
      requests.add((router.requests() - requestsBefore) / seconds);
      kilobytes.add((router.bytes() - bytesBefore) / 1e3 / seconds * 60);
      server.cost(); // throws when it has ended
    }
    if (requests.contains(0.0)) {
      throw new IOException("the router was not asked at all");
    }
    String what = "router, 50 devices, " + scene;
    return List.of(
        new Measurement(what + ", requests", Unit.PER_SECOND, requests, budget),
        new Measurement(what + ", a minute", Unit.KILOBYTES, kilobytes, null));
  }
}
