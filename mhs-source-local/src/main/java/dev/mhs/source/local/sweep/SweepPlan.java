package dev.mhs.source.local.sweep;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whom a sweep asks: which networks, and how much of each.
 *
 * @param networks the networks to be asked
 * @param others networks that are left alone because they are not private
 */
public record SweepPlan(List<Ipv4Network> networks, List<Ipv4Network> others) {
  /** How many addresses of one network are asked at most. */
  public static final int MOST = 4096;

  /** Copies the lists. */
  public SweepPlan {
    networks = List.copyOf(networks);
    others = List.copyOf(others);
  }

  /**
   * Chooses the networks. Those without room for another host are left out, as are those that are
   * used while there is no DHCP server (RFC 3927), where nobody is likely to be near. Those that
   * are not private belong to a provider and are asked only by explicit choice.
   *
   * @param connected all directly connected networks of the watched interfaces
   * @param byChoice tells whether the user named an interface
   * @return the plan
   */
  public static SweepPlan of(List<Ipv4Network> connected, Predicate<String> byChoice) {
    List<Ipv4Network> asked = new ArrayList<>();
    List<Ipv4Network> leftAlone = new ArrayList<>();
    for (Ipv4Network each : connected) {
      if (each.hosts() > 1 && !each.own().isLinkLocalAddress()) {
        boolean may = each.isPrivate() || byChoice.test(each.interfaceName());
        (may ? asked : leftAlone).add(each);
      }
    }
    return new SweepPlan(asked, leftAlone);
  }

  /**
   * Returns the networks of which only a part is asked.
   *
   * @return those with more than {@link #MOST} hosts
   */
  public List<Ipv4Network> bounded() {
    return networks.stream().filter(each -> each.hosts() > MOST).toList();
  }

  /**
   * Returns how many addresses a whole sweep asks, more or less.
   *
   * @return the number
   */
  public long size() {
    return networks.stream().mapToLong(each -> Math.min(MOST, each.hosts())).sum();
  }

  /**
   * Returns the probes of a whole sweep, our own addresses left out.
   *
   * @param own the addresses of this machine
   * @return the probes, each target once
   */
  public List<Probe> everybody(Set<InetAddress> own) {
    Set<InetAddress> taken = new LinkedHashSet<>(own);
    List<Probe> probes = new ArrayList<>();
    for (Ipv4Network network : networks) {
      for (InetAddress target : network.nearest(MOST)) {
        if (taken.add(target)) {
          probes.add(new Probe(network.own(), target, network.interfaceName(), false));
        }
      }
    }
    return probes;
  }
}
