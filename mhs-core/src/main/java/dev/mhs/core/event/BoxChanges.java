package dev.mhs.core.event;

import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Port;
import dev.mhs.api.Snapshot;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which routers and switches were restarted: the counters of all their ports began anew. A value:
 * {@link #next} makes the next one.
 */
public final class BoxChanges {
  /** Nothing was seen yet. */
  public static final BoxChanges NONE = new BoxChanges(Map.of());

  private final Map<String, Map<String, Long>> epochs; // by box, then by port

  private BoxChanges(Map<String, Map<String, Long>> epochs) {
    this.epochs = epochs;
  }

  /**
   * What happened.
   *
   * @param next what to carry on
   * @param events the events, without numbers
   */
  public record Result(BoxChanges next, List<Event> events) {}

  /**
   * Tells which boxes were restarted.
   *
   * @param snapshot what is now
   * @return what happened
   */
  public Result next(Snapshot snapshot) {
    Map<String, Map<String, Long>> next = new HashMap<>(epochs);
    List<Event> events = new ArrayList<>();
    for (BoxState state : snapshot.boxes()) {
      Box box = state.box();
      Map<String, Long> now = epochs(box);
      if (box.role() == Box.Role.HOST || now.isEmpty()) {
        continue;
      }
      if (beganAnew(epochs.getOrDefault(box.id(), Map.of()), now)) {
        events.add(
            Event.of(
                snapshot.at(),
                EventKind.ROUTER_REBOOTED,
                state.source(),
                (box.role() == Box.Role.ROUTER ? "the router " : "the switch ") + box.name()));
      }
      next.put(box.id(), now);
    }
    return new Result(new BoxChanges(next), events);
  }

  private static Map<String, Long> epochs(Box box) {
    Map<String, Long> epochs = new HashMap<>();
    for (Port port : box.ports()) {
      Port.Counters counters = port.counters();
      if (counters != null) {
        epochs.put(port.name(), counters.epoch());
      }
    }
    return epochs;
  }

  private static boolean beganAnew(Map<String, Long> before, Map<String, Long> now) {
    List<String> both = now.keySet().stream().filter(before::containsKey).toList();
    return !both.isEmpty()
        && both.stream().noneMatch(port -> Objects.equals(before.get(port), now.get(port)));
  }
}
