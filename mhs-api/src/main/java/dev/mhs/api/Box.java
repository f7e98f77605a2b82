package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thing with sockets: a router, a switch, or the host that MHS runs on.
 *
 * @param id unique among all boxes of all sources, stable across restarts
 * @param name what its owner calls it
 * @param model what its maker calls it, or null when it does not say
 * @param role what it does in the household
 * @param at when the counters of its ports were read
 * @param ports its ports in the order in which they stand on the box
 * @since 0.1
 */
public record Box(
    String id, String name, @Nullable String model, Role role, Moment at, List<Port> ports) {
  /** What a box does in the household. */
  public enum Role {
    /** It stands between the household and the internet. */
    ROUTER,
    /** It joins devices on the same network. */
    SWITCH,
    /** It is an ordinary machine that looks at its own sockets. */
    HOST
  }

  /** Copies the ports and checks that nothing needed is missing. */
  public Box {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(role, "role is null");
    requireNonNull(at, "at is null");
    ports = List.copyOf(ports);
  }
}
