package dev.mhs.bench.router;

import dev.mhs.simulator.Simulator;
import dev.mhs.simulator.world.Habit;
import dev.mhs.simulator.world.Household;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Place;
import dev.mhs.simulator.world.Scenario;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A router of fifty devices, IPv4 and IPv6, that is played in real time and counts what it is
 * asked. Any thread.
 */
public final class FiftyDevices implements AutoCloseable {
  private static final int DEVICES = 50;
  private static final int FIRST_HOST = 120;

  private final Simulator simulator;
  private final CountingRelay relay;

  /**
   * Begins to play.
   *
   * @param clock by which
   * @throws IOException when no port is free
   */
  public FiftyDevices(InstantSource clock) throws IOException {
    this.simulator =
        new Simulator(Scenario.usual().with(members()), clock, new Simulator.Ports(0, 0, true));
    this.relay = new CountingRelay(simulator.router().port());
  }

  /** Returns the settings of a source that asks this router, in YAML. */
  public String settings() {
    return "sources:\n  mikrotik:\n    type: routeros\n    host: %s\n    user: %s\n    pass: %s\n    tls: plain\n"
        .formatted(relay.host(), Simulator.USER.name(), Simulator.USER.password());
  }

  /** Returns how many requests the router has been sent. */
  public long requests() {
    return simulator.router().requests();
  }

  /** Returns how many bytes went over the wire, both ways. */
  public long bytes() {
    return relay.bytes();
  }

  /** Returns how many connections were made to the router. */
  public long connections() {
    return relay.connections();
  }

  @Override
  public void close() throws IOException {
    relay.close();
    simulator.close();
  }

  /** The family, and as many small devices as are missing. */
  private static List<Member> members() {
    List<Member> members = new ArrayList<>(Household.FAMILY);
    for (int more = 0; members.size() < DEVICES; more++) {
      members.add(
          new Member(
              "sensor-" + more,
              String.format(Locale.ROOT, "8C:AA:B5:5A:20:%02X", more),
              FIRST_HOST + more,
              Place.router("wifi1"),
              more % 2 == 0 ? Member.Traits.SIX : Member.Traits.PLAIN,
              List.of(Habit.keepalive(45), Habit.lookups(120), Habit.browsing(60))));
    }
    return members;
  }
}
