package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.dist.Browser.Screen;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.world.Scenario;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One walk in both themes on a desk and on a phone: the line, a row, the drawer with its own
 * control of the limit, the choices, and a limit that does not bite. Each is told rightly, has no
 * barrier, and is no wider than the screen.
 */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class LimitsInEveryLookIT {
  private static final String NUMBER = "\\d+\\.\\d\\d|<0\\.01";
  private static final String NOT_BITING = "not biting: FastTrack";
  private static final String DRAWN = ".drawer[open] ";

  /** Behind a dialog everything is out of reach, hence of no interest to most rules. */
  private static final int RULES = 12;

  private static final String ROW = Sight.row("3c:7c:3f:5a:20:01") + " ";

  @Test
  void whatStandsThereIsRightAndReadableInEachOfThem(@TempDir Path folder) throws Exception {
    try (Simulator simulator =
            Simulator.start(Scenario.usual().with(List.of(PlayedRouter.DESK)), new SystemTime());
        MhsProcess mhs = MhsProcess.start(folder, PlayedRouter.settings(simulator));
        Browser browser = Browser.start(folder, Screen.DESK)) {
      for (String theme : List.of("dark", "light")) {
        for (Screen screen : List.of(Screen.DESK, Screen.PHONE)) {
          browser.show(screen);
          browser.prefer(theme);
          browser.open(mhs.address() + "/?" + theme + "-" + screen);
          walk(browser, screen == Screen.DESK ? "5 Mbit/s" : "30 Mbit/s");
          assertEquals(List.of(theme), browser.texts("[document.documentElement.dataset.theme]"));
        }
      }
      assertEquals(List.of(), browser.complaints());
    }
  }

  private static void walk(Browser browser, String limit) throws Exception {
    Sight page = new Sight(browser);
    page.told(ROW + ".status", "Online"::equals);
    page.told(ROW + ".name a", "desk"::equals);
    page.told(ROW + "td.download", text -> text.matches(NUMBER));
    page.told("[data-test=wan-down] .number", text -> text.matches(NUMBER));
    page.told("[data-test=tile-online] .number", "1"::equals);
    page.told("[data-test=legend] button", "desk"::equals);

    page.press(ROW + ".name a");
    page.told(DRAWN + ".device-name", "desk"::equals);
    page.told(DRAWN + ".figure.down b", text -> text.matches(NUMBER));
    page.told(DRAWN + ".past-sum", text -> text.startsWith("Peak"));
    AccessibilityIT.nothingIsFound(browser, RULES);

    page.press(DRAWN + ".limit-line .pick");
    page.told("dialog[open] .presets", text -> text.startsWith("Unlimited"));
    assertEquals(
        List.of("Unlimited", "5 Mbit/s", "30 Mbit/s", "500 Mbit/s", "1 Gbit/s", "Custom …"),
        browser.texts(
            "[...document.querySelectorAll('.presets button')]"
                + ".map(button => button.firstChild.textContent)"));
    AccessibilityIT.nothingIsFound(browser, RULES);
    browser.evaluate(
        "[...document.querySelectorAll('.presets button')].find(one =>"
            + (" one.firstChild.textContent === '" + limit + "').click()"));

    page.told(DRAWN + ".limit-line .pick", limit::equals);
    page.told(DRAWN + ".limit-line .mark", NOT_BITING::equals);
    page.told(ROW + ".pick", limit::equals);
    page.told(ROW + ".mark", NOT_BITING::equals);
    page.press(DRAWN + ".limit-line .mark");
    page.told("dialog[open] .fate", text -> text.contains("MHS_LIMITS_FASTTRACK=exempt"));
    AccessibilityIT.nothingIsFound(browser, RULES);
    assertTrue(
        browser
            .evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            .equals(JsonValue.TRUE),
        "no wider than the screen");
  }
}
