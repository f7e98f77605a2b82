package dev.mhs.simulator.world;

import org.jspecify.annotations.Nullable;

/**
 * An interface of a box with its counters. Values are written by the world only, under its lock.
 */
public final class Port {
  /** Ethernet II header (IEEE 802.3, 3.1.1): what a frame is longer than its packet. */
  private static final long HEADER = 14;

  private static final long PACKET = 1_400;

  final int number;
  final String name;
  final String type;
  final @Nullable String made;
  final String mac;
  final String linkSpeed;
  final boolean isSlave;
  String comment;
  boolean isDisabled;
  boolean isPlugged;
  long rx;
  long tx;
  long rxPackets;
  long txPackets;
  private long rxLast;
  private long txLast;
  private double rxRate;
  private double txRate;
  int linkDowns;

  /**
   * What an interface is by nature.
   *
   * @param name its name
   * @param type such as {@code ether}
   * @param made the name that the maker gave it, or null
   * @param linkSpeed what it negotiates, such as {@code 1Gbps}; empty for nothing
   * @param isSlave whether it belongs to a bridge
   */
  record Nature(
      String name, String type, @Nullable String made, String linkSpeed, boolean isSlave) {}

  Port(int number, Nature nature, String mac, String comment, boolean isPlugged) {
    this.number = number;
    this.name = nature.name();
    this.type = nature.type();
    this.made = nature.made();
    this.linkSpeed = nature.linkSpeed();
    this.isSlave = nature.isSlave();
    this.mac = mac;
    this.comment = comment;
    this.isPlugged = isPlugged;
  }

  /** Counts what it received and sent in a step, frame headers included. */
  void count(long received, long sent) {
    long in = (received + PACKET - 1) / PACKET;
    long out = (sent + PACKET - 1) / PACKET;
    rx += received + in * HEADER;
    tx += sent + out * HEADER;
    rxPackets += in;
    txPackets += out;
  }

  /** Ends a step: the rates are means over about one second. */
  void settle() {
    rxRate = rxRate * 0.9 + (rx - rxLast);
    txRate = txRate * 0.9 + (tx - txLast);
    rxLast = rx;
    txLast = tx;
  }

  void reset() {
    rx = 0;
    tx = 0;
    rxPackets = 0;
    txPackets = 0;
    rxLast = 0;
    txLast = 0;
    rxRate = 0;
    txRate = 0;
  }

  /** Its id. */
  public String id() {
    return "*" + Integer.toHexString(number).toUpperCase(java.util.Locale.ROOT);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its type. */
  public String type() {
    return type;
  }

  /** The name that the maker gave it, or null. */
  public @Nullable String made() {
    return made;
  }

  /** Its MAC address. */
  public String mac() {
    return mac;
  }

  /** What it negotiates; empty for nothing. */
  public String linkSpeed() {
    return linkSpeed;
  }

  /** Whether it belongs to a bridge. */
  public boolean isSlave() {
    return isSlave;
  }

  /** Its owner's remark, or empty. */
  public String comment() {
    return comment;
  }

  /** Whether it is switched off. */
  public boolean isDisabled() {
    return isDisabled;
  }

  /** Whether it has a link. */
  public boolean isRunning() {
    return isPlugged && !isDisabled;
  }

  /** Bytes received since the box started. */
  public long rx() {
    return rx;
  }

  /** Bytes sent since the box started. */
  public long tx() {
    return tx;
  }

  /** Packets received. */
  public long rxPackets() {
    return rxPackets;
  }

  /** Packets sent. */
  public long txPackets() {
    return txPackets;
  }

  /** Bits per second that it receives. */
  public long rxRate() {
    return Bits.rate(rxRate, 1);
  }

  /** Bits per second that it sends. */
  public long txRate() {
    return Bits.rate(txRate, 1);
  }

  /** How often the link went away. */
  public int linkDowns() {
    return linkDowns;
  }
}
