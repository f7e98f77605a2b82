package dev.mhs.dist;

import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.world.Habit;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Place;
import java.util.List;
import java.util.Map;

/** A played router, as MHS is told of it, and who is behind it. */
final class PlayedRouter {
  /** Downloads without end, faster than any limit that is tried. */
  static final Member DESK =
      new Member(
          "desk",
          "3C:7C:3F:5A:20:01",
          50,
          Place.router("ether3"),
          Member.Traits.PLAIN,
          List.of(Habit.download(60_000, 600), Habit.keepalive(10)));

  private PlayedRouter() {}

  /** Returns the settings with which MHS asks it, and nobody else. */
  static Map<String, String> settings(Simulator simulator) {
    return Map.of(
        "ROUTER_HOST",
        simulator.router().host(),
        "ROUTER_USER",
        Simulator.USER.name(),
        "ROUTER_PASS",
        Simulator.USER.password(),
        "MHS_LOCAL_ENABLED",
        "false");
  }
}
