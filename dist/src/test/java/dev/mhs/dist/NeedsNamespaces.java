package dev.mhs.dist;

import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class at once, and says how to mend it, where a home of namespaces cannot be built.
 * {@code ./mhs test} looks first and leaves such classes out, loudly.
 */
final class NeedsNamespaces implements BeforeAllCallback {
  private static final List<String> PROGRAMS = List.of("ip", "dnsmasq", "udhcpc", "iperf3", "curl");

  @Override
  public void beforeAll(ExtensionContext context) {
    List<String> missing = PROGRAMS.stream().filter(NeedsNamespaces::isMissing).toList();
    if (!missing.isEmpty()) {
      throw new AssertionError(
          "These tests need "
              + missing
              + ". \"./mhs test\" installs them or leaves the tests out;"
              + " so does -DexcludedGroups=netns.");
    }
    Command.Result probe = Command.of("ip", "netns", "list").result();
    if (probe.code() != 0 || !"root".equals(System.getProperty("user.name"))) {
      throw new AssertionError(
          "These tests make network namespaces, which takes root: sudo ./mhs test, or leave them"
              + " out by -DexcludedGroups=netns. "
              + probe.output());
    }
  }

  private static boolean isMissing(String program) {
    return Command.of("sh", "-c", "command -v " + program).result().code() != 0;
  }
}
