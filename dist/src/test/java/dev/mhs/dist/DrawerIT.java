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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands beside the list, and what happened: in the built product, on a desk and a phone. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class DrawerIT {
  private static final String NAS = "02:00:5e:00:53:01";
  private static final String MARKUP = "<img src=x onerror=alert(1)>";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int TABS = 30;

  private static final List<Thing> THINGS =
      List.of(
          new Thing(NAS, "198.51.100.10", "nas", "Example", "ether2", 0, 8_000_000, 2_000_000),
          new Thing(
              "02:00:5e:00:53:02", "198.51.100.11", MARKUP, "", "wifi1", 0, 4_000_000, 1_000_000));

  private static final Map<String, String> SETTINGS = Map.of("MHS_LOCAL_ENABLED", "false");

  /** The lowest contrast of a text in the drawer to what it stands on: WCAG 2.1, 1.4.3. */
  private static final String LOWEST_CONTRAST =
      """
      (() => {
        const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
        const light = (channel) => (channel /= 255) <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
        const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
        const ground = (node) => {
          const { backgroundColor: color } = getComputedStyle(node);
          return color.startsWith('rgb(') || !node.parentElement ? rgb(color) : ground(node.parentElement);
        };
        const ratio = (node) => {
          const both = [luminance(rgb(getComputedStyle(node).color)), luminance(ground(node))].sort((a, b) => b - a);
          return (both[0] + 0.05) / (both[1] + 0.05);
        };
        const texts = [...document.querySelectorAll('.drawer *')].filter((node) =>
          node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()));
        return texts.length < 20 ? 0 : Math.min(...texts.map(ratio));
      })()
      """;

  private final Path folder;
  private MhsProcess mhs;

  DrawerIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startMhs() throws IOException, InterruptedException {
    PlayedHousehold.of(folder, THINGS);
    mhs = MhsProcess.start(folder, SETTINGS);
  }

  @AfterEach
  void stopMhs() {
    mhs.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void aRowThatIsPressedOpensItAndBackClosesIt(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address());
      page.told(Sight.row(NAS) + " .name a", "nas"::equals);

      browser.evaluate("document.querySelector('" + Sight.row(NAS) + " .status').click()");
      page.told(".drawer[open] .device-name", "nas"::equals);
      assertEquals(List.of("#device=" + NAS), browser.texts("[location.hash]"));
      browser.evaluate(
          "document.querySelector('" + Sight.row(THINGS.get(1).mac()) + " .name a').click()");
      page.told(".drawer[open] .device-name", MARKUP::equals);
      assertEquals("0", browser.evaluate("document.images.length").toString());

      browser.evaluate("history.back()");
      page.gone(".drawer[open]");
      assertEquals(List.of(""), browser.texts("[location.hash]"));
      page.first(
          "the focus is on the row",
          "[document.activeElement.dataset.key ?? '']",
          THINGS.get(1).mac()::equals);
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void itsPastIsShownOverAnHourUpToAWeekAndItsSessionAsABar(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address() + "/#device=" + NAS);
      page.told(".drawer .past-sum", text -> text.startsWith("Peak↓ 8.00 Mbit/s"));
      for (String minutes : List.of("360", "1440", "10080", "60")) {
        browser.evaluate(
            "[...document.querySelectorAll('.drawer .tabs button')]["
                + List.of("60", "360", "1440", "10080").indexOf(minutes)
                + "].click()");
        page.told(".drawer .past-sum", text -> text.contains("↓ 8.00 Mbit/s↑ 2.00 Mbit/s"));
        page.told(".drawer .past-readout", text -> text.startsWith("In steps of "));
        assertTrue(
            browser
                .texts("[document.querySelector('.drawer a.button').getAttribute('href')]")
                .getFirst()
                .endsWith("/export?minutes=" + minutes));
      }
      page.told(
          ".drawer .days li:nth-child(2)", text -> text.matches("Today.*\\d\\d:\\d\\d – now, .*"));
      assertEquals(
          "1",
          browser
              .evaluate("document.querySelectorAll('.drawer .days li:nth-child(2) .there').length")
              .toString());
      page.told(
          ".drawer .presence",
          text -> text.matches("Online – answered when it was asked \\d+ s ago.*"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void itIsWatchedAndNoLongerWatched(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address() + "/#device=" + NAS);
      String ready = "String(document.querySelector('.drawer [role=switch]:enabled')?.checked)";
      page.first("it is known", "[" + ready + "]", "false"::equals);

      page.press(".drawer [role=switch]");
      Await.until(
          "it is watched", SOON, () -> Optional.of(watched()).filter(("\"" + NAS + "\"")::equals));
      browser.open(mhs.address() + "/?again#device=" + NAS);
      page.first("it still is watched", "[" + ready + "]", "true"::equals);
      page.press(".drawer [role=switch]");
      Await.until("no longer", SOON, () -> Optional.of(watched()).filter(String::isEmpty));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void theFocusStaysInsideOnAPhoneAndThePageIsUsableOnADesk(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address() + "/#device=" + NAS);
      page.told(".drawer .past-sum", text -> !text.isEmpty());
      String place =
          "[document.activeElement.closest('.drawer') ? 'drawer'"
              + " : document.activeElement.closest('header, main') ? 'page' : 'none']";
      assertEquals(List.of("drawer"), browser.texts(place));
      boolean sawPage = false;
      for (int i = 0; i < TABS && !sawPage; i++) {
        browser.press("Tab", 9);
        sawPage = browser.texts(place).equals(List.of("page"));
      }
      assertEquals(screen == Screen.DESK, sawPage, "the focus reaches the page");
      assertEquals(
          List.of("dialog drawer-name"),
          browser.texts(
              "[document.querySelector('.drawer').tagName.toLowerCase() + ' ' +"
                  + " document.querySelector('.drawer').getAttribute('aria-labelledby')]"));

      browser.evaluate("document.querySelector('.drawer .close').focus()");
      browser.press("Escape", 27);
      page.gone(".drawer[open]");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK, dark", "DESK, light", "PHONE, dark", "PHONE, light"})
  void everyTextInItCanBeRead(Screen screen, String theme) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address() + "/#device=" + NAS);
      page.told(".drawer .past-sum", text -> !text.isEmpty());
      browser.evaluate("document.documentElement.dataset.theme = '" + theme + "'");

      String lowest = browser.evaluate(LOWEST_CONTRAST).toString();
      assertTrue(Double.parseDouble(lowest) >= 4.5, "the lowest contrast is " + lowest);
      assertEquals(
          JsonValue.TRUE,
          browser.evaluate("document.documentElement.scrollWidth <= window.innerWidth"));
    }
  }

  private String watched() throws IOException, InterruptedException {
    List<String> all =
        mhs.json("/api/watches").getJsonArray("watched").stream().map(String::valueOf).toList();
    return String.join(" ", all);
  }
}
