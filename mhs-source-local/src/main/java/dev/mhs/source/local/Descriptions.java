package dev.mhs.source.local;

import dev.mhs.api.MacAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What is known about a device beside that it is there. Answers at once, from memory. */
interface Descriptions {
  /**
   * Returns the name by which the network knows a device.
   *
   * @param mac its link-layer address, or null when none is visible
   * @param address its address
   * @return its name, or null when it has none or it is not known yet
   */
  @Nullable String name(@Nullable MacAddress mac, InetAddress address);

  /**
   * Returns who made a device.
   *
   * @param mac its link-layer address
   * @return the maker, or null when that is not known
   */
  @Nullable String vendor(MacAddress mac);
}
