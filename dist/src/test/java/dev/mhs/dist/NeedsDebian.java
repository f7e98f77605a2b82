package dev.mhs.dist;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class at once, and says how to mend it, where no clean Debian can be had and booted.
 * {@code ./mhs test} looks first and leaves such classes out, loudly.
 */
final class NeedsDebian implements BeforeAllCallback {
  private static final List<String> PROGRAMS =
      List.of("mmdebstrap", "unshare", "nsenter", "pivot_root", "dpkg-deb", "lintian");

  @Override
  public void beforeAll(ExtensionContext context) {
    List<String> missing =
        PROGRAMS.stream()
            .filter(name -> Command.of("sh", "-c", "command -v " + name).result().code() != 0)
            .toList();
    if (!missing.isEmpty() || !"root".equals(System.getProperty("user.name"))) {
      throw new AssertionError(
          "These tests boot a Debian in namespaces, which takes root and "
              + PROGRAMS
              + " (missing: "
              + missing
              + "). \"sudo ./mhs test\" installs them or leaves the tests out; so does"
              + " -DexcludedGroups=debian.");
    }
  }
}
