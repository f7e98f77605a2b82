package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.dist.Browser.Screen;
import dev.mhs.dist.PlayedHousehold.Thing;
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
import org.junit.jupiter.params.provider.EnumSource;

/** What happened, and who only passed by: in the built product, on a desk and on a phone. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class EventsOnPageIT {
  private static final String NAS = "02:00:5e:00:53:01";
  private static final String GUEST = "02:00:5e:00:53:07";
  private static final String MARKUP = "<img src=x onerror=alert(1)>";
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Thing NAS_THERE =
      new Thing(NAS, "198.51.100.10", "nas", "Example", "ether2", 0, 8_000_000, 2_000_000);
  private static final Thing NEWCOMER =
      new Thing(GUEST, "198.51.100.17", MARKUP + " guest", "", "wifi2", 0, 0, 0);

  /** As a program would do it that the page knows nothing of. */
  private static final String CALL_IT_MARKUP =
      "void fetch('api/alias/"
          + NAS
          + "', {method: 'PUT', headers: {'Content-Type': 'application/json', 'X-Requested-With': 'fetch'},"
          + " body: JSON.stringify({alias: '"
          + MARKUP
          + "'})})";

  private static final Map<String, String> SETTINGS = Map.of("MHS_LOCAL_ENABLED", "false");

  /** Takes a device for gone after seconds instead of minutes. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "MHS_LOCAL_ENABLED", "false",
          "MHS_PRESENCE_ONLINE_FOR", "5s",
          "MHS_PRESENCE_OFFLINE_AFTER", "8s");

  private final Path folder;
  private PlayedHousehold household;
  private MhsProcess mhs;

  EventsOnPageIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startMhs() throws IOException, InterruptedException {
    household = PlayedHousehold.of(folder, List.of(NAS_THERE));
    mhs = MhsProcess.start(folder, SETTINGS);
  }

  @AfterEach
  void stopMhs() {
    mhs.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void whatHappensAppearsByItselfAndLeadsToItsDevice(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address());
      page.told(Sight.row(NAS) + " .name a", "nas"::equals);
      browser.evaluate("document.querySelector('#events').scrollIntoView()");
      page.told("#events h2", "Events"::equals);

      browser.evaluate(CALL_IT_MARKUP);
      page.told("#events .event-text", text -> text.contains("is called " + MARKUP));
      assertEquals("0", browser.evaluate("document.images.length").toString());

      page.press("#events .event-text a");
      page.told(".drawer[open] .device-name", MARKUP::equals);
      page.told(".drawer .facts", text -> text.contains("Calls itselfnas"));
      browser.press("Escape", 27);
      page.gone(".drawer[open]");

      browser.evaluate(
          "(pick => { pick.value = 'limit_changed'; pick.dispatchEvent(new Event('change')); })"
              + "(document.querySelector('#events select'))");
      page.told("#events .note", "Nothing of this kind happened yet."::equals);
      assertEquals(List.of(), browser.complaints());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void whoWasThereForAMomentIsToldOnceItIsGone(Screen screen) throws Exception {
    mhs.close();
    mhs = MhsProcess.start(folder, IMPATIENT);
    household.play(List.of(NAS_THERE, NEWCOMER));
    Await.until(
        "the guest is there",
        SOON,
        () ->
            Optional.of(mhs.json("/api/sessions/" + GUEST))
                .filter(s -> !s.getJsonArray("sessions").isEmpty()));
    household.play(List.of(NAS_THERE, away(NEWCOMER)));
    try (Browser browser = Browser.start(folder, screen)) {
      Sight page = new Sight(browser);
      browser.open(mhs.address());
      page.told(Sight.row(NAS) + " .name a", "nas"::equals);
      browser.evaluate("document.querySelector('#visits').scrollIntoView()");
      page.told(
          "#visits li", text -> text.startsWith(NEWCOMER.name()) && text.matches(".*\\d s.*"));
      assertEquals("0", browser.evaluate("document.images.length").toString());
      assertEquals(List.of(), browser.complaints());
    }
  }

  private static Thing away(Thing thing) {
    return new Thing(
        thing.mac(), thing.ip(), thing.name(), thing.vendor(), thing.port(), 94_000, 0, 0);
  }
}
