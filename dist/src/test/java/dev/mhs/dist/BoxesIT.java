package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lower parts of the dashboard: boxes with their ports, sources, how MHS itself fares. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class BoxesIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<Thing> THINGS =
      List.of(
          thing(1, "nas", "ether2", 1_000_000, 20_000_000),
          thing(2, "tv", "ether3", 40_000_000, 500_000),
          thing(3, "laptop", "wifi1", 8_000_000, 1_000_000),
          thing(4, "phone", "wifi1", 0, 0));

  private static final String NAMES =
      "[...document.querySelectorAll('#devices tbody td.name a')]"
          + ".filter(name => name.checkVisibility()).map(name => name.textContent)";
  private static final String SCANNED = "[document.querySelector('#devices .tools').textContent]";

  private final Path folder;
  private PlayedHousehold household;
  private MhsProcess mhs;

  BoxesIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startMhs() throws IOException, InterruptedException {
    household = PlayedHousehold.of(folder, THINGS);
    mhs = MhsProcess.start(folder, Map.of());
  }

  @AfterEach
  void stopMhs() {
    mhs.close();
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "DESK,light", "PHONE,dark", "PHONE,light"})
  void aPortTellsItsLinkAndItsRatesAndLeadsToWhoIsBehindIt(Screen screen, String theme)
      throws Exception {
    try (Browser browser = opened(screen, theme, "ports")) {
      awaitText(browser, "[aria-label='Ports of gateway'] h3", "gateway.*hAP ax³");
      assertEquals(
          List.of("1G", "1G", "1G", "·", "·", "up", "·"),
          browser.texts(
              "[...document.querySelectorAll('[aria-label=\"Ports of gateway\"] .plug')]"
                  + ".map(one => one.textContent)"));
      awaitText(
          browser, "[aria-label='Ports of gateway'] tbody tr", "ether1WAN.*4[789]\\.\\d\\d.*");

      browser.click("[aria-label='Show the 2 devices at wifi1']");
      Await.until(
          "both at wifi1",
          SOON,
          () ->
              Optional.of(browser.texts(NAMES).stream().sorted().toList())
                  .filter(List.of("laptop", "phone")::equals));
      assertEquals(
          List.of("devices"), browser.texts("[document.activeElement.id]"), "one is led there");
      browser.click("[aria-label='Show the 2 devices at wifi1']");
      Await.until(
          "all again", SOON, () -> Optional.of(browser.texts(NAMES)).filter(n -> n.size() > 3));
      assertTrue(fits(browser), "the page is as wide as the screen");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "PHONE,light"})
  void sourcesTellWhatTheyLackAndMhsHowItFares(Screen screen, String theme) throws Exception {
    try (Browser browser = opened(screen, theme, "sources")) {
      awaitText(
          browser,
          "[data-test=health]",
          "MHS itselfVersion.+Running for\\d+ .+Historyis written.*");
      awaitText(browser, "[data-test=health]", ".*ALERT_NTFY_TOPIC.*");
      awaitText(browser, "[data-source=local] code", "MHS_LOCAL_SCAN=active");
      awaitText(browser, "[data-source=household] .statuses", ".*Bandwidthin useworks, answered.*");
      browser.click("[data-source=local] .remedy button");
      awaitText(browser, "[data-source=local] .remedy button", "Copied|Press Ctrl\\+C");
      assertTrue(fits(browser), "the page is as wide as the screen");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,light", "PHONE,dark"})
  void aTestOfTheAlertsTellsThatNobodyTookIt(Screen screen, String theme) throws Exception {
    mhs.close();
    mhs = MhsProcess.start(folder, Map.of("ALERT_WEBHOOK_URL", "http://127.0.0.1:9/alerts"));
    try (Browser browser = opened(screen, theme, "sources")) {
      awaitText(browser, "[data-test=health]", ".*webhook.*127\\.0\\.0\\.1.*");
      browser.click("[data-test=health] .tests button");
      awaitText(browser, "[data-test=health] .tests", ".*webhook: did not arrive.*");
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "PHONE,light"})
  void aScanTooSoonIsCountedDown(Screen screen, String theme) throws Exception {
    try (Browser browser = opened(screen, theme, "devices")) {
      Await.until("a list", SOON, () -> browser.texts(NAMES).stream().findFirst());
      String scan =
          "[...document.querySelectorAll('#devices button')]"
              + ".find(one => one.textContent === 'Scan now')";
      browser.evaluate(scan + ".click()");
      awaitWords(browser, "Looking around …");
      // Somebody else may have asked; to the server it is the same.
      browser.evaluate("fetch('api/scan', {method: 'POST'}).then(() => 0)");
      Await.until(
          "the button again",
          SOON,
          () ->
              Optional.of(
                      browser.evaluate("!" + scan + ".disabled && (" + scan + ".click(), true)"))
                  .filter(JsonValue.TRUE::equals));
      awaitWords(browser, "wait \\d+ s");
      Await.until(
          "the end of the count",
          SOON,
          () ->
              Optional.of(browser.evaluate("!" + scan + ".disabled"))
                  .filter(JsonValue.TRUE::equals));
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "DESK,light", "PHONE,dark", "PHONE,light"})
  void aSourceThatFailsIsReplacedAndTheHeaderTellsWhyUntilItIsBack(Screen screen, String theme)
      throws Exception {
    try (Browser browser = opened(screen, theme, "devices")) {
      awaitText(browser, "[data-test=source]", "household");

      household.switchOff();

      awaitText(
          browser,
          "[data-test=source][data-kind=fallback]",
          "This machine: .*household.* \\d\\d:\\d\\d.*");
      assertTrue(fits(browser), "the page is as wide as the screen");
      browser.evaluate("document.querySelector('#sources').scrollIntoView()");
      awaitText(
          browser, "[data-source=household][data-state=down]", ".*does not answer.*switched off.*");

      household.switchOn();

      awaitText(browser, "[data-test=source][data-kind=chosen]", "household");
      assertEquals(List.of(), browser.complaints());
    }
  }

  private Browser opened(Screen screen, String theme, String part)
      throws IOException, InterruptedException {
    Browser browser = Browser.start(folder, screen);
    browser.prefer(theme);
    browser.open(mhs.address() + "/#" + part);
    return browser;
  }

  private static void awaitText(Browser browser, String selector, String expected)
      throws InterruptedException {
    String texts =
        "[...document.querySelectorAll(\"%s\")]".formatted(selector)
            + ".filter(one => one.checkVisibility()).map(one => one.textContent)";
    Await.until(
        selector + ": " + expected,
        SOON,
        () ->
            browser.texts(texts).stream()
                .filter(Pattern.compile(expected, Pattern.DOTALL).asMatchPredicate())
                .findFirst());
  }

  private static void awaitWords(Browser browser, String words) throws InterruptedException {
    Await.until(
        words,
        SOON,
        () ->
            browser.texts(SCANNED).stream()
                .filter(Pattern.compile(words).asPredicate())
                .findFirst());
  }

  private static boolean fits(Browser browser) throws InterruptedException {
    return browser
        .evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        .equals(JsonValue.TRUE);
  }

  private static Thing thing(
      int number, String name, String port, long downloadBps, long uploadBps) {
    return new Thing(
        "02:00:5e:00:53:0" + number,
        "198.51.100.1" + number,
        name,
        "Example",
        port,
        0,
        downloadBps,
        uploadBps);
  }
}
