package dev.mhs.simulator.world;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A device of the household.
 *
 * @param name what it calls itself; empty for one that tells no name
 * @param mac its MAC address, as RouterOS prints it
 * @param host the last number of its IPv4 address
 * @param place where it is connected
 * @param traits what else there is to say
 * @param habits what it does
 */
public record Member(
    String name, String mac, int host, Place place, Traits traits, List<Habit> habits) {
  /**
   * What else there is to say about a device.
   *
   * @param comment what its owner wrote at its lease; empty for nothing. One with a comment has a
   *     fixed lease.
   * @param six whether it has IPv6 addresses
   * @param homeMinutes how long it stays, in the mean; 0 for always
   * @param awayMinutes how long it is away, in the mean
   */
  public record Traits(String comment, boolean six, double homeMinutes, double awayMinutes) {
    /** Always there, no comment, IPv4 only. */
    public static final Traits PLAIN = new Traits("", false, 0, 0);

    /** Always there, with IPv6. */
    public static final Traits SIX = new Traits("", true, 0, 0);
  }

  /** Copies the habits. */
  public Member {
    habits = List.copyOf(habits);
  }

  /**
   * Returns its IPv4 address.
   *
   * @return in 192.168.88.0/24
   */
  public InetAddress address() {
    return Addresses.of("192.168.88." + host);
  }

  /**
   * Returns its IPv6 addresses: a lasting one and one that hides it.
   *
   * @return none without IPv6
   */
  public List<InetAddress> addresses6() {
    List<InetAddress> addresses = new ArrayList<>();
    if (traits.six) {
      addresses.add(Addresses.of("2001:db8:88::" + Integer.toHexString(0x1000 + host)));
      addresses.add(
          Addresses.of(
              "2001:db8:88:0:%x:7c1e:90ab:%x".formatted(0x3a00 + host, 0x5100 + host * 7)));
    }
    return addresses;
  }

  boolean isFixed() {
    return !traits.comment.isEmpty();
  }
}
