package dev.mhs.source.local.limit;

import dev.mhs.source.local.count.Network;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where to slow devices down.
 *
 * @param sides the interfaces behind which devices are
 * @param household their networks: what stays within them is not slowed down
 */
public record ShapingPlace(Set<String> sides, Set<Network> household) {
  /** Copies the sets. */
  public ShapingPlace {
    sides = Set.copyOf(sides);
    household = Set.copyOf(household);
  }

  Set<String> interfaces(Direction direction) {
    return direction.interfaces(sides);
  }

  /** Returns a text that is another one for another household. */
  String signature() {
    return "%08x".formatted(new TreeSet<>(household).toString().hashCode());
  }
}
