package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.Browser.Screen;
import dev.mhs.dist.PlayedHousehold.Thing;
import jakarta.json.JsonNumber;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard as a person sees it: the built product, in a browser, on a desk and on a phone. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class BrowserIT {
  private static final String MARKUP = "<img src=x onerror=document.title='owned'>";
  private static final String LONG = "a-name-without-end-".repeat(20).substring(0, 300);

  /** What MHS keeps of a name: RFC 1035 §2.3.4. */
  private static final String SHORTENED = LONG.substring(0, 255);

  private static final List<Thing> THINGS =
      List.of(
          new Thing(
              "02:00:5e:00:53:01", "198.51.100.10", "nas", "Example", "ether2", 0, 8_000_000, 0),
          new Thing("02:00:5e:00:53:02", "198.51.100.11", "tv", "Example", "ether3", 0, 0, 0),
          new Thing("02:00:5e:00:53:03", "198.51.100.12", MARKUP, MARKUP, "wifi1", 0, 0, 0),
          new Thing("02:00:5e:00:53:04", "198.51.100.13", LONG, LONG, "wifi1", 0, 0, 0),
          new Thing("02:00:5e:00:53:05", "198.51.100.14", "laptop", "Example", "wifi2", 0, 0, 0),
          new Thing("02:00:5e:00:53:06", "198.51.100.15", "printer", "", "ether4", 0, 0, 0));

  private static final Map<String, String> SETTINGS = Map.of("MHS_LOCAL_ENABLED", "false");
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final List<String> AWAY =
      List.of(
          "net::ERR_CONNECTION_REFUSED", "net::ERR_EMPTY_RESPONSE", "net::ERR_CONNECTION_RESET");

  private static final String NAMES =
      "[...document.querySelectorAll('#devices tbody td.name a')]"
          + ".filter(name => name.checkVisibility()).map(name => name.textContent)";
  private static final String NO_DATA =
      "[...document.querySelectorAll('[data-test=no-data]')]"
          + ".filter(notice => notice.checkVisibility()).map(notice => notice.textContent)";
  private static final String FRESH = "[document.body.dataset.fresh]";

  private final Path folder;
  private PlayedHousehold household;
  private MhsProcess mhs;

  BrowserIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startMhs() throws IOException, InterruptedException {
    household = PlayedHousehold.of(folder, THINGS);
    mhs = MhsProcess.start(folder, with("APP_PORT", Ports.own()));
  }

  @AfterEach
  void stopMhs() {
    mhs.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void showsEverybodyByNameAndWhatTheyMoveNow(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address());
      Await.until("all are listed", SOON, () -> listed(browser));
      Await.until("the rate of the nas", SOON, () -> rate(browser, "nas", 8.0));

      household.play(THINGS.stream().map(BrowserIT::busier).toList());

      Await.until("the new rate of the nas", SOON, () -> rate(browser, "nas", 94.0));
      assertEquals("0", browser.evaluate("document.images.length").toString());
      assertTrue(
          browser.texts("[document.title]").getFirst().endsWith("MHS"), "no name runs as a script");
      assertTrue(fits(browser), "the page is as wide as the screen");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void saysThatThereIsNoDataWhileTheServerIsAway(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address());
      Await.until("all are listed", SOON, () -> listed(browser));
      assertEquals(List.of(), browser.texts(NO_DATA));
      assertEquals(List.of(), browser.complaints());
      String port = mhs.port();

      mhs.stop();
      String notice = Await.until("the notice", SOON, () -> first(browser.texts(NO_DATA)));
      assertTrue(notice.startsWith("No data for "), notice);
      assertEquals(THINGS.size(), browser.texts(NAMES).size(), "the old list stays");
      assertTrue(fits(browser), "the notice is no wider than the screen");

      mhs = MhsProcess.start(folder, with("APP_PORT", port));
      Await.until(
          "the page is live again",
          SOON.multipliedBy(2),
          () -> first(browser.texts(FRESH)).filter("live"::equals));
      assertEquals(List.of(), browser.texts(NO_DATA));
      Await.until("all are listed again", SOON, () -> listed(browser));
      List<String> complaints = browser.complaints();
      assertFalse(complaints.isEmpty(), "a server that is away is heard of");
      for (String complaint : complaints) {
        // What was under way when the server ended is cut off, what is asked later is refused.
        assertTrue(AWAY.stream().anyMatch(complaint::contains), complaint);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void isSearchedByKeyboardAlone(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address());
      Await.until("all are listed", SOON, () -> listed(browser));

      assertTrue(tabsTo(browser, "search") > 0, "the field is reached by Tab");
      browser.type("lap");
      Await.until(
          "one is listed",
          SOON,
          () -> Optional.of(names(browser)).filter(List.of("laptop")::equals));
      browser.evaluate("document.activeElement.blur()");
      browser.type("/");
      assertEquals(List.of("search"), browser.texts("[document.activeElement.type ?? '']"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  /** Presses Tab until an input of a type has the focus, and tells how often; zero is never. */
  private static int tabsTo(Browser browser, String type) throws InterruptedException {
    for (int presses = 1; presses < 40; presses++) {
      browser.press("Tab", 9);
      if (browser.texts("[document.activeElement.type ?? '']").equals(List.of(type))) {
        return presses;
      }
    }
    return 0;
  }

  private static Thing busier(Thing thing) {
    return thing.name().equals("nas") ? thing.moving(94_000_000, 2_000_000) : thing;
  }

  private static Optional<List<String>> listed(Browser browser) throws InterruptedException {
    return Optional.of(names(browser))
        .filter(
            names ->
                names.size() == THINGS.size()
                    && new HashSet<>(names)
                        .containsAll(List.of("nas", "tv", MARKUP, SHORTENED, "laptop", "printer")));
  }

  private static List<String> names(Browser browser) throws InterruptedException {
    return browser.texts(NAMES);
  }

  /** Returns the download that a row shows, once it is within 3 % of what is expected. */
  private static Optional<JsonValue> rate(Browser browser, String name, double megabits)
      throws InterruptedException {
    JsonValue shown =
        browser.evaluate(
            "Number([...document.querySelectorAll('#devices tbody tr')]"
                + ".find(row => row.querySelector('td.name a').textContent === '"
                + name
                + "').querySelector('td.download').textContent)");
    return Optional.of(shown)
        .filter(value -> value instanceof JsonNumber)
        .filter(value -> Math.abs(((JsonNumber) value).doubleValue() - megabits) < 0.03 * megabits);
  }

  private static boolean fits(Browser browser) throws InterruptedException {
    return browser
        .evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        .equals(JsonValue.TRUE);
  }

  private static Map<String, String> with(String variable, String value) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put(variable, value);
    return settings;
  }

  private static Optional<String> first(List<String> texts) {
    return texts.stream().findFirst();
  }
}
