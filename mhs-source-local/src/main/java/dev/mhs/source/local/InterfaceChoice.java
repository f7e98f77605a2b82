package dev.mhs.source.local;

import dev.mhs.source.local.link.Segment;
import dev.mhs.source.local.read.InterfaceKind;
import dev.mhs.source.local.read.LocalInterface;
import dev.mhs.source.local.read.OwnAddress;
import dev.mhs.source.local.sweep.Ipv4Network;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides which interfaces of the machine matter. Pure. */
final class InterfaceChoice {
  /** How Docker, Podman, CNI, libvirt, LXC, LXD and Incus name the bridges they make themselves. */
  private static final Pattern VIRTUAL_NETWORK =
      Pattern.compile(
          "docker\\d+|docker_gwbridge|br-[0-9a-f]{12}|podman\\d+|cni\\d+|cni-podman\\d+"
              + "|virbr\\d+|lxcbr\\d+|lxdbr\\d+|incusbr\\d+");

  private InterfaceChoice() {}

  /**
   * Returns the interfaces behind which devices are looked for.
   *
   * @param all every interface by name
   * @param named those that the user named; empty: all that are suitable
   * @return the names of those that exist
   */
  static Set<String> watched(Map<String, LocalInterface> all, Set<String> named) {
    Set<String> chosen = new TreeSet<>();
    for (LocalInterface each : all.values()) {
      if (named.isEmpty() ? hasNeighbors(each) : named.contains(each.name())) {
        chosen.add(each.name());
      }
    }
    return chosen;
  }

  /**
   * Returns the interfaces to listen on. A member of a bridge or bond is heard through that; an
   * interface without an address is listened on where the user named it, for a switch may mirror
   * others' traffic to it.
   *
   * @param all every interface by name
   * @param named those that the user named
   * @param own our addresses on the watched interfaces
   * @param networks the networks of which something may be believed
   * @return the interfaces
   */
  static List<Segment> segments(
      Map<String, LocalInterface> all,
      Set<String> named,
      List<OwnAddress> own,
      List<Ipv4Network> networks) {
    Set<String> addressed =
        own.stream().map(OwnAddress::interfaceName).collect(Collectors.toCollection(TreeSet::new));
    addressed.addAll(named);
    List<Segment> segments = new ArrayList<>();
    for (String name : addressed) {
      LocalInterface one = all.get(name);
      List<Ipv4Network> here =
          networks.stream().filter(each -> each.interfaceName().equals(name)).toList();
      boolean hasIpv4 =
          own.stream()
              .anyMatch(
                  each ->
                      each.interfaceName().equals(name) && each.address() instanceof Inet4Address);
      if (one != null && one.master() == null && (!here.isEmpty() || !hasIpv4)) {
        segments.add(new Segment(name, one.mac(), here));
      }
    }
    return segments;
  }

  private static boolean hasNeighbors(LocalInterface one) {
    var flags = one.flags();
    if (!flags.up() || flags.noArp() || flags.pointToPoint() || isVirtualNetwork(one.name())) {
      return false;
    }
    return switch (one.kind()) {
      case ETHER, WIFI, VLAN, BOND, VETH, TAP -> true;
      case BRIDGE -> !one.members().isEmpty();
      case TUNNEL, LOOPBACK, OTHER -> false;
    };
  }

  /**
   * Tells whether an interface is shown as a port of this machine: the sockets, and what is built
   * upon them; not the loopback, nor the bridges of containers with their members.
   *
   * @param one the interface
   * @param hasAddress whether it has an address of its own
   * @param wan the interface behind which everything else is, which is shown whatever it is
   * @return whether it is shown
   */
  static boolean isPort(LocalInterface one, boolean hasAddress, @Nullable String wan) {
    if (one.name().equals(wan)) {
      return true;
    }
    String master = one.master();
    if (isVirtualNetwork(one.name()) || (master != null && isVirtualNetwork(master))) {
      return false;
    }
    return switch (one.kind()) {
      case ETHER, WIFI, BRIDGE, VLAN, BOND -> true;
      case TUNNEL -> one.flags().up(); // modules leave "sit0" and the like behind, switched off
      case VETH, TAP -> master != null || hasAddress;
      case LOOPBACK, OTHER -> false;
    };
  }

  /**
   * Tells whether an interface is a bridge that joins others' traffic with our own.
   *
   * @param one the interface
   * @return whether its counters may hold more than our own traffic
   */
  static boolean carriesOthers(LocalInterface one) {
    return one.kind() == InterfaceKind.BRIDGE && !one.members().isEmpty();
  }

  private static boolean isVirtualNetwork(String name) {
    return VIRTUAL_NETWORK.matcher(name).matches();
  }
}
