package dev.mhs.source.local.parse;

import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the kernel's neighbor cache.
 *
 * @param address the IP address that it is about
 * @param interfaceName the interface behind which it is
 * @param mac the link-layer address, or null when the kernel holds none
 * @param state what the kernel says about it
 * @param ages how long ago it last changed, or null when that was not told
 */
public record Neighbor(
    InetAddress address,
    String interfaceName,
    @Nullable MacAddress mac,
    NeighborState state,
    @Nullable Ages ages) {
  /**
   * How long ago an entry changed, in whole seconds, rounded down.
   *
   * @param confirmed since it last showed itself; an entry that never did was given an age of twice
   *     the reachable time (60 s) when it was made (Linux net/core/neighbour.c, ___neigh_create)
   * @param updated since its state or link-layer address changed
   */
  public record Ages(Duration confirmed, Duration updated) {}
}
