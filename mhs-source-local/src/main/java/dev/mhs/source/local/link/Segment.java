package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.sweep.Ipv4Network;
import java.net.Inet4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An interface on which to listen, and what may be believed there.
 *
 * @param interfaceName its name
 * @param mac our own link-layer address on it, or null when it has none
 * @param networks the IPv4 networks that are directly connected by it; empty on an interface that
 *     has no address of its own, such as one to which a switch mirrors
 */
public record Segment(String interfaceName, @Nullable MacAddress mac, List<Ipv4Network> networks) {
  /** Copies the networks. */
  public Segment {
    networks = List.copyOf(networks);
  }

  /** Tells whether somebody here may have an address, ourselves excepted. */
  boolean mayHold(Inet4Address address) {
    if (networks.isEmpty()) {
      return address.isSiteLocalAddress();
    }
    return networks.stream().anyMatch(each -> each.isHost(address));
  }
}
