package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.Browser.Screen;
import jakarta.json.JsonNumber;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever leaves the dashboard open finds it as light as before: the real page under half an hour
 * of pushes, which come as fast as it draws them, while with each a device leaves and another one
 * comes.
 */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class PageHeapIT {
  /** Two minutes, so far as the page looks back. */
  private static final int FIRST = 60;

  /** Half an hour. */
  private static final int MORE = 900;

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration WHILE = Duration.ofMinutes(5);

  /** What the engine itself keeps of a program that has run for longer varies by that much. */
  private static final double SLACK_MEGABYTES = 1.5;

  @Test
  void halfAnHourOfPushesLeavesNothingBehind(@TempDir Path folder) throws Exception {
    try (MhsProcess mhs = MhsProcess.start(folder, Map.of("MHS_LOCAL_ENABLED", "false"));
        Browser browser = Browser.start(folder, Screen.DESK)) {
      browser.beforeEachPage(script());
      browser.open(mhs.address());
      Await.until("the page listens", SOON, () -> heard(browser));
      play(browser, FIRST);
      double before = browser.heapMegabytes();
      long nodes = nodes(browser);

      play(browser, MORE);

      double after = browser.heapMegabytes();
      assertTrue(
          after <= before + SLACK_MEGABYTES,
          "%.2f MB before, %.2f MB after".formatted(before, after));
      assertEquals(nodes, nodes(browser), "as many nodes for as many devices");
      assertEquals(List.of(), browser.complaints());
    }
  }

  private static Optional<String> heard(Browser browser) throws InterruptedException {
    browser.evaluate("void window.play(1)");
    return browser
        .texts("[...document.querySelectorAll('td.name a')].map(a => a.textContent)")
        .stream()
        .findFirst();
  }

  private static void play(Browser browser, int pushes) throws InterruptedException {
    browser.evaluate("window.played = 0; void window.play(" + pushes + ")");
    Await.until(
        pushes + " pushes",
        WHILE,
        () ->
            Optional.of(browser.evaluate("window.played"))
                .map(played -> ((JsonNumber) played).intValue())
                .filter(played -> played >= pushes));
  }

  private static long nodes(Browser browser) throws InterruptedException {
    String count = "document.querySelectorAll('#devices *').length";
    return ((JsonNumber) browser.evaluate(count)).longValue();
  }

  private static String script() throws Exception {
    try (InputStream file = PageHeapIT.class.getResourceAsStream("/played-pushes.js")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
