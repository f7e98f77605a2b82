package dev.mhs.simulator.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Shares the line, and holds to the simple queues what goes through them: the first queue from the
 * top that takes a flow has it, within it the first of its children, and all of them hold it. Who
 * asks for little gets it whole; the others share what is left. Under the world's lock.
 */
final class Shaper {
  private final Table queues;
  private final Map<String, Lane.Counts> counts = new HashMap<>();
  private List<Lane> top = List.of();
  private int version = -1;

  Shaper(Table queues) {
    this.queues = queues;
  }

  /** Lowers what each flow moves in this step to what the queues and the line allow. */
  void shape(
      List<Flow> flows,
      Function<Flow, List<String>> places,
      double lineDown,
      double lineUp,
      double seconds) {
    compile();
    Map<Lane, List<Flow>> held = new HashMap<>();
    List<Lane> order = new ArrayList<>();
    for (Flow flow : flows) {
      Connection connection = flow.connection;
      if (flow.member != null && (connection == null || !connection.isFast)) {
        hold(flow, places.apply(flow), held, order);
      }
    }
    for (Lane lane : order.reversed()) { // children stand after their parents
      List<Flow> its = held.getOrDefault(lane, List.of());
      share(its, lane.down == 0 ? Double.MAX_VALUE : Bits.bytes(lane.down, seconds), true);
      share(its, lane.up == 0 ? Double.MAX_VALUE : Bits.bytes(lane.up, seconds), false);
    }
    share(flows, Bits.bytes(lineDown, seconds), true);
    share(flows, Bits.bytes(lineUp, seconds), false);
    count(held, seconds);
  }

  Lane.Counts counts(String id) {
    return counts.computeIfAbsent(id, one -> new Lane.Counts());
  }

  void reset() {
    counts.clear();
    version = -1;
  }

  private void compile() {
    if (version == queues.version()) {
      return;
    }
    version = queues.version();
    Map<String, Lane> byName = new HashMap<>();
    List<Lane> all = new ArrayList<>();
    for (Item item : queues.raw()) {
      if (item.isOn()) {
        Lane lane = new Lane(item, counts(item.id()));
        byName.put(item.text("name"), lane);
        all.add(lane);
      }
    }
    List<Lane> highest = new ArrayList<>();
    for (Lane lane : all) {
      @Nullable Lane parent = byName.get(lane.item.text("parent"));
      (parent == null ? highest : parent.children).add(lane);
    }
    top = highest;
  }

  private void hold(Flow flow, List<String> places, Map<Lane, List<Flow>> held, List<Lane> order) {
    List<Lane> level = top;
    while (!level.isEmpty()) {
      Lane found = level.stream().filter(lane -> lane.takes(flow, places)).findFirst().orElse(null);
      if (found == null) {
        return;
      }
      if (!held.containsKey(found)) {
        order.add(found);
      }
      held.computeIfAbsent(found, one -> new ArrayList<>()).add(flow);
      level = found.children;
    }
  }

  private static void share(List<Flow> flows, double room, boolean isDown) {
    ToDoubleFunction<Flow> ask = isDown ? flow -> flow.goesDown : flow -> flow.goesUp;
    ObjDoubleConsumer<Flow> give =
        isDown ? (flow, bytes) -> flow.goesDown = bytes : (flow, bytes) -> flow.goesUp = bytes;
    if (flows.stream().mapToDouble(ask).sum() <= room) {
      return;
    }
    List<Flow> modest = new ArrayList<>(flows);
    modest.sort(Comparator.comparingDouble(ask));
    double left = room;
    for (int place = 0; place < modest.size(); place++) {
      double fair = left / (modest.size() - place);
      double given = Math.min(ask.applyAsDouble(modest.get(place)), fair);
      give.accept(modest.get(place), given);
      left -= given;
    }
  }

  private void count(Map<Lane, List<Flow>> held, double seconds) {
    for (Lane.Counts one : counts.values()) {
      one.rateDown *= 1 - seconds;
      one.rateUp *= 1 - seconds;
    }
    held.forEach(
        (lane, flows) -> {
          for (Flow flow : flows) {
            Lane.Counts its = lane.counts;
            its.down += (long) flow.goesDown;
            its.up += (long) flow.goesUp;
            its.packetsDown += (long) flow.goesDown / 1_400 + (flow.goesDown >= 1 ? 1 : 0);
            its.packetsUp += (long) flow.goesUp / 1_400 + (flow.goesUp >= 1 ? 1 : 0);
            its.rateDown += flow.goesDown; // a mean over about one second
            its.rateUp += flow.goesUp;
          }
        });
  }
}
