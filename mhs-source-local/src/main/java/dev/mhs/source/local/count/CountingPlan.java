package dev.mhs.source.local.count;

import dev.mhs.source.local.read.LocalInterface;
import dev.mhs.source.local.read.OwnAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where to count, and whose traffic. Pure.
 *
 * <p>Each frame must be met once. What a device sends enters at the interface behind which it is;
 * behind a bridge that is one of its members, since frames that only cross the bridge never reach
 * the bridge's own interface. What is sent to a device by way of this machine leaves by the
 * interface itself; what crosses a bridge from another member was met when it entered there.
 *
 * @param entries interfaces at which frames are counted as they come in
 * @param exits interfaces at which frames are counted as they go out
 * @param trunks those among them whose tagged frames are met again at an interface of their VLAN
 * @param household the networks that are the household's: what stays within them is not counted
 * @param counted the networks whose addresses are counted
 * @param sight whose traffic passes here
 * @param indexes the kernel's numbers for these interfaces: one that was removed and made again has
 *     another, and what was hooked to it went with it (Linux 6.18 hooks nftables to the new one by
 *     itself, older ones do not)
 */
public record CountingPlan(
    Set<String> entries,
    Set<String> exits,
    Set<String> trunks,
    Set<Network> household,
    Set<Network> counted,
    Sight sight,
    Set<Integer> indexes) {
  /** IFF_PROMISC of include/uapi/linux/if.h: set where a switch mirrors a port to this one. */
  private static final long PROMISCUOUS = 0x100;

  /** Whose traffic passes an interface of this machine. */
  public enum Sight {
    /** This machine's own. */
    OWN,
    /** That of some others: of those whom a switch mirrors to here. */
    SOME,
    /** Everybody's: a device without any count moved nothing. */
    ALL
  }

  /** Copies the sets. */
  public CountingPlan {
    entries = Set.copyOf(entries);
    exits = Set.copyOf(exits);
    trunks = Set.copyOf(trunks);
    household = Set.copyOf(household);
    counted = Set.copyOf(counted);
    indexes = Set.copyOf(indexes);
  }

  /**
   * What is known of this machine.
   *
   * @param interfaces every interface by name
   * @param watched the names of those behind which devices are looked for
   * @param own this machine's addresses
   * @param uplinks the interfaces of the default routes
   * @param parents the interfaces on which VLANs are built
   * @param forwards whether this machine passes on packets of others
   * @param named whether a person named the interfaces to watch: a promiscuous one among them is
   *     meant to see others; elsewhere some program that captures has made it so for a while
   */
  public record Place(
      Map<String, LocalInterface> interfaces,
      Set<String> watched,
      List<OwnAddress> own,
      Set<String> uplinks,
      Set<String> parents,
      boolean forwards,
      boolean named) {
    /** Returns the interfaces on the household's side. */
    private List<LocalInterface> sides() {
      return interfaces.values().stream()
          .filter(each -> watched.contains(each.name()))
          // What belongs to a bridge or bond is one of its sockets, not a side of its own.
          .filter(each -> each.master() == null)
          // Behind a router's uplink is the provider, or another household.
          .filter(each -> !forwards || !uplinks.contains(each.name()))
          .toList();
    }

    private Sight sight(List<LocalInterface> sides) {
      if (forwards || sides.stream().anyMatch(each -> each.members().size() > 1)) {
        return Sight.ALL;
      }
      boolean mirrored = sides.stream().anyMatch(each -> (each.flags().bits() & PROMISCUOUS) != 0);
      return named && mirrored ? Sight.SOME : Sight.OWN;
    }
  }

  /**
   * Makes the plan.
   *
   * @param place what is known of this machine
   * @return the plan; {@linkplain #isEmpty() empty} when nothing can be counted here
   */
  public static CountingPlan of(Place place) {
    List<LocalInterface> sides = place.sides();
    Set<String> entries = new TreeSet<>();
    Set<String> exits = new TreeSet<>();
    for (LocalInterface side : sides) {
      entries.addAll(side.members().isEmpty() ? Set.of(side.name()) : side.members());
      exits.add(side.name());
    }
    Set<Network> household = new TreeSet<>();
    Set<Network> own = new TreeSet<>();
    for (OwnAddress each : place.own()) {
      if (exits.contains(each.interfaceName()) && !each.address().isLinkLocalAddress()) {
        household.add(Network.of(each.address(), each.prefixLength()));
        own.add(Network.of(each.address(), each.address().getAddress().length * Byte.SIZE));
      }
    }
    Set<String> trunks = new TreeSet<>(place.parents());
    trunks.retainAll(entries);
    sides.stream()
        .filter(each -> place.parents().contains(each.name()))
        .forEach(
            each -> {
              trunks.add(each.name());
              trunks.addAll(each.members()); // a bridge hands tagged frames up
            });
    Sight sight = place.sight(sides);
    Set<Integer> indexes =
        Stream.concat(entries.stream(), exits.stream())
            .map(place.interfaces()::get)
            .filter(Objects::nonNull)
            .map(LocalInterface::index)
            .collect(Collectors.toSet());
    return new CountingPlan(
        entries, exits, trunks, household, sight == Sight.OWN ? own : household, sight, indexes);
  }

  /**
   * Tells whether there is nothing to count.
   *
   * @return whether there is no interface or no network
   */
  public boolean isEmpty() {
    return entries.isEmpty() || household.isEmpty();
  }
}
