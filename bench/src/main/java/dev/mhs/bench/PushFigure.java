package dev.mhs.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of a push every 2 s: all that the process uses, and what a push to clients
 * adds to a process at which nobody looks (asking the source more often included).
 */
final class PushFigure implements Figure {
  private static final List<Integer> SIZES = List.of(50, 250, 500);
  private static final int MANY = 100;
  private static final int WINDOWS = 3;
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration WINDOW = INTERVAL.multipliedBy(20);
  private static final Duration WARM_UP = Duration.ofSeconds(60);
  private static final Duration LINGERING = Duration.ofSeconds(16); // a request counts for 15 s

  /** What clients there are. */
  private record Audience(int clients, String path) {}

  /** What was measured of one size with one audience: parts of a core, by window. */
  private record Load(int devices, Audience audience, List<Double> ofCore) {}

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    try (Households households = Households.start(workshop, SIZES)) {
      workshop.say("Warming up with " + MANY + " clients for " + WARM_UP.toSeconds() + " s ...");
      try (Households.Crowd first = households.open(MANY)) {
        workshop.let(WARM_UP);
        first.requireAll();
      }
      List<List<Load>> watched = new ArrayList<>();
      for (Audience audience :
          List.of(
              new Audience(1, LiveClient.PAGE),
              new Audience(MANY, LiveClient.PAGE),
              new Audience(MANY, LiveClient.WHOLE))) {
        watched.add(watch(workshop, households, audience));
      }
      workshop.let(LINGERING);
      rows(windows(workshop, households, new Audience(0, "")), watched).forEach(table);
    }
  }

  private static List<Load> watch(Workshop workshop, Households households, Audience audience)
      throws IOException, InterruptedException {
    try (Households.Crowd crowd = households.open(audience.clients(), audience.path())) {
      workshop.let(INTERVAL.multipliedBy(3)); // connecting is not pushing
      List<Load> loads = windows(workshop, households, audience);
      crowd.requireAll();
      return loads;
    }
  }

  private static List<Load> windows(Workshop workshop, Households households, Audience audience)
      throws IOException, InterruptedException {
    workshop.say(
        "%d clients: measuring %d times %d s ..."
            .formatted(audience.clients(), WINDOWS, WINDOW.toSeconds()));
    Map<Integer, List<Double>> bySize = new LinkedHashMap<>();
    for (int window = 0; window < WINDOWS; window++) {
      Map<Integer, ProcessCost> before = households.costs();
      long begun = workshop.time().nanos();
      workshop.let(WINDOW);
      Map<Integer, ProcessCost> after = households.costs();
      double elapsed = workshop.time().nanos() - begun;
      after.forEach(
          (size, cost) ->
              bySize
                  .computeIfAbsent(size, none -> new ArrayList<>())
                  .add(cost.since(requireNonNull(before.get(size))).toNanos() / elapsed));
    }
    List<Load> loads = new ArrayList<>();
    bySize.forEach((size, parts) -> loads.add(new Load(size, audience, parts)));
    return loads;
  }

  private static List<Measurement> rows(List<Load> none, List<List<Load>> watched) {
    List<Measurement> rows = new ArrayList<>();
    none.forEach(load -> rows.add(inAll(load)));
    for (List<Load> loads : watched) {
      loads.forEach(load -> rows.add(inAll(load)));
    }
    for (List<Load> loads : watched) {
      for (int size = 0; size < loads.size(); size++) {
        rows.add(forOnePush(loads.get(size), inAll(none.get(size)).median() / 100));
      }
    }
    return rows;
  }

  private static Measurement inAll(Load load) {
    return new Measurement(
        "CPU in all, " + scene(load),
        Unit.PERCENT_OF_A_CORE,
        load.ofCore().stream().map(part -> part * 100).toList(),
        budget(load));
  }

  private static Measurement forOnePush(Load load, double unwatched) {
    return new Measurement(
        "CPU for one push, " + scene(load),
        Unit.CPU_MILLISECONDS,
        load.ofCore().stream().map(part -> (part - unwatched) * INTERVAL.toMillis()).toList(),
        null);
  }

  private static String scene(Load load) {
    return load.devices()
        + " devices, "
        + switch (load.audience().clients()) {
          case 0 -> "no client";
          case 1 -> "1 client";
          default -> load.audience().clients() + " clients";
        }
        + (load.audience().path().equals(LiveClient.WHOLE) ? ", all of it" : "");
  }

  private static @Nullable Double budget(Load load) {
    if (!load.audience().path().equals(LiveClient.PAGE)) {
      return null;
    }
    if (load.devices() == 50 && load.audience().clients() == 1) {
      return 0.9;
    }
    return load.devices() == 250 && load.audience().clients() == MANY ? (Double) 1.5 : null;
  }
}
