package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.engine.SystemTime;
import dev.mhs.dist.Browser.Screen;
import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.rest.Fault;
import dev.mhs.simulator.rest.User;
import dev.mhs.simulator.world.RouterTables;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.Table;
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

/**
 * A limit as a person sets it on the page, on a played router that answers a little slowly: that it
 * is being applied, that FastTrack keeps it from biting and what mends that, that it is in force
 * and how much is measured, that somebody else set one, and why one was not set.
 */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class LimitsOnPageIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Until a limit that was seen not to bite has been measured to do so: 30 s, and a reading. */
  private static final Duration MEASURED = Duration.ofMinutes(2);

  private final Path folder;
  private Simulator simulator;
  private MhsProcess mhs;

  LimitsOnPageIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startRouterAndMhs() throws InterruptedException {
    simulator =
        Simulator.start(Scenario.usual().with(List.of(PlayedRouter.DESK)), new SystemTime());
    simulator.router().fault(new Fault.IsSlow(Duration.ofMillis(150)));
    mhs = MhsProcess.start(folder, PlayedRouter.settings(simulator));
  }

  @AfterEach
  void stopAll() {
    mhs.close();
    simulator.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK", "PHONE"})
  void theLifeOfALimitIsToldInEveryState(Screen screen) throws Exception {
    try (Browser browser = Browser.start(folder, screen)) {
      browser.open(mhs.address());
      Await.until(
          "limits can be set",
          SOON,
          () -> browser.texts(text("#devices table[data-limits] .pick")).stream().findFirst());
      remember(browser);

      choose(browser, "5 Mbit/s");
      mark(browser, "FastTrack passes by it", "not biting: FastTrack"::equals, SOON);
      List<String> said = seen(browser);
      assertTrue(said.contains("applying …"), said.toString());
      assertEquals("5 Mbit/s", limit(browser));
      assertTrue(explanation(browser).contains("MHS_LIMITS_FASTTRACK=exempt"));

      switchOffFastTrack();
      mark(browser, "it bites", text -> text.startsWith("in force · ↓"), MEASURED);

      writeItself(browser, "12,5", "2");
      Await.until(
          "both rates", SOON, () -> Optional.of(limit(browser)).filter("↓12.5 ↑2 Mbit/s"::equals));
      choose(browser, "Unlimited");
      mark(browser, "none again", String::isEmpty, SOON);

      simulator
          .world()
          .tables()
          .queues()
          .add(Map.of("name", "kids", "target", "192.168.88.50/32", "max-limit", "2M/20M"));
      mark(browser, "somebody else's", text -> text.startsWith("set elsewhere"), MEASURED);
      assertEquals("↓20 ↑2 Mbit/s", limit(browser));

      simulator.router().users(List.of(User.reader(Simulator.USER.name(), "simulated")));
      choose(browser, "30 Mbit/s");
      String why =
          Await.until(
              "the refusal",
              SOON,
              () -> browser.texts(text("td.said")).stream().filter(t -> !t.isEmpty()).findFirst());
      assertTrue(why.startsWith("The limit was not set: ") && why.contains("write"), why);
      assertEquals("↓20 ↑2 Mbit/s", limit(browser), "what is in force stays");
      assertTrue(
          browser.complaints().stream().allMatch(one -> one.contains("/api/limits/")),
          "the browser itself notes that an answer was an error, and nothing else");
    }
  }

  /** What the page says would mend it. */
  private void switchOffFastTrack() {
    RouterTables tables = simulator.world().tables();
    for (Table rules : List.of(tables.filter(), tables.filter6())) {
      rules.items().stream()
          .filter(rule -> rule.text("action").equals("fasttrack-connection"))
          .forEach(rule -> rules.set(rule.id(), Map.of("disabled", "yes")));
    }
  }

  /** Presses what shows the limit, by keyboard where there is one, and then one of the choices. */
  private static void choose(Browser browser, String choice) throws InterruptedException {
    browser.evaluate("document.querySelector('#devices .pick').focus()");
    browser.type("\r");
    offered(browser);
    browser.evaluate(
        "[...document.querySelectorAll('.presets button')]"
            + ".find(button => button.textContent.startsWith('"
            + choice
            + "')).focus()");
    browser.type("\r");
  }

  private static void writeItself(Browser browser, String down, String up)
      throws InterruptedException {
    choose(browser, "Custom");
    browser.type(down);
    browser.press("Tab", 9);
    browser.type("x");
    browser.type("\r");
    String problem =
        Await.until(
            "what is wrong",
            SOON,
            () -> browser.texts(text(".custom .field-problem")).stream().findFirst());
    assertEquals("Up: write a number of Mbit/s, such as 30 or 2.5.", problem);
    browser.evaluate("document.activeElement.select()");
    browser.type(up);
    browser.type("\r");
  }

  private static void offered(Browser browser) throws InterruptedException {
    Await.until(
        "the choices", SOON, () -> browser.texts(text("dialog[open] .presets")).stream().findAny());
  }

  /** Returns what a press on the mark tells, and closes it again. */
  private static String explanation(Browser browser) throws InterruptedException {
    browser.evaluate("document.querySelector('#devices .mark').click()");
    offered(browser);
    String told = browser.texts(text("dialog[open] .fate")).getFirst();
    browser.press("Escape", 27);
    Await.until(
        "it is closed",
        SOON,
        () -> Optional.of(browser.texts(text("dialog[open]"))).filter(List::isEmpty));
    return told;
  }

  private static void mark(
      Browser browser, String what, Predicate<String> wanted, Duration deadline)
      throws InterruptedException {
    Await.until(
        what,
        deadline,
        () -> browser.texts(text("#devices .mark")).stream().filter(wanted).findFirst());
  }

  private static String limit(Browser browser) throws InterruptedException {
    return browser.texts(text("#devices .pick")).getFirst();
  }

  /** Lets the page note from now on what stood in the limit's cell, however short it was. */
  private static void remember(Browser browser) throws InterruptedException {
    browser.evaluate(
        "{ window.marks = []; const mark = document.querySelector('#devices .mark');"
            + " new MutationObserver(() => window.marks.push(mark.textContent))"
            + ".observe(mark, {subtree: true, childList: true, characterData: true}); }");
  }

  private static List<String> seen(Browser browser) throws InterruptedException {
    return browser.texts("window.marks");
  }

  private static String text(String selector) {
    return "[...document.querySelectorAll('" + selector + "')].map(node => node.textContent)";
  }
}
