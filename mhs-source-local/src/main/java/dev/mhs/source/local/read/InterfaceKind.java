package dev.mhs.source.local.read;

import java.util.Locale;

/** What an interface of this machine is. */
public enum InterfaceKind {
  /** A wired socket with hardware behind it. */
  ETHER,
  /** A radio. */
  WIFI,
  /** Several interfaces joined into one network. */
  BRIDGE,
  /** One tagged network on another interface (IEEE 802.1Q). */
  VLAN,
  /** Several interfaces bundled into one. */
  BOND,
  /** One end of a pair of virtual sockets, or another virtual Ethernet. */
  VETH,
  /** A virtual machine's or a program's Ethernet. */
  TAP,
  /** A link to one peer, or through other networks: PPP, WireGuard, tun, sit. */
  TUNNEL,
  /** The machine to itself. */
  LOOPBACK,
  /** Nothing that stands for a socket: dummy, ifb, macvlan. */
  OTHER;

  /**
   * Returns the word by which people know it.
   *
   * @return the name in lower case
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells whether the speed that the driver reports is the capacity of a medium. A virtual
   * interface reports a constant that it does not keep to: veth 10 Gbit/s, tun and tap 10 Mbit/s
   * (Linux drivers/net/veth.c, tun.c), and a bridge that of its fastest member.
   *
   * @return whether the speed means something
   */
  public boolean hasLinkSpeed() {
    return switch (this) {
      case ETHER, WIFI, BOND, VLAN -> true;
      case BRIDGE, VETH, TAP, TUNNEL, LOOPBACK, OTHER -> false;
    };
  }
}
