package dev.mhs.dist;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class at once, and says how to mend it, where there is no Chromium. {@code ./mhs
 * test} looks first and leaves such classes out, loudly.
 */
final class NeedsChromium implements BeforeAllCallback {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  @Override
  public void beforeAll(ExtensionContext context) {
    if (program().isEmpty()) {
      throw new AssertionError(
          "These tests need a browser, one of "
              + NAMES
              + ". \"./mhs test\" installs it or leaves the tests out;"
              + " so does -DexcludedGroups=browser.");
    }
  }

  /** Returns the browser that is installed here. */
  static Optional<String> program() {
    return NAMES.stream()
        .filter(name -> Command.of("sh", "-c", "command -v " + name).result().code() == 0)
        .findFirst();
  }
}
