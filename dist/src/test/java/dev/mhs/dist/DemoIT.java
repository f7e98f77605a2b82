package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.Browser.Screen;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mhs demo}, walked through in the browser: what it shows is what is played. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class DemoIT {
  private static final Duration SOON = Duration.ofSeconds(40);
  private static final String CAMERA = "9C:8E:CD:5A:10:14";
  private static final String CAMERA_ADDRESS = "192.168.88.71";
  private static final int DEVICES = 21;
  private static final double FILMED = 4e6;
  private static final double TOLERANCE = 0.02;

  /** What is counted may be this old: connections are read every 2 s, and published every 2 s. */
  private static final double LATE = 5;

  private static final double WATCHED = 30;

  /** Bytes of a connection's first and last packets, which is too short-lived to be read. */
  private static final double CRUMBS = 2_000;

  private static final Pattern UPLOADED =
      Pattern.compile("mhs_device_transmit_bytes_total\\{mac=\"([^\"]*)\"[^}]*} ([0-9.E+]+)");
  private static final Pattern DOWNLOADED =
      Pattern.compile("mhs_device_receive_bytes_total\\{mac=\"([^\"]*)\"[^}]*} ([0-9.E+]+)");
  private static final String BANNER =
      "[...document.querySelectorAll('#demo')].filter(d => d.checkVisibility()).map(d => d.textContent)";
  private static final String LISTED =
      "[...document.querySelectorAll('#devices tbody td.name')].map(name => name.textContent)";

  private static final Path PICTURES =
      Path.of(System.getProperty("mhs.root"), "dist/target/pictures");

  @TempDir Path folder;

  /** Bytes at one moment of the household's time. */
  private record Sight(double seconds, Map<String, Double> download, Map<String, Double> upload) {}

  @Test
  @Runs("./mhs demo")
  void theWholeHouseholdIsShownWithTheRatesAtWhichItMovesAndALimitThatFastTrackPassesBy()
      throws Exception {
    try (RunningDemo demo = RunningDemo.start(folder);
        Browser browser = Browser.start(folder, Screen.DESK)) {
      browser.open(demo.address() + "/");
      String banner = awaitOne(browser, BANNER);
      assertTrue(banner.startsWith("Demo: a played household"), banner);
      Await.until("all devices", SOON, () -> names(browser).filter(all -> all.size() >= DEVICES));
      assertTrue(yesterday(demo) > 2_000, "yesterday has no history");

      assertTheCameraIsShownAtItsRate(demo);
      assertAllBytesAreCounted(demo);

      Await.until("the router can limit", SOON, () -> limiter(demo));
      JsonObject answer = demo.limit(CAMERA_ADDRESS, "{\"upload_mbps\":1}");
      assertFalse(answer.getBoolean("enforced"), answer::toString);
      assertTrue(answer.getString("reason").contains("FastTrack"), answer::toString);
      assertWithin(FILMED, filmed(demo));
      picture(browser, "demo");
      assertEquals(List.of(), browser.complaints());
      assertEquals(403, demo.steer("router-off", "Origin", "http://elsewhere.example"));
      assertEquals(143, demo.stop());
    }
    Await.until(
        "the demo leaves nothing behind", SOON, () -> Optional.of(folder).filter(this::isSwept));
  }

  @Test
  @Runs("./mhs demo --exempt")
  void exemptedFromFastTrackTheLimitHoldsAndTheRouterMayGoAndComeBack() throws Exception {
    try (RunningDemo demo = RunningDemo.start(folder, "--exempt");
        Browser browser = Browser.start(folder, Screen.DESK)) {
      browser.open(demo.address() + "/");
      Await.until("all devices", SOON, () -> names(browser).filter(all -> all.size() >= DEVICES));
      Await.until("the router can limit", SOON, () -> limiter(demo));

      JsonObject answer = demo.limit(CAMERA_ADDRESS, "{\"upload_mbps\":1}");
      assertTrue(answer.getBoolean("enforced"), answer::toString);
      double limited = filmed(demo);
      assertTrue(limited < 1e6 * (1 + TOLERANCE), "limited to 1 Mbit/s, it sends " + limited);
      assertTrue(limited > 0.5e6, "limited to 1 Mbit/s, it sends " + limited);

      assertEquals(303, demo.steer("router-off"));
      Await.until("the local source takes over", SOON, () -> source(demo, "local"));
      Await.until("the page says so", SOON, () -> said(browser, "does not answer", "refused"));
      assertEquals(303, demo.steer("router-on"));
      Await.until("the router is back", Duration.ofSeconds(60), () -> source(demo, "mikrotik"));
      Await.until("all devices", SOON, () -> names(browser).filter(all -> all.size() >= DEVICES));
    }
  }

  private static Optional<String> source(RunningDemo demo, String wanted) throws Exception {
    return Optional.of(demo.json("/api/stats").getString("source", "")).filter(wanted::equals);
  }

  private static Optional<String> limiter(RunningDemo demo) throws Exception {
    JsonObject limits = demo.json("/api/devices").getJsonObject("choices").getJsonObject("limits");
    return Optional.of(limits.getString("source", "")).filter("mikrotik"::equals);
  }

  private static Optional<String> said(Browser browser, String... words) throws Exception {
    String text = String.join(" ", browser.texts("[document.body.innerText]"));
    return Stream.of(words).filter(text::contains).findFirst();
  }

  private static Optional<List<String>> names(Browser browser) throws InterruptedException {
    return Optional.of(browser.texts(LISTED));
  }

  private static String awaitOne(Browser browser, String script) throws InterruptedException {
    return Await.until(script, SOON, () -> browser.texts(script).stream().findFirst());
  }

  private static int yesterday(RunningDemo demo) throws IOException, InterruptedException {
    return demo.json("/api/history/wan?minutes=1440&full=true").getJsonArray("samples").size();
  }

  private void assertTheCameraIsShownAtItsRate(RunningDemo demo) throws InterruptedException {
    Await.until(
        "the camera at 4 Mbit/s",
        SOON,
        () -> {
          JsonNumber shown =
              demo.json("/api/device/" + CAMERA).isNull("upload_bps")
                  ? null
                  : demo.json("/api/device/" + CAMERA).getJsonNumber("upload_bps");
          return Optional.ofNullable(shown)
              .filter(bps -> Math.abs(bps.doubleValue() - FILMED) < TOLERANCE * FILMED);
        });
  }

  /**
   * What MHS counted while it was watched, beside what was moved in a little less and more time.
   */
  private static void assertAllBytesAreCounted(RunningDemo demo) throws Exception {
    List<Sight> truths = new ArrayList<>(List.of(truth(demo)));
    watch(demo, truths, LATE + 1);
    double begin = truths.getLast().seconds();
    Sight before = counted(demo);
    watch(demo, truths, WATCHED);
    Sight after = counted(demo);
    truths.add(truth(demo));

    double end = truths.getLast().seconds();
    for (String mac : truths.getFirst().upload().keySet()) {
      for (boolean up : List.of(true, false)) {
        double told = at(after, mac, up) - at(before, mac, up);
        double least = at(last(truths, end - LATE), mac, up) - at(first(truths, begin), mac, up);
        double most = at(truths.getLast(), mac, up) - at(last(truths, begin - LATE), mac, up);
        assertTrue(
            told >= least * (1 - TOLERANCE) - CRUMBS && told <= most * (1 + TOLERANCE) + CRUMBS,
            mac + (up ? " sent " : " received ") + told + " of " + least + " to " + most);
      }
    }
  }

  /** Looks at the truth again and again, for some seconds of the household's time. */
  private static void watch(RunningDemo demo, List<Sight> truths, double seconds)
      throws InterruptedException {
    double end = truths.getLast().seconds() + seconds;
    Await.until(
        seconds + " s of truth",
        SOON.plusSeconds((long) seconds),
        () -> {
          truths.add(truth(demo));
          return Optional.of(truths.getLast()).filter(now -> now.seconds() >= end);
        });
  }

  private static double at(Sight sight, String mac, boolean up) {
    return (up ? sight.upload() : sight.download()).getOrDefault(mac, 0.0);
  }

  private static Sight last(List<Sight> all, double notAfter) {
    return all.stream().filter(one -> one.seconds() <= notAfter).toList().getLast();
  }

  private static Sight first(List<Sight> all, double notBefore) {
    return all.stream().filter(one -> one.seconds() >= notBefore).findFirst().orElseThrow();
  }

  private static Sight counted(RunningDemo demo) throws IOException, InterruptedException {
    String metrics = demo.get("/observe/metrics");
    return new Sight(0, figures(DOWNLOADED, metrics), figures(UPLOADED, metrics));
  }

  private static Map<String, Double> figures(Pattern metric, String metrics) {
    Map<String, Double> figures = new HashMap<>();
    Matcher each = metric.matcher(metrics);
    while (each.find()) {
      figures.put(each.group(1).toUpperCase(Locale.ROOT), Double.parseDouble(each.group(2)));
    }
    return figures;
  }

  private static Sight truth(RunningDemo demo) throws IOException, InterruptedException {
    JsonObject truth = demo.truth();
    Map<String, Double> down = new HashMap<>();
    Map<String, Double> up = new HashMap<>();
    truth
        .getJsonObject("devices")
        .forEach(
            (mac, moved) -> {
              JsonObject its = moved.asJsonObject();
              down.put(mac, its.getJsonNumber("download_bytes").doubleValue());
              up.put(mac, its.getJsonNumber("upload_bytes").doubleValue());
            });
    return new Sight(truth.getJsonNumber("seconds").doubleValue(), down, up);
  }

  /** How fast the camera truly sends now, in bits per second, over some seconds. */
  private static double filmed(RunningDemo demo) throws Exception {
    double settled = truth(demo).seconds() + 2;
    Sight from = Await.until("it settles", SOON, () -> truthFrom(demo, settled));
    Sight to = Await.until("ten seconds", SOON, () -> truthFrom(demo, from.seconds() + 10));
    double bytes = at(to, CAMERA, true) - at(from, CAMERA, true);
    return bytes * Byte.SIZE / (to.seconds() - from.seconds());
  }

  private static Optional<Sight> truthFrom(RunningDemo demo, double seconds) throws Exception {
    return Optional.of(truth(demo)).filter(now -> now.seconds() >= seconds);
  }

  private static void assertWithin(double wanted, double found) {
    assertTrue(Math.abs(found - wanted) < TOLERANCE * wanted, found + " instead of " + wanted);
  }

  private static void picture(Browser browser, String name) throws Exception {
    browser.picture(Files.createDirectories(PICTURES).resolve(name + ".png"));
  }

  private boolean isSwept(Path where) {
    try (Stream<Path> left = Files.list(where)) {
      return left.noneMatch(one -> one.getFileName().toString().startsWith("tmp."));
    } catch (IOException e) {
      return false;
    }
  }
}
