package dev.mhs.simulator.world;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The router's configuration as far as it can be written. It begins as the default one. Any thread.
 */
public final class RouterTables {
  private static final String ESTABLISHED = "established,related";

  private final Guard guard;
  private final Table queues;
  private final Table filter;
  private final Table filter6;
  private final Table addressLists;
  private final Table addressLists6;
  private final Table names;
  private final Table members;
  private final Table kids;
  private boolean allowsFastPath = true;

  RouterTables(Guard guard, Scenario scenario, Fabric fabric) {
    this.guard = guard;
    this.queues = new Table(Schema.QUEUE, guard);
    this.filter = new Table(Schema.FILTER, guard);
    this.filter6 = new Table(Schema.FILTER, guard);
    this.addressLists = new Table(Schema.ADDRESS_LIST, guard);
    this.addressLists6 = new Table(Schema.ADDRESS_LIST, guard);
    this.names = new Table(Schema.DNS_STATIC, guard);
    this.members = new Table(Schema.LIST_MEMBER, guard);
    this.kids = new Table(Schema.KID, guard);
    members.add(Map.of("list", "LAN", "interface", Fabric.BRIDGE, "comment", "defconf"));
    members.add(Map.of("list", "WAN", "interface", fabric.line(), "comment", "defconf"));
    names.add(Map.of("name", "router.lan", "address", "192.168.88.1", "comment", "defconf"));
    names.add(Map.of("name", "nas.lan", "address", "192.168.88.10"));
    protect(filter, true);
    protect(filter6, scenario.release().fastTracksSix());
  }

  /** {@code /queue/simple}. */
  public Table queues() {
    return queues;
  }

  /** {@code /ip/firewall/filter}. */
  public Table filter() {
    return filter;
  }

  /** {@code /ipv6/firewall/filter}. */
  public Table filter6() {
    return filter6;
  }

  /** {@code /ip/firewall/address-list}. */
  public Table addressLists() {
    return addressLists;
  }

  /** {@code /ipv6/firewall/address-list}. */
  public Table addressLists6() {
    return addressLists6;
  }

  /** {@code /ip/dns/static}. */
  public Table names() {
    return names;
  }

  /** {@code /interface/list/member}. */
  public Table members() {
    return members;
  }

  /** {@code /ip/kid-control}. */
  public Table kids() {
    return kids;
  }

  /** Whether packets may take the fast path ({@code /ip/settings allow-fast-path}). */
  public boolean allowsFastPath() {
    return allowsFastPath;
  }

  /**
   * Lets packets take the fast path, or not.
   *
   * @param allowed whether they may
   */
  public void allowFastPath(boolean allowed) {
    guard.now(() -> allowsFastPath = allowed);
  }

  /** The rules of the default configuration (RouterOS manual, "Default configuration"). */
  private static void protect(Table rules, boolean hasFastTrack) {
    rule(rules, "input", "accept", "accept established,related", ESTABLISHED + ",untracked");
    rule(rules, "input", "drop", "drop invalid", "invalid");
    if (hasFastTrack) {
      rules.addDynamic(
          Map.of(
              "chain",
              "forward",
              "action",
              "passthrough",
              "comment",
              "special dummy rule to show fasttrack counters"),
          0);
      rule(rules, "forward", "fasttrack-connection", "fasttrack", ESTABLISHED);
    }
    rule(
        rules,
        "forward",
        "accept",
        "accept established,related, untracked",
        ESTABLISHED + ",untracked");
    rule(rules, "forward", "drop", "drop invalid", "invalid");
  }

  private static void rule(Table rules, String chain, String action, String words, String states) {
    Map<String, String> rule = new LinkedHashMap<>();
    rule.put("chain", chain);
    rule.put("action", action);
    rule.put("comment", "defconf: " + words);
    rule.put("connection-state", states);
    rules.add(rule);
  }
}
