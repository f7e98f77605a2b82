package dev.mhs.source.local.limit;

import dev.mhs.source.local.count.Network;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where to slow devices down.
 *
 * @param sides the interfaces behind which devices are
 * @param trunks those among them whose tagged frames are met again at an interface of their VLAN
 * @param household their networks: what stays within them is not slowed down
 */
public record ShapingPlace(Set<String> sides, Set<String> trunks, Set<Network> household) {
  /** Copies the sets. */
  public ShapingPlace {
    sides = Set.copyOf(sides);
    trunks = trunks.stream().filter(sides::contains).collect(Collectors.toUnmodifiableSet());
    household = Set.copyOf(household);
  }

  Set<String> interfaces(Direction direction) {
    return direction.interfaces(sides);
  }

  /** Returns a text that is another one for another household or other trunks. */
  String signature() {
    String all = new TreeSet<>(household).toString();
    return "%08x".formatted((trunks.isEmpty() ? all : all + new TreeSet<>(trunks)).hashCode());
  }
}
