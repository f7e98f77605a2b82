package dev.mhs.dist;

import dev.mhs.dist.Browser.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        Browser desk = Browser.start(folder, Screen.TALL_DESK);
        Browser phone = Browser.start(folder, Screen.PHONE)) {
      desk.open(mhs.address());
      phone.open(mhs.address());
      play(household, evening);
      desk.picture(pictures.resolve("dashboard.png"));
      phone.picture(pictures.resolve("dashboard-phone.png"));
    }
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
