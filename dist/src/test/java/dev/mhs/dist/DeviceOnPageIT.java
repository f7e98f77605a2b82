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
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One device of the dashboard: opened by link and by keyboard, named, watched. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class DeviceOnPageIT {
  private static final String NAS = "02:00:5e:00:53:01";
  private static final String LONG = "a-name-without-end-".repeat(20).substring(0, 300);
  private static final String MARKUP = "<img src=x onerror=alert(1)>";
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final List<Thing> THINGS =
      List.of(
          new Thing(NAS, "198.51.100.10", "nas", "Example", "ether2", 0, 8_000_000, 2_000_000),
          new Thing("02:00:5e:00:53:02", "198.51.100.11", LONG, "", "wifi1", 0, 0, 0));

  private final Path folder;
  private MhsProcess mhs;

  DeviceOnPageIT(@TempDir Path folder) {
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
  @EnumSource(names = {"DESK", "PHONE"})
  void aLinkOpensItWithItsPastItsPresenceAndWhatIsKnown(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address() + "/#device=198.51.100.10");
      told(browser, ".drawer .device-name", "nas"::equals);
      told(browser, ".drawer .figure.down b", "8.00"::equals);
      told(browser, ".drawer .presence", text -> text.startsWith("Online – "));
      told(browser, ".drawer .facts", text -> text.contains(NAS) && text.contains("ether2"));
      told(browser, ".drawer .days", text -> text.contains("Today"));
      told(browser, ".drawer .tabs [aria-pressed=true]", "1 h"::equals);
      told(browser, ".drawer .past-sum", text -> text.startsWith("Peak↓ 8.00 Mbit/s"));
      assertEquals(
          "[\"api/history/" + NAS.replace(":", "%3A") + "/export?minutes=60\"]",
          browser.evaluate(attribute(".drawer a.button", "href")).toString());

      browser.evaluate("document.querySelectorAll('.drawer .tabs button')[3].click()");
      told(browser, ".drawer .past-readout", text -> text.startsWith("In steps of "));
      browser.evaluate("document.querySelector('.drawer .watch-line').click()");
      Await.until("it is watched", SOON, () -> Optional.of(watched()).filter(List.of(NAS)::equals));
      assertTrue(fits(browser), "no wider than the screen");
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void theKeyboardOpensItAndEscapeGivesTheFocusBack(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address());
      told(browser, "#devices td.name a", "nas"::equals);
      browser.evaluate("document.querySelector('#devices tr[data-key=\"" + NAS + "\"]').focus()");
      browser.type("\r");
      told(browser, ".drawer[open] .device-name", "nas"::equals);
      assertEquals(List.of("#device=" + NAS), browser.texts("[location.hash]"));
      assertEquals(
          JsonValue.TRUE,
          browser.evaluate("document.querySelector('.drawer').contains(document.activeElement)"));

      browser.press("Escape", 27);
      Await.until(
          "it is closed",
          SOON,
          () -> Optional.of(browser.texts(text(".drawer[open]"))).filter(List::isEmpty));
      Await.until(
          "the focus is back",
          SOON,
          () ->
              browser.texts("[document.activeElement.dataset.key ?? '']").stream()
                  .filter(NAS::equals)
                  .findFirst());
      assertEquals(List.of(""), browser.texts("[location.hash]"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void aNameIsChangedInPlaceWhateverItIsMadeOf(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address() + "/#device=" + NAS);
      told(browser, ".drawer .device-name", "nas"::equals);
      browser.evaluate("document.querySelector('.drawer .pencil').click()");
      browser.type(MARKUP);
      browser.type("\r");
      told(browser, ".drawer .device-name", MARKUP::equals);
      told(browser, "#devices td.name a", MARKUP::equals);
      told(browser, ".drawer .about", text -> text.startsWith("nas · "));

      browser.open(mhs.address() + "/?again#device=" + NAS);
      told(browser, ".drawer .events", text -> text.contains("nas is called " + MARKUP + " now"));
      assertEquals("0", browser.evaluate("document.images.length").toString());
      assertTrue(fits(browser), "no wider than the screen");

      browser.evaluate("document.querySelector('.drawer .pencil').click()");
      browser.evaluate("document.querySelector('.drawer .rename').value = ''");
      browser.type("\r");
      told(browser, ".drawer .device-name", "nas"::equals);
      assertEquals(List.of(), browser.complaints());
    }
  }

  private List<String> watched() throws IOException, InterruptedException {
    return mhs.json("/api/watches").getJsonArray("watched").getValuesAs(String::valueOf).stream()
        .map(text -> text.replace("\"", ""))
        .toList();
  }

  private static void told(Browser browser, String selector, Predicate<String> wanted)
      throws InterruptedException {
    Await.until(
        selector, SOON, () -> browser.texts(text(selector)).stream().filter(wanted).findFirst());
  }

  private static boolean fits(Browser browser) throws InterruptedException {
    return browser
        .evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        .equals(JsonValue.TRUE);
  }

  private static String text(String selector) {
    return "[...document.querySelectorAll('" + selector + "')].map(node => node.textContent)";
  }

  private static String attribute(String selector, String name) {
    return "[...document.querySelectorAll('"
        + selector
        + "')].map(node => node.getAttribute('"
        + name
        + "'))";
  }
}
