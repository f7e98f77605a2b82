package dev.mhs.bench;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How long a push keeps the page's scripts busy: the real page, in a real browser, on a server with
 * made-up devices, from the message until everything is drawn.
 */
final class PageFigure implements Figure {
  private static final List<Integer> SIZES = List.of(50, 500);
  private static final double BUDGET = 8; // ms at 500 devices
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final int FIRST = 5; // the whole state, and code that is not compiled yet

  /**
   * Adds up what runs because of a push: its message, what it lets run before the next frame is
   * drawn, and what that leaves to be done at once. Without {@code DecompressionStream} the page
   * asks for messages as text, so that all of its own work on one begins in one place.
   */
  private static final String STOPWATCH =
      """
      delete window.DecompressionStream;
      window.pushes = [];
      {
        let spent = 0;
        const timed = (run) => (...given) => {
          const began = performance.now();
          try { return run(...given); } finally { spent += performance.now() - began; }
        };
        const frame = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = (run) => frame(timed(run));
        const soon = window.queueMicrotask.bind(window);
        window.queueMicrotask = (run) => soon(timed(run));
        window.WebSocket = class extends WebSocket {
          set onmessage(listener) {
            super.onmessage = (event) => {
              window.pushes.push(spent);
              spent = 0;
              timed(listener)(event);
            };
          }
        };
      }
      """;

  @Override
  public void measure(Workshop workshop, Consumer<Measurement> table)
      throws IOException, InterruptedException {
    Optional<Path> program = Chromium.program();
    if (program.isEmpty()) {
      workshop.say("No Chromium here: what a push costs the page is left out.");
      return;
    }
    for (int size : SIZES) {
      try (RunningServer server = workshop.household(size);
          Chromium browser = Chromium.start(workshop, program.get())) {
        workshop.say("Timing what a push of %d devices costs the page ...".formatted(size));
        browser.open(server.address(), STOPWATCH);
        workshop.let(WHILE);
        table.accept(
            new Measurement(
                "scripts of the page for one push, %d devices".formatted(size),
                Unit.MILLISECONDS,
                samples(browser),
                size == 500 ? (Double) BUDGET : null));
      }
    }
  }

  private static List<Double> samples(Chromium browser) throws IOException, InterruptedException {
    JsonArray pushes = browser.evaluate("window.pushes").asJsonArray();
    if (pushes.size() <= FIRST) {
      throw new IOException("the page heard only %d pushes".formatted(pushes.size()));
    }
    return pushes.getValuesAs(JsonNumber::doubleValue).subList(FIRST, pushes.size());
  }
}
