package dev.mhs.source.local.limit;

import java.util.Set;

/**
 * Which way packets go, from the device's viewpoint, and by what names our objects for it go.
 *
 * <p>Towards a device packets wait where they leave for the household. What comes from a device
 * waits behind an interface of our own (ifb), to which it is passed on as it enters: so neither the
 * queue of the user's line nor its rules are touched, and it is the same by which line it leaves.
 */
enum Direction {
  DOWN("down", 0x4d01, "leaving", "egress", "daddr"),
  UP("up", 0x4d02, "entering", "ingress", "saddr");

  /** The interface behind which uploads wait. */
  static final String WAITING_ROOM = "mhs-up";

  private final String map;
  private final int major;
  private final String chain;
  private final String hook;
  private final String field;

  Direction(String map, int major, String chain, String hook, String field) {
    this.map = map;
    this.major = major;
    this.chain = chain;
    this.hook = hook;
    this.field = field;
  }

  /** Returns how the maps begin that tell the queue of a device. */
  String map() {
    return map;
  }

  /** Returns the number of our queues; a packet of that priority finds its class by itself. */
  int major() {
    return major;
  }

  /** Returns the handle of our queues, in tc(8)'s spelling. */
  String handle() {
    return Integer.toHexString(major) + ":";
  }

  /** Returns the name of a class. */
  String classId(int minor) {
    return handle() + Integer.toHexString(minor);
  }

  String chain() {
    return chain;
  }

  String hook() {
    return hook;
  }

  /** Returns where packets of this direction wait. */
  Set<String> interfaces(Set<String> sides) {
    return this == DOWN ? sides : Set.of(WAITING_ROOM);
  }

  /** Returns which of a packet's two addresses is the device's. */
  String field() {
    return field;
  }

  /** Returns which of them is that of whom it talks to. */
  String otherField() {
    return field.equals("saddr") ? "daddr" : "saddr";
  }
}
