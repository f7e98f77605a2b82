package dev.mhs.dist;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.dist.Browser.Screen;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.world.Scenario;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the pictures of the README from the running program. It takes some minutes, checks nothing,
 * and is none of the tests; it runs when it is named:
 *
 * <pre>mvn -Dquick -pl dist -am verify -Dit.test=Screenshots -Dmhs.screenshots=$PWD/docs/images \
 *   -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
 * </pre>
 */
@ExtendWith(NeedsChromium.class)
class Screenshots {
  /** As far as the charts look back, and a little more. */
  private static final Duration EVENING = Duration.ofSeconds(126);

  /** The camera at the door, which never rests. */
  private static final String CAMERA = "192.168.88.71";

  @Test
  void theDashboardOnADeskAndOnAPhone(@TempDir Path folder) throws Exception {
    Path pictures = Files.createDirectories(Path.of(System.getProperty("mhs.screenshots")));
    FamilyEvening evening = new FamilyEvening();
    PlayedHousehold household = PlayedHousehold.of(folder, evening.at(0));
    try (MhsProcess mhs = MhsProcess.start(folder, Map.of("MHS_LOCAL_ENABLED", "false"));
        Browser desk = opened(folder, Screen.TALL_DESK, "dark", mhs);
        Browser light = opened(folder, Screen.TALL_DESK, "light", mhs);
        Browser phone = opened(folder, Screen.PHONE, "dark", mhs)) {
      play(household, evening);
      for (Browser browser : List.of(desk, light, phone)) {
        // Said once and dismissed, as everybody does.
        browser.evaluate("document.querySelector('#open button').click()");
      }
      desk.picture(pictures.resolve("dashboard.png"));
      light.picture(pictures.resolve("dashboard-light.png"));
      phone.picture(pictures.resolve("dashboard-phone.png"));
      desk.evaluate("location.hash = 'device=64:e4:a5:7d:30:18'");
      seen(desk, "document.querySelector('.drawer[open] .past-sum')?.textContent");
      desk.picture(pictures.resolve("device.png"));
    }
  }

  /** The README's first picture: what everybody sees who types "./mhs demo" and stays a while. */
  @Test
  void theDemo(@TempDir Path folder) throws Exception {
    Path pictures = Files.createDirectories(Path.of(System.getProperty("mhs.screenshots")));
    try (RunningDemo demo = RunningDemo.start(folder);
        Browser browser = Browser.start(folder, Screen.DESK)) {
      browser.prefer("dark");
      browser.open(demo.address());
      seen(browser, "document.querySelectorAll('#devices .rate[data-weight=busy]').length > 2");
      demo.limit(CAMERA, "{\"upload_mbps\":1}");
      long began = System.nanoTime();
      Await.until(
          "the evening is over",
          EVENING.multipliedBy(2),
          () ->
              Optional.of(Duration.ofNanos(System.nanoTime() - began))
                  .filter(time -> time.compareTo(EVENING) > 0));
      seen(browser, "document.querySelectorAll('#devices .mark').length > 0");
      browser.picture(pictures.resolve("demo.png"));
    }
  }

  @Test
  void aLimitThatDoesNotBite(@TempDir Path folder) throws Exception {
    Path pictures = Files.createDirectories(Path.of(System.getProperty("mhs.screenshots")));
    try (Simulator simulator = Simulator.start(Scenario.usual(), new SystemTime());
        MhsProcess mhs = MhsProcess.start(folder, PlayedRouter.settings(simulator));
        Browser browser = opened(folder, Screen.DESK, "dark", mhs)) {
      seen(browser, "document.querySelectorAll('#devices .pick').length > 5");
      seen(browser, "document.querySelectorAll('#devices .rate[data-weight=busy]').length > 5");
      browser.evaluate("document.querySelector('#open button').click()");
      browser.evaluate(
          "fetch('api/limits/192.168.88.30', {method: 'POST', body: '{\"limit_mbps\": 30}',"
              + " headers: {'Content-Type': 'application/json'}}).then(() => 0)");
      String mark =
          "[...document.querySelectorAll('#devices .mark')]"
              + ".find(one => one.textContent.includes('not biting'))";
      seen(browser, "!!" + mark);
      browser.evaluate(mark + ".scrollIntoView({block: 'center'})");
      browser.evaluate(mark + ".click()");
      seen(browser, "document.querySelector('dialog[open] .fate')?.textContent");
      browser.picture(pictures.resolve("limit-not-biting.png"));
    }
  }

  private static void seen(Browser browser, String condition) throws InterruptedException {
    Await.until(
        condition,
        EVENING,
        () ->
            Optional.of(browser.evaluate("!!(" + condition + ")")).filter(JsonValue.TRUE::equals));
  }

  private static Browser opened(Path folder, Screen screen, String theme, MhsProcess mhs)
      throws IOException, InterruptedException {
    Browser browser = Browser.start(folder, screen);
    browser.prefer(theme);
    browser.open(mhs.address());
    return browser;
  }

  private static void play(PlayedHousehold household, FamilyEvening evening)
      throws InterruptedException {
    long began = System.nanoTime();
    Await.until(
        "the evening is over",
        EVENING.multipliedBy(2),
        () -> {
          Duration played = Duration.ofNanos(System.nanoTime() - began);
          household.play(evening.at(played.toMillis() / 1000.0));
          return Optional.of(played).filter(time -> time.compareTo(EVENING) > 0);
        });
  }
}
