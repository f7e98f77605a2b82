package dev.mhs.source.routeros.limit;

import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;

/**
 * Whether FastTrack lets packets pass by the simple queues. It does so on the default
 * configuration: a queue alone limits next to nothing there (RouterOS manual, "FastTrack").
 *
 * @param four whether it is on for IPv4
 * @param six whether it is on for IPv6
 */
public record FastTrack(boolean four, boolean six) {
  /**
   * Finds out.
   *
   * @param rules {@code /ip/firewall/filter}
   * @param rules6 {@code /ipv6/firewall/filter}
   * @param settings {@code /ip/settings}
   * @return what is on
   */
  public static FastTrack of(List<Row> rules, List<Row> rules6, List<Row> settings) {
    boolean isForbidden =
        settings.stream()
            .anyMatch(
                row -> row.text("allow-fast-path").isPresent() && !row.flag("allow-fast-path"));
    return new FastTrack(!isForbidden && hasRule(rules), hasRule(rules6));
  }

  /**
   * Returns why a target is not held to its queue.
   *
   * @param target the target
   * @return the reason, or empty when FastTrack does not matter
   */
  Optional<String> bypass(Prefix target) {
    boolean isSix = target.base() instanceof Inet6Address;
    if (isSix ? !six : !four) {
      return Optional.empty();
    }
    return Optional.of(
        "FastTrack is on for "
            + (isSix ? "IPv6" : "IPv4")
            + ", and what it speeds up passes by every queue; disable the firewall rule"
            + " \"fasttrack-connection\" or exempt "
            + target.base().getHostAddress()
            + " from it");
  }

  /** The router shows a dynamic "dummy rule" for the counters, which does nothing. */
  private static boolean hasRule(List<Row> rules) {
    return rules.stream()
        .anyMatch(
            row ->
                row.word("action").orElse("").equals("fasttrack-connection")
                    && !row.flag("disabled")
                    && !row.flag("dynamic")
                    && !row.flag("invalid"));
  }
}
