package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.Browser.Screen;
import dev.mhs.dist.PlayedHousehold.Thing;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The upper half of the dashboard: the line now, who moves it, and who is there. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class LineIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<Thing> THINGS =
      List.of(
          thing(1, "nas", "ether2", 0, 1_000_000, 20_000_000),
          thing(2, "tv", "ether3", 0, 40_000_000, 500_000),
          thing(3, "laptop", "wifi1", 0, 8_000_000, 1_000_000),
          thing(4, "tablet", "wifi1", 460, 0, 0),
          thing(5, "kindle", "wifi1", 94_000, 0, 0));

  private static final String LEGEND =
      "[...document.querySelectorAll('[data-test=legend] tr')]"
          + ".map(row => [...row.children].map(cell => cell.textContent).join(' '))";
  private static final String MOMENT =
      "\\d\\d:\\d\\d:\\d\\d: down 4[89]\\.\\d\\d, up 2[12]\\.\\d\\d Mbit/s";
  private static final String NAMES =
      "[...document.querySelectorAll('#devices tbody td.name a')]"
          + ".filter(name => name.checkVisibility()).map(name => name.textContent)";

  private final Path folder;
  private MhsProcess mhs;

  LineIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startMhs() throws IOException, InterruptedException {
    PlayedHousehold.of(folder, THINGS);
    mhs = MhsProcess.start(folder, Map.of("MHS_LOCAL_ENABLED", "false"));
  }

  @AfterEach
  void stopMhs() {
    mhs.close();
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "DESK,light", "PHONE,dark", "PHONE,light"})
  void theHeaderTellsTheLineItsSourceAndHowFreshThatIs(Screen screen, String theme)
      throws Exception {
    try (Browser browser = opened(screen, theme)) {
      awaitNumber(browser, "wan-down", 49.0);
      awaitNumber(browser, "wan-up", 21.5);
      awaitText(browser, "attributed", "100 % attributed");
      awaitText(browser, "source", "household");
      awaitText(browser, "age", "Live");
      assertTrue(fits(browser), "the page is as wide as the screen");

      browser.click("[data-test=tile-offline]");
      awaitNames(browser, List.of("kindle"));
      browser.click("[data-test=tile-idle]");
      awaitNames(browser, List.of("tablet"));
      browser.click("[data-test=tile-idle]");
      Await.until(
          "all", SOON, () -> Optional.of(browser.texts(NAMES)).filter(all -> all.size() == 5));
      assertEquals(
          List.of("3", "1", "1", "0"),
          browser.texts(
              "[...document.querySelectorAll('#tiles .number')].map(one => one.textContent)"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "DESK,light", "PHONE,dark", "PHONE,light"})
  void theChartTellsWhoMovesTheLineNowAndInThePast(Screen screen, String theme) throws Exception {
    try (Browser browser = opened(screen, theme)) {
      awaitLegend(browser, "The line 4[89]\\.\\d\\d 2[12]\\.\\d\\d");
      awaitLegend(browser, "tv (39|40)\\.\\d\\d 0\\.5\\d");
      awaitLegend(browser, "Unattributed (0\\.0\\d|<0\\.01) (0\\.0\\d|<0\\.01)");
      assertEquals("Now, Mbit/s ↓ down ↑ up", browser.texts(LEGEND).getFirst());
      isPainted(browser);

      Await.until(
          "a moment under the pointer",
          SOON,
          () -> {
            browser.point("#wan .chart", 0.9);
            return legend(browser, "\\d\\d:\\d\\d:\\d\\d, Mbit/s .*");
          });
      browser.point("#tiles", 0.5);
      awaitLegend(browser, "Now, Mbit/s .*");

      browser.click("[data-test=range-1440]");
      awaitLegend(browser, "In this time .*");
      awaitLegend(browser, "tv [0-9.]+ [kMG]B [0-9.]+ [kMG]B");
      browser.drag("#wan .chart", 0.5, 0.8);
      awaitVisible(browser, "Reset zoom", true);
      assertTrue(
          browser
              .texts("[document.querySelector('.csv').getAttribute('href')]")
              .getFirst()
              .matches("api/history/wan/export\\?minutes=\\d+&until=\\d+"));
      browser.evaluate(
          "[...document.querySelectorAll('#wan button')]"
              + ".find(one => one.textContent === 'Reset zoom').click()");
      awaitVisible(browser, "Reset zoom", false);
      assertEquals(
          JsonValue.TRUE,
          browser.settled(
              "fetch(document.querySelector('.csv').href).then(answer => answer.text())"
                  + ".then(text => text.startsWith('timestamp_iso,') && text.includes('Z,'))"));

      browser.click("[data-test=range-2]");
      awaitLegend(browser, "Now, Mbit/s .*");
      assertTrue(fits(browser), "the page is as wide as the screen");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @Test
  void theChartIsReadByKeyboardToo() throws Exception {
    try (Browser browser = opened(Screen.DESK, "dark")) {
      awaitLegend(browser, "tv (39|40)\\.\\d\\d 0\\.5\\d");

      browser.evaluate("document.querySelector('#wan .chart').focus()");

      Await.until(
          "the newest moment, once the keys' part is loaded",
          SOON,
          () -> {
            browser.press("End", 35);
            return reading(browser).filter(text -> text.matches(MOMENT));
          });
      String newest = browser.texts(LEGEND).getFirst();
      assertTrue(newest.matches("\\d\\d:\\d\\d:\\d\\d, Mbit/s .*"), newest);
      browser.press("ArrowLeft", 37);
      Await.until(
          "the one before",
          SOON,
          () -> Optional.of(browser.texts(LEGEND).getFirst()).filter(text -> !text.equals(newest)));
      browser.evaluate("document.activeElement.blur()");
      awaitLegend(browser, "Now, Mbit/s .*");
      assertEquals(List.of(), browser.complaints());
    }
  }

  private static Optional<String> reading(Browser browser) throws InterruptedException {
    return browser
        .texts("[document.querySelector('#wan .chart').getAttribute('aria-valuetext')]")
        .stream()
        .findFirst();
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "PHONE,light"})
  void aPageThatIsOpenedLaterBeginsWithWhatWasBefore(Screen screen, String theme) throws Exception {
    Await.until(
        "half a minute of history",
        SOON.multipliedBy(2),
        () ->
            Optional.of(mhs.json("/api/history/wan/shares?minutes=2").getJsonArray("ts"))
                .filter(times -> times.size() > 1));
    try (Browser browser = opened(screen, theme)) {
      awaitLegend(browser, "tv (39|40)\\.\\d\\d .*");

      browser.point("#wan .chart", 0.9);

      awaitLegend(browser, "tv (39|40)\\.\\d\\d .*");
      awaitLegend(browser, "\\d\\d:\\d\\d:\\d\\d, Mbit/s .*");
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "PHONE,light"})
  void nothingIsFetchedFromElsewhereAndThePolicyHolds(Screen screen, String theme)
      throws Exception {
    try (Browser browser = opened(screen, theme)) {
      awaitLegend(browser, "tv .*");
      browser.evaluate("document.querySelector('#sources').scrollIntoView()");
      awaitVisible(browser, "Sources and health", true);

      List<String> fetched =
          browser.texts("performance.getEntriesByType('resource').map(one => one.name)");
      assertTrue(fetched.size() > 15, fetched.toString());
      for (String address : fetched) {
        assertTrue(address.replace("ws:", "http:").startsWith(mhs.address()), address);
      }
      String policy =
          browser
              .settled("fetch('').then(a => a.headers.get('Content-Security-Policy'))")
              .toString();
      assertTrue(policy.contains("default-src 'self'"), policy);
      assertFalse(policy.contains("unsafe"), policy);
      assertEquals(List.of(), browser.complaints());
    }
  }

  private Browser opened(Screen screen, String theme) throws IOException, InterruptedException {
    Browser browser = Browser.start(folder, screen);
    browser.prefer(theme);
    browser.open(mhs.address());
    return browser;
  }

  /**
   * The layers stand in the picture in the colours of the legend: above the line of nothing, and
   * below it.
   */
  private static void isPainted(Browser browser) throws InterruptedException {
    for (String half : List.of("0.05, 0.5", "0.65, 0.88")) {
      Await.until(
          "layers from " + half + " of the height",
          SOON,
          () ->
              Optional.of(
                      Double.parseDouble(
                          browser
                              .evaluate(
                                  """
                                  (() => {
                                    const [from, to] = [%s];
                                    const canvas = document.querySelector('#wan canvas');
                                    const colors = new Set([...document.querySelectorAll('.legend .swatch')].slice(1)
                                      .map((swatch) => getComputedStyle(swatch).backgroundColor.match(/\\d+/g).join()));
                                    const copy = new OffscreenCanvas(canvas.width, canvas.height)
                                      .getContext('2d', { willReadFrequently: true });
                                    copy.drawImage(canvas, 0, 0);
                                    const pixels = copy.getImageData(0, from * canvas.height, canvas.width,
                                      (to - from) * canvas.height).data;
                                    let painted = 0;
                                    for (let i = 0; i < pixels.length; i += 4) {
                                      if (colors.has(pixels.slice(i, i + 3).join())) painted += 1;
                                    }
                                    return painted / (pixels.length / 4);
                                  })()
                                  """
                                      .formatted(half))
                              .toString()))
                  .filter(painted -> painted > 0.005));
    }
  }

  private static void awaitNumber(Browser browser, String test, double expected)
      throws InterruptedException {
    Await.until(
        test + " near " + expected,
        SOON,
        () ->
            browser
                .texts("[document.querySelector('[data-test=" + test + "] .number').textContent]")
                .stream()
                .filter(text -> text.matches("[0-9.]+"))
                .filter(text -> Math.abs(Double.parseDouble(text) - expected) < 0.05 * expected)
                .findFirst());
  }

  private static void awaitText(Browser browser, String test, String expected)
      throws InterruptedException {
    Await.until(
        expected,
        SOON,
        () ->
            browser
                .texts(
                    "[document.querySelector('[data-test="
                        + test
                        + "]')]"
                        + ".filter(one => one.checkVisibility()).map(one => one.textContent)")
                .stream()
                .filter(expected::equals)
                .findFirst());
  }

  private static void awaitNames(Browser browser, List<String> expected)
      throws InterruptedException {
    Await.until(
        expected.toString(),
        SOON,
        () -> Optional.of(browser.texts(NAMES)).filter(expected::equals));
  }

  private static void awaitLegend(Browser browser, String row) throws InterruptedException {
    Await.until(row, SOON, () -> legend(browser, row));
  }

  private static Optional<String> legend(Browser browser, String row) throws InterruptedException {
    Pattern wanted = Pattern.compile(row);
    return browser.texts(LEGEND).stream().filter(wanted.asMatchPredicate()).findFirst();
  }

  private static void awaitVisible(Browser browser, String text, boolean isVisible)
      throws InterruptedException {
    String seen =
        "[...document.querySelectorAll('button, h2')]"
            + ".some(one => one.textContent === '"
            + text
            + "' && one.checkVisibility())";
    Await.until(
        text,
        SOON,
        () ->
            Optional.of(browser.evaluate(seen))
                .filter((isVisible ? JsonValue.TRUE : JsonValue.FALSE)::equals));
  }

  private static boolean fits(Browser browser) throws InterruptedException {
    return browser
        .evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        .equals(JsonValue.TRUE);
  }

  private static Thing thing(
      int number, String name, String port, long silent, long downloadBps, long uploadBps) {
    return new Thing(
        "02:00:5e:00:53:0" + number,
        "198.51.100.1" + number,
        name,
        "Example",
        port,
        silent,
        downloadBps,
        uploadBps);
  }
}
