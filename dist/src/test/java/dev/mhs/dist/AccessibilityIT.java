package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.Browser.Screen;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What axe-core, a checker of the rules of WCAG, finds on the page as it stands: nothing. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class AccessibilityIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** What each rule that is broken has against which parts of the page. */
  private static final String FINDINGS =
      """
      axe.run(document, {resultTypes: ['violations']}).then(({violations, passes}) => ({
        checked: passes.length,
        found: violations.filter(({impact}) => impact !== 'minor').map(({id, impact, nodes}) =>
          `${impact}: ${id} at ${nodes.map((node) => node.target.join(' ')).join(', ')}`)}))
      """;

  private final Path folder;

  AccessibilityIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "DESK,light", "PHONE,dark", "PHONE,light"})
  void theDashboardHasNoBarrier(Screen screen, String theme) throws Exception {
    PlayedHousehold household = PlayedHousehold.of(folder, new FamilyEvening().at(40));
    try (MhsProcess mhs = MhsProcess.start(folder, Map.of());
        Browser browser = Browser.start(folder, screen)) {
      browser.prefer(theme);
      browser.open(mhs.address());
      await(browser, "layers", "document.querySelectorAll('[data-test=legend] button').length > 3");
      browser.evaluate("document.querySelector('#sources').scrollIntoView()");
      await(browser, "the last part", "!!document.querySelector('.health[data-known]')");
      assertEquals(List.of(theme), browser.texts("[document.documentElement.dataset.theme]"));
      nothingIsFound(browser);

      browser.click("[data-test=legend] tbody button");
      await(
          browser,
          "the drawer",
          "!!document.querySelector('.drawer[open] .past-sum')?.textContent");
      nothingIsFound(browser);
      browser.press("Escape", 27);
      await(browser, "no drawer", "!document.querySelector('.drawer[open]')");

      browser.evaluate("document.querySelector('[data-test=range-60]').click()");
      household.switchOff();
      await(
          browser,
          "another source",
          "document.querySelector('[data-test=source]').dataset.kind === 'fallback'");
      nothingIsFound(browser);

      mhs.stop();
      await(browser, "old figures", "document.body.dataset.fresh === 'stale'");
      nothingIsFound(browser);
    }
  }

  @ParameterizedTest
  @CsvSource({"DESK,dark", "PHONE,light"})
  void theSignInPageHasNoBarrier(Screen screen, String theme) throws Exception {
    Map<String, String> password =
        Map.of("DASHBOARD_USER", "anna", "DASHBOARD_PASS", "correct horse");
    try (MhsProcess mhs = MhsProcess.start(folder, password);
        Browser browser = Browser.start(folder, screen)) {
      browser.prefer(theme);
      browser.open(mhs.address());
      await(browser, "the form", "!!document.querySelector('form')");
      nothingIsFound(browser);
    }
  }

  private static void nothingIsFound(Browser browser) throws IOException, InterruptedException {
    nothingIsFound(browser, 20);
  }

  /** Holds for the page as it stands, where more than so many rules have something to look at. */
  static void nothingIsFound(Browser browser, int least) throws IOException, InterruptedException {
    if (browser.evaluate("typeof axe === 'undefined'").equals(JsonValue.TRUE)) {
      browser.evaluate(axe());
    }
    JsonObject answer = browser.settled(FINDINGS).asJsonObject();
    assertTrue(answer.getInt("checked") > least, "rules that were checked: " + answer);
    assertEquals(
        List.of(),
        answer.getJsonArray("found").getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList());
  }

  private static String axe() throws IOException {
    try (InputStream script = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8) + ";0";
    }
  }

  private static void await(Browser browser, String what, String condition)
      throws InterruptedException {
    Await.until(
        what, SOON, () -> Optional.of(browser.evaluate(condition)).filter(JsonValue.TRUE::equals));
  }
}
