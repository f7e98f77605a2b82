package dev.mhs.source.routeros.limit;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;

/**
 * Whether FastTrack lets packets pass by the simple queues. It does so on the default
 * configuration: a queue alone limits next to nothing there (RouterOS manual, "FastTrack").
 *
 * @param four the firewall of IPv4
 * @param six the firewall of IPv6
 * @param mode what the user wants done about it
 */
public record FastTrack(Firewall four, Firewall six, Mode mode) {
  /** What is done about FastTrack; the words of the setting {@code fasttrack}. */
  public enum Mode {
    /** Nothing: it is explained that a limit does not hold. */
    EXPLAIN,
    /** Limited devices are kept out of it. */
    EXEMPT
  }

  /**
   * What was read.
   *
   * @param filter {@code /ip/firewall/filter}
   * @param filter6 {@code /ipv6/firewall/filter}
   * @param list our part of {@code /ip/firewall/address-list}
   * @param list6 our part of {@code /ipv6/firewall/address-list}
   * @param settings {@code /ip/settings}
   * @param settings6 {@code /ipv6/settings}
   * @param mangle the rules of {@code /ip/firewall/mangle} that speed up
   */
  public record Rows(
      List<Row> filter,
      List<Row> filter6,
      List<Row> list,
      List<Row> list6,
      List<Row> settings,
      List<Row> settings6,
      List<Row> mangle) {}

  /**
   * Finds out.
   *
   * @param rows what was read
   * @param mode what the user wants done about it
   * @return what is on, and who is kept out
   */
  public static FastTrack of(Rows rows, Mode mode) {
    return new FastTrack(
        Firewall.of(false, rows.filter, rows.list, rows.settings, rows.mangle),
        Firewall.of(true, rows.filter6, rows.list6, rows.settings6, List.of()),
        mode);
  }

  /**
   * Tells whether our address list has to be read: where a rule names it, or may have to.
   *
   * @param filter the rules of a family
   * @param mode what the user wants done
   * @return whether it matters
   */
  public static boolean isListNeeded(List<Row> filter, Mode mode) {
    return Rule.of(filter).stream()
        .anyMatch(
            rule ->
                (mode == Mode.EXEMPT && rule.isFastTrack())
                    || rule.matchers().values().stream()
                        .anyMatch(one -> one.endsWith(Exemption.LIST)));
  }

  /**
   * Tells whether it is on for anybody.
   *
   * @return whether it is, for either family
   */
  public boolean isOn() {
    return four.isFastTracking() || six.isFastTracking();
  }

  /**
   * Returns why a target is not held to its queue.
   *
   * @param target the target
   * @return the reason, or empty when FastTrack does not matter
   */
  public Optional<String> bypass(Prefix target) {
    Firewall firewall = target.base() instanceof Inet6Address ? six : four;
    Optional<String> rule =
        firewall
            .speedingUp(target)
            .map(
                found ->
                    "FastTrack is on for "
                        + firewall.family()
                        + " (rule \""
                        + found.label()
                        + "\"), and what it speeds up passes by every queue; "
                        + advice(firewall, target));
    return rule.or(() -> elsewhere(firewall));
  }

  private Optional<String> elsewhere(Firewall firewall) {
    return firewall.elsewhere() && !firewall.forbidden()
        ? Optional.of(
            "a rule in /ip/firewall/mangle has the action fasttrack-connection, and what it speeds"
                + " up passes by every queue; disable that rule")
        : Optional.empty();
  }

  private String advice(Firewall firewall, Prefix target) {
    String address = IpLiteral.text(target.base());
    if (!firewall.hasActiveEntry(target)) {
      return mode == Mode.EXEMPT
          ? address + " is missing in the address list " + Exemption.LIST
          : "disable that rule, or let MHS keep limited devices out of it (limits.fasttrack:"
              + " exempt)";
    }
    return "the rules that keep limited devices out of it do not stand before it, or are switched"
        + " off or changed";
  }
}
