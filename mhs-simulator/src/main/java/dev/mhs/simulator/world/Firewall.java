package dev.mhs.simulator.world;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Which connections the firewall puts on the fast path. Each packet of a connection that is not yet
 * there goes through the rules; the first one that accepts it ends the search (RouterOS manual,
 * "Filter" and "FastTrack"). Under the world's lock.
 */
final class Firewall {
  private static final String FASTTRACK = "fasttrack-connection";

  private final Table rules;
  private final Table lists;

  Firewall(Table rules, Table lists) {
    this.rules = rules;
    this.lists = lists;
  }

  /** Grows with each change that may turn a decision. */
  int version() {
    return rules.version() + lists.version();
  }

  boolean hasFastTrack() {
    return rules.raw().stream().anyMatch(Firewall::isFastTrack);
  }

  /** Whether a packet of either direction reaches a FastTrack rule. */
  boolean isFast(InetAddress inner, InetAddress outer, Habit.Protocol protocol) {
    return protocol != Habit.Protocol.ICMP
        && (reachesFastTrack(inner, outer, protocol, true)
            || reachesFastTrack(outer, inner, protocol, false));
  }

  private boolean reachesFastTrack(
      InetAddress from, InetAddress to, Habit.Protocol protocol, boolean outgoing) {
    for (Item rule : rules.raw()) {
      if (rule.isOn()
          && !rule.dynamic()
          && rule.text("chain").equals("forward")
          && matches(rule, from, to, protocol, outgoing)) {
        switch (rule.text("action")) {
          case FASTTRACK -> {
            return true;
          }
          case "passthrough", "log" -> {} // and on to the next rule
          default -> {
            return false;
          }
        }
      }
    }
    return false;
  }

  private static boolean isFastTrack(Item rule) {
    return rule.isOn() && !rule.dynamic() && rule.text("action").equals(FASTTRACK);
  }

  private boolean matches(
      Item rule, InetAddress from, InetAddress to, Habit.Protocol protocol, boolean outgoing) {
    for (Map.Entry<String, String> one : rule.values().entrySet()) {
      String text = one.getValue();
      boolean holds =
          switch (one.getKey()) {
            case "connection-state" -> words(text).contains("established");
            case "protocol" -> text.equalsIgnoreCase(protocol.name());
            case "src-address" -> contains(text, from);
            case "dst-address" -> contains(text, to);
            case "src-address-list" -> isListed(text, from);
            case "dst-address-list" -> isListed(text, to);
            case "in-interface-list" -> text.equals(outgoing ? "LAN" : "WAN");
            case "out-interface-list" -> text.equals(outgoing ? "WAN" : "LAN");
            case "connection-nat-state", "ipsec-policy", "in-interface", "out-interface" -> false;
            case "dst-port", "src-port", "limit" -> false;
            default -> true; // says what to do, not with what
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private boolean isListed(String text, InetAddress address) {
    boolean negated = text.startsWith("!");
    String list = negated ? text.substring(1) : text;
    boolean found =
        lists.raw().stream()
            .filter(item -> item.isOn() && item.text("list").equals(list))
            .anyMatch(item -> contains(item.text("address"), address));
    return found != negated;
  }

  private static boolean contains(String text, InetAddress address) {
    boolean negated = text.startsWith("!");
    String net = negated ? text.substring(1) : text;
    return Net.parse(net).map(one -> one.contains(address)).orElse(false) != negated;
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.split(",", -1));
  }
}
