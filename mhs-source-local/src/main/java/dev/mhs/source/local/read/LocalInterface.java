package dev.mhs.source.local.read;

import dev.mhs.api.MacAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An interface of this machine as sysfs describes it.
 *
 * @param name its name
 * @param index the kernel's number for it; one that is made anew gets another
 * @param kind what it is
 * @param mac its link-layer address, or null when it has none
 * @param flags whether it is switched on, and what it can
 * @param master the bridge or bond that it belongs to, or null
 * @param members the members of the bridge; empty for all else
 */
public record LocalInterface(
    String name,
    int index,
    InterfaceKind kind,
    @Nullable MacAddress mac,
    Flags flags,
    @Nullable String master,
    Set<String> members) {
  /**
   * The switches of an interface.
   *
   * @param bits include/uapi/linux/if.h, IFF_*
   */
  public record Flags(long bits) {
    /**
     * Tells whether it is switched on.
     *
     * @return IFF_UP
     */
    public boolean up() {
      return (bits & 0x1) != 0;
    }

    /**
     * Tells whether it leads to one peer only.
     *
     * @return IFF_POINTOPOINT
     */
    public boolean pointToPoint() {
      return (bits & 0x10) != 0;
    }

    /**
     * Tells whether it knows no neighbors.
     *
     * @return IFF_NOARP
     */
    public boolean noArp() {
      return (bits & 0x80) != 0;
    }
  }

  /** Copies the members. */
  public LocalInterface {
    members = Set.copyOf(members);
  }
}
