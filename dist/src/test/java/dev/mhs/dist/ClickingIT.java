package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.dist.Browser.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tests' own click meets what it is meant for, once, on a page that does not hold still. */
@Tag("browser")
@ExtendWith(NeedsChromium.class)
class ClickingIT {
  private static final String TARGET = "#target";
  private static final String PRESSED = "[clicks + ' clicks', misses + ' misses']";
  private static final List<String> NOTHING = List.of("0 clicks", "0 misses");
  private static final List<String> ONCE = List.of("1 clicks", "0 misses");

  private final Path folder;

  ClickingIT(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Clicks the target; returns how often it was met, and how often something else was. */
  private List<String> clicked(String script) throws Exception {
    try (Browser browser = Browser.start(folder, Screen.DESK)) {
      begin(browser, script);
      browser.click(TARGET);
      return browser.texts(PRESSED);
    }
  }

  private void begin(Browser browser, String script) throws Exception {
    browser.open(page("index.html", script));
    new Sight(browser).first("the page", "[typeof begin]", "function"::equals);
    browser.evaluate("begin()");
  }

  /** Writes a page that does something when it is told to begin. */
  private String page(String name, String script) throws IOException {
    String page =
        """
        <!doctype html>
        <body style="height: 100vh">
        <button id="target" style="position: absolute; left: 0; top: 300px; width: 20px"></button>
        <script>
          let clicks = 0, misses = 0;
          const target = () => document.querySelector('#target');
          document.addEventListener('click', e => clicks += target().contains(e.target));
          document.addEventListener('mousedown', e => misses += !target().contains(e.target));
          function begin() {
            %s
          }
        </script>
        """
            .formatted(script);
    return Files.writeString(folder.resolve(name), page).toUri().toString();
  }

  @Test
  void itWaitsUntilAButtonRests() throws Exception {
    assertEquals(
        ONCE,
        clicked(
            """
            let frames = 0;
            (function slide() {
              target().style.left = 20 * frames + 'px';
              if (++frames < 60) requestAnimationFrame(slide);
            })();
            """));
  }

  @Test
  void itWaitsUntilNothingCoversAButton() throws Exception {
    assertEquals(
        ONCE,
        clicked(
            """
            const curtain = document.body.appendChild(document.createElement('div'));
            curtain.style = 'position: fixed; inset: 0';
            let frames = 0;
            (function wait() {
              if (++frames < 60) requestAnimationFrame(wait); else curtain.remove();
            })();
            """));
  }

  @Test
  void itClicksAgainWhenAButtonMovesAwayUnderIt() throws Exception {
    assertEquals(
        ONCE,
        clicked(
            """
            addEventListener('mousemove', () => target().style.left = '200px', {once: true});
            """));
  }

  @Test
  void itClicksAgainWhenAButtonIsReplacedUnderIt() throws Exception {
    assertEquals(
        ONCE,
        clicked(
            """
            addEventListener(
              'mousedown', () => target().replaceWith(target().cloneNode()), {once: true});
            """));
  }

  @Test
  void aClickThatLeavesThePageIsMadeOnce() throws Exception {
    String next = page("next.html", "");
    try (Browser browser = Browser.start(folder, Screen.DESK)) {
      begin(browser, "target().onclick = () => location = '%s'".formatted(next));
      browser.click(TARGET);

      new Sight(browser).first("the next page", "[location.href]", next::equals);
      assertEquals(NOTHING, browser.texts(PRESSED));
    }
  }
}
