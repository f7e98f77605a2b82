package dev.mhs.simulator.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A simple queue at work: what it takes, what it lets through. Under the world's lock. */
final class Lane {
  final Item item;
  final Counts counts;
  final double down;
  final double up;
  private final List<Net> targets = new ArrayList<>();
  private final List<String> places = new ArrayList<>();
  private final @Nullable Net destination;
  final List<Lane> children = new ArrayList<>();

  /** What a queue counted since the box started. */
  static final class Counts {
    long down;
    long up;
    long packetsDown;
    long packetsUp;
    double rateDown;
    double rateUp;
  }

  Lane(Item item, Counts counts) {
    this.item = item;
    this.counts = counts;
    long[] limits = Forms.pair(item.text("max-limit"));
    this.up = limits[0];
    this.down = limits[1];
    for (String one : item.text("target").split(",", -1)) {
      Net.parse(one).ifPresentOrElse(targets::add, () -> places.add(one));
    }
    this.destination = Net.parse(item.text("dst")).orElse(null);
  }

  boolean takes(Flow flow, List<String> itsPlaces) {
    boolean isTarget =
        targets.stream().anyMatch(net -> net.contains(flow.inner))
            || places.stream().anyMatch(itsPlaces::contains);
    Net only = destination;
    return isTarget && (only == null || only.contains(flow.outer));
  }
}
