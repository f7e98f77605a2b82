package dev.mhs.simulator.world;

import java.net.InetAddress;

/**
 * An entry of the connection table. "orig" is the direction of the first packet. Counters are kept
 * apart by path, as the kernel does; what the table shows of them is the reader's choice.
 */
public final class Connection {
  /** How long an ended TCP connection stays listed ({@code tcp-close-timeout}). */
  static final double TCP_LINGERS = 10;

  /** How long a UDP connection without packets stays listed ({@code udp-timeout}). */
  static final double UDP_LINGERS = 30;

  /** The same, once both sides have talked for a while ({@code udp-stream-timeout}). */
  static final double STREAM_LINGERS = 180;

  static final double ICMP_LINGERS = 10;
  static final double TCP_ESTABLISHED = 86_400;
  private static final long STREAM_BYTES = 10_000;

  final int number;
  final Flow flow;
  final InetAddress routerAddress;
  final double begun;

  long slowOrig;
  long slowRepl;
  long fastOrig;
  long fastRepl;
  boolean isEstablished;
  boolean isFast;
  boolean isClosed;
  double lastPacket;
  int decidedAt = -1;

  Connection(int number, Flow flow, InetAddress routerAddress, double now) {
    this.number = number;
    this.flow = flow;
    this.routerAddress = routerAddress;
    this.begun = now;
    this.lastPacket = now;
  }

  /** Counts a step, seen from the device. */
  void count(long down, long up, long fastDown, long fastUp, double now) {
    boolean inside = flow.isBegunInside();
    slowOrig += inside ? up - fastUp : down - fastDown;
    slowRepl += inside ? down - fastDown : up - fastUp;
    fastOrig += inside ? fastUp : fastDown;
    fastRepl += inside ? fastDown : fastUp;
    if (down + up > 0) {
      lastPacket = now;
    }
  }

  /** Returns in how many seconds it vanishes unless something moves. */
  public double timeout(double now) {
    double after =
        switch (flow.habit.peer().protocol()) {
          case TCP -> isClosed ? TCP_LINGERS : TCP_ESTABLISHED;
          case UDP -> isStream() ? STREAM_LINGERS : UDP_LINGERS;
          case ICMP -> ICMP_LINGERS;
        };
    return lastPacket + after - now;
  }

  /** Whether it was seen to be a lasting exchange. */
  public boolean isStream() {
    return slowOrig + fastOrig + slowRepl + fastRepl > STREAM_BYTES;
  }

  /** Its id. */
  public String id() {
    return "*" + Integer.toHexString(number).toUpperCase(java.util.Locale.ROOT);
  }

  /** The protocol. */
  public Habit.Protocol protocol() {
    return flow.habit.peer().protocol();
  }

  /** Whether it is one of IPv6. */
  public boolean isSix() {
    return flow.isSix();
  }

  /** Where the first packet came from. */
  public InetAddress source() {
    return flow.isBegunInside() ? flow.inner : flow.outer;
  }

  /** Where it was sent: behind destination NAT, the router. */
  public InetAddress destination() {
    if (flow.isBegunInside()) {
      return flow.outer;
    }
    return isTranslated() ? routerAddress : flow.inner;
  }

  /** Who answers: behind destination NAT, the device. */
  public InetAddress replySource() {
    return flow.isBegunInside() ? flow.outer : flow.inner;
  }

  /** Where the answer is sent: behind source NAT, the router. */
  public InetAddress replyDestination() {
    if (!flow.isBegunInside()) {
      return flow.outer;
    }
    return isTranslated() ? routerAddress : flow.inner;
  }

  /** The port of the first packet's sender. */
  public int sourcePort() {
    return flow.isBegunInside() ? flow.innerPort : flow.outerPort;
  }

  /** The port it was sent to. */
  public int destinationPort() {
    return flow.isBegunInside() ? flow.outerPort : flow.innerPort;
  }

  /** Whether an address of it is translated: IPv4 is, IPv6 and the router's own are not. */
  public boolean isTranslated() {
    return !isSix() && flow.member != null;
  }

  /** Whether its first packet went to the router and on to a device. */
  public boolean isForwarded() {
    return !flow.isBegunInside();
  }

  /** Whether it is on the fast path. */
  public boolean isFast() {
    return isFast;
  }

  /** Bytes in the first packet's direction on the slow path. */
  public long slowOrig() {
    return slowOrig;
  }

  /** Bytes in the other direction on the slow path. */
  public long slowRepl() {
    return slowRepl;
  }

  /** Bytes in the first packet's direction on the fast path. */
  public long fastOrig() {
    return fastOrig;
  }

  /** Bytes in the other direction on the fast path. */
  public long fastRepl() {
    return fastRepl;
  }

  /** Whether it has ended and merely lingers. */
  public boolean isClosed() {
    return isClosed;
  }
}
