package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.dist.Browser.Screen;
import dev.mhs.dist.PlayedHousehold.Thing;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
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

/**
 * Signing in and out as a person does, by keyboard: the built product, on a desk and on a phone.
 */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class SignInIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<Thing> THINGS =
      List.of(
          new Thing(
              "02:00:5e:00:53:01", "198.51.100.10", "nas", "Example", "ether2", 0, 8_000_000, 0));
  private static final String LISTED =
      "[...document.querySelectorAll('#devices tbody td.name .clip')].map(name => name.textContent)";
  private static final String FIELD = "[document.activeElement?.id ?? '']";
  private static final String PROBLEM = "[document.getElementById('problem')?.textContent ?? '']";
  private static final String OUT =
      "[...document.querySelectorAll('button')].filter(b => b.textContent === 'Sign out')";
  private static final String OPEN =
      "[...document.querySelectorAll('#open')].filter(o => o.checkVisibility()).map(o => o.textContent)";

  private final Path folder;
  private MhsProcess mhs;

  SignInIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    PlayedHousehold.of(folder, THINGS);
    mhs = MhsProcess.start(folder, settings("correct horse", Ports.own()));
  }

  @AfterEach
  void stop() {
    mhs.close();
  }

  private static Map<String, String> settings(String pass, String port) {
    return Map.of(
        "MHS_LOCAL_ENABLED",
        "false",
        "DASHBOARD_USER",
        "admin",
        "DASHBOARD_PASS",
        pass,
        "APP_PORT",
        port);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void aPersonSignsInIsToldOfMistakesAndSignsOut(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address() + "/");
      awaitSignIn(browser);
      picture(browser, screen, "signin");
      assertEquals(List.of(), browser.complaints());

      signIn(browser, "wrong");
      Await.until(
          "what was wrong",
          SOON,
          () ->
              first(browser.texts(PROBLEM))
                  .filter("The user name or the password is wrong."::equals));
      picture(browser, screen, "wrong");
      assertTrue(fits(browser), "the page is as wide as the screen");
      assertEquals(List.of("pass"), browser.texts(FIELD), "the password is to be typed once more");
      assertTrue(browser.complaints().stream().allMatch(c -> c.contains("401")));

      browser.type("correct horse");
      browser.type("\r"); // Enter makes a character, and by that submits
      Await.until("the devices", SOON, () -> first(browser.texts(LISTED)));
      Await.until("a way out", SOON, () -> first(browser.texts(OUT + ".map(b => b.title)")));
      picture(browser, screen, "in");
      assertTrue(fits(browser), "the page is as wide as the screen");
      assertEquals(List.of(), browser.texts(OPEN), "no word about an open door");
      assertEquals(List.of(), browser.complaints());

      browser.evaluate(OUT + "[0].click()");
      awaitSignIn(browser);
      browser.open(mhs.address() + "/");
      awaitSignIn(browser);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void anOpenPageGoesToTheSignInWhenItsSessionEndsAndComesBack(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address() + "/#ports");
      awaitSignIn(browser);
      signIn(browser, "correct horse");
      Await.until("the devices", SOON, () -> first(browser.texts(LISTED)));
      String port = mhs.port();

      mhs.stop();
      mhs = MhsProcess.start(folder, settings("correct horse", port));
      Await.until(
          "it is live again",
          SOON.multipliedBy(2),
          () -> first(browser.texts("[document.body.dataset.fresh]")).filter("live"::equals));

      mhs.stop();
      mhs = MhsProcess.start(folder, settings("another one", port));
      awaitSignIn(browser);
      signIn(browser, "another one");
      Await.until("the devices again", SOON, () -> first(browser.texts(LISTED)));
      assertEquals(List.of("#ports"), browser.texts("[location.hash]"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void withoutAPasswordThePageSaysWhoMayDoWhat(Screen screen) throws Exception {
    mhs.close();
    mhs = MhsProcess.start(folder, Map.of("MHS_LOCAL_ENABLED", "false"));
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address() + "/");
      String word = Await.until("the word", SOON, () -> first(browser.texts(OPEN)));
      picture(browser, screen, "open");

      assertTrue(word.startsWith("Anybody on this network can read this page"), word);
      assertTrue(word.contains("DASHBOARD_PASS"), word);
      assertTrue(fits(browser), "the page is as wide as the screen");
      browser.evaluate("document.querySelector('#open button').click()");
      assertEquals(List.of(), browser.texts(OPEN));
      browser.open(mhs.address() + "/");
      Await.until("the devices", SOON, () -> first(browser.texts(LISTED)));
      assertEquals(List.of(), browser.texts(OPEN), "it was read");
      assertEquals(List.of(), browser.complaints());
    }
  }

  private static void awaitSignIn(Browser browser) throws InterruptedException {
    Await.until("the sign-in page", SOON, () -> first(browser.texts(FIELD)).filter("user"::equals));
  }

  private static void signIn(Browser browser, String pass) throws InterruptedException {
    browser.type("admin");
    browser.press("Tab", 9);
    assertEquals(List.of("pass"), browser.texts(FIELD));
    browser.type(pass);
    browser.type("\r"); // Enter makes a character, and by that submits
  }

  private static boolean fits(Browser browser) throws InterruptedException {
    return browser
        .evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        .equals(JsonValue.TRUE);
  }

  /** For whoever wants to see: {@code -Dmhs.screenshots=FOLDER}. */
  private static void picture(Browser browser, Screen screen, String name)
      throws IOException, InterruptedException {
    String pictures = System.getProperty("mhs.screenshots");
    if (pictures != null) {
      Path all = Files.createDirectories(Path.of(pictures));
      browser.picture(all.resolve(name + "-" + screen + ".png"));
    }
  }

  private static Optional<String> first(List<String> texts) {
    return texts.stream().findFirst();
  }
}
