package dev.mhs.source.local.limit;

import dev.mhs.api.DeviceKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Our nftables table: whose packets wait where. It is also where the limits are kept, while MHS is
 * off.
 *
 * @param signature for which household it was written
 * @param hooked the interfaces at which packets are met, by direction
 * @param reachesWaitingRoom whether uploads are passed on to an interface that is there
 * @param entries the limits
 */
record LimitTable(
    String signature,
    Map<Direction, Set<String>> hooked,
    boolean reachesWaitingRoom,
    List<LimitEntry> entries) {
  static final String NAME = "mhs_limits";

  /** No table. */
  static final LimitTable NONE = new LimitTable("", Map.of(), true, List.of());

  LimitTable {
    hooked = Map.copyOf(hooked);
    entries = List.copyOf(entries);
  }

  List<LimitEntry> entries(Direction direction) {
    return entries.stream().filter(each -> each.direction() == direction).toList();
  }

  /** Returns the classes that packets are sent to. */
  Set<Integer> minors(Direction direction) {
    Set<Integer> minors = new HashSet<>();
    entries(direction).forEach(each -> minors.add(each.minor()));
    return minors;
  }

  /** Returns what is wanted for each device. */
  Map<DeviceKey, Shape> wishes() {
    return Shape.joined(
        entries.stream()
            .map(each -> new Shape.Part<>(each.key(), each.direction(), each.rate()))
            .toList());
  }

  /** Tells whether it does what it should at a place. */
  boolean fits(ShapingPlace place) {
    if (entries.isEmpty()) {
      return true;
    }
    for (Direction direction : Direction.values()) {
      Set<String> met = hooked.getOrDefault(direction, Set.of());
      if (!entries(direction).isEmpty() && !met.equals(place.sides())) {
        return false;
      }
    }
    return signature.equals(place.signature()) && reachesWaitingRoom;
  }
}
