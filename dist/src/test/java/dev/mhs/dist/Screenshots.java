package dev.mhs.dist;

import dev.mhs.dist.Browser.Screen;
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
 * Makes the pictures of the README from the running program. It takes two minutes, checks nothing,
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
    }
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
