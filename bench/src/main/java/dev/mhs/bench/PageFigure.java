package dev.mhs.bench;

import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a push costs the page: the real page, in a real browser, on a server with made-up devices.
 * It is the processor time of the browser's main thread from one push to the next, in which it runs
 * scripts, lays out, paints and cleans up, so that other programs on the machine matter little.
 * What asking the browser for it costs is measured before, on an empty page, and left out.
 */
final class PageFigure implements Figure {
  private static final double BUDGET = 8; // ms at 500 devices
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration FIRST = Duration.ofSeconds(15); // code is not compiled yet
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final int PUSHES = 30;
  private static final int ASKINGS = 5;
  private static final List<String> KINDS =
      List.of("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration");

  /** Counts what the server sends, before the page hears of it. */
  private static final String COUNTER =
      """
      window.heard = 0;
      window.WebSocket = class extends WebSocket {
        constructor(...given) {
          super(...given);
          this.addEventListener('message', () => { window.heard += 1; });
        }
      };
      """;

  private static final String SEARCH =
      """
      {
        const field = document.querySelector('input[type=search]');
        field.value = 'apple';
        field.dispatchEvent(new Event('input'));
      }
      """;

  /** What is looked at, in words, and what a reader does to see it. */
  private record View(int devices, String words, String script, @Nullable Double budget) {}

  private static final List<View> VIEWS =
      List.of(
          new View(50, "50 devices", "0", null),
          new View(500, "500 devices", "0", BUDGET),
          new View(500, "500 devices, searched", SEARCH, BUDGET));

  /**
   * What the main thread spent so far.
   *
   * @param pushes how many it heard
   * @param all in milliseconds
   * @param scripts of it
   * @param layout of it, with finding out which styles apply
   */
  private record Spent(double pushes, double all, double scripts, double layout) {
    Spent since(Spent before, double asking) {
      double more = pushes - before.pushes;
      return new Spent(
          more,
          (all - before.all - asking) / more,
          (scripts - before.scripts) / more,
          (layout - before.layout) / more);
    }
  }

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    Optional<Path> program = Chromium.program();
    if (program.isEmpty()) {
      workshop.say("No Chromium here: what a push costs the page is left out.");
      return;
    }
    for (View view : VIEWS) {
      try (RunningServer server = workshop.household(view.devices());
          Chromium browser = Chromium.start(workshop, program.get())) {
        workshop.say("Timing what a push of %s costs the page ...".formatted(view.words()));
        browser.measureThreadTime();
        Measurement asking = asking(workshop, browser);
        browser.open(server.address(), COUNTER);
        workshop.let(FIRST);
        browser.evaluate(view.script());
        List<Spent> each = pushes(workshop, browser, asking.median());
        tell(
            table, "page: main thread, one push, " + view.words(), each, Spent::all, view.budget());
        tell(table, "  of it scripts", each, Spent::scripts, null);
        tell(table, "  of it style and layout", each, Spent::layout, null);
        table.accept(asking);
      }
    }
  }

  private static void tell(
      Consumer<Measurement> table,
      String what,
      List<Spent> each,
      ToDoubleFunction<Spent> part,
      @Nullable Double budget) {
    List<Double> samples = each.stream().mapToDouble(part).boxed().toList();
    table.accept(new Measurement(what, Unit.MILLISECONDS, samples, budget));
  }

  /** What it costs an empty page to be asked. */
  private static Measurement asking(Workshop workshop, Chromium browser)
      throws IOException, InterruptedException {
    List<Double> each = new ArrayList<>();
    Spent before = spent(browser);
    for (int i = 0; i < ASKINGS; i++) {
      workshop.let(INTERVAL);
      Spent now = spent(browser);
      each.add(now.all() - before.all());
      before = now;
    }
    return new Measurement("  left out: being asked for it", Unit.MILLISECONDS, each, null);
  }

  private static List<Spent> pushes(Workshop workshop, Chromium browser, double asking)
      throws IOException, InterruptedException {
    awaitPush(workshop, browser);
    workshop.let(INTERVAL.dividedBy(2)); // from the middle between two to the next such middle
    List<Spent> each = new ArrayList<>();
    Spent before = spent(browser);
    for (int i = 0; i < PUSHES; i++) {
      workshop.let(INTERVAL);
      Spent now = spent(browser);
      if (now.pushes() > before.pushes()) {
        each.add(now.since(before, asking));
      }
      before = now;
    }
    return each;
  }

  private static void awaitPush(Workshop workshop, Chromium browser)
      throws IOException, InterruptedException {
    double before = heard(browser);
    long began = workshop.time().nanos();
    while (heard(browser) == before) {
      if (workshop.time().nanos() - began > FIRST.toNanos()) {
        throw new IOException("the page hears nothing");
      }
      workshop.let(LOOK_AGAIN);
    }
  }

  private static double heard(Chromium browser) throws IOException, InterruptedException {
    JsonValue heard = browser.evaluate("window.heard ?? 0");
    return ((JsonNumber) heard).doubleValue();
  }

  private static Spent spent(Chromium browser) throws IOException, InterruptedException {
    List<Double> seconds = browser.seconds(KINDS);
    return new Spent(
        heard(browser),
        1000 * seconds.getFirst(),
        1000 * seconds.get(1),
        1000 * (seconds.get(2) + seconds.get(3)));
  }
}
