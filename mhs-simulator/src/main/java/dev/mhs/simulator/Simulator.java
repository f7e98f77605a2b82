package dev.mhs.simulator;

import dev.mhs.simulator.rest.BouncyCertificates;
import dev.mhs.simulator.rest.BoxServer;
import dev.mhs.simulator.rest.Certificates;
import dev.mhs.simulator.rest.User;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.World;
import java.time.InstantSource;
import java.util.List;

/**
 * A household with its router and its switch, both listening on loopback. Any thread.
 *
 * <p>It is played by the clock that it is given: by a real one it lives, by one that a test moves
 * it goes on as far as the test says, and always in the same way.
 */
public final class Simulator implements AutoCloseable {
  /** Who may log in unless told otherwise; may read and write. */
  public static final User USER = User.full("mhs", "simulated");

  private final World world;
  private final BoxServer router;
  private final BoxServer switchBox;

  /**
   * Where the boxes listen.
   *
   * @param routerPort the router's TCP port; 0 for a free one
   * @param switchPort the switch's TCP port; 0 for a free one
   * @param isPlain whether both speak HTTP instead of HTTPS
   */
  public record Ports(int routerPort, int switchPort, boolean isPlain) {
    /** Free ports, HTTPS. */
    public static final Ports FREE = new Ports(0, 0, false);
  }

  /**
   * Starts.
   *
   * @param scenario what is played
   * @param clock by which
   * @param ports where the boxes listen
   */
  public Simulator(Scenario scenario, InstantSource clock, Ports ports) {
    this(scenario, clock, ports, new BouncyCertificates());
  }

  /**
   * Starts with certificates made by the caller, who then needs no Bouncy Castle.
   *
   * @param scenario what is played
   * @param clock by which
   * @param ports where the boxes listen
   * @param certificates makes what the boxes show
   */
  public Simulator(Scenario scenario, InstantSource clock, Ports ports, Certificates certificates) {
    world = new World(scenario, clock);
    List<User> users = List.of(USER);
    router =
        BoxServer.ofRouter(
            world,
            new BoxServer.Settings(ports.routerPort(), ports.isPlain(), users, certificates));
    switchBox =
        BoxServer.ofSwitch(
            world,
            new BoxServer.Settings(ports.switchPort(), ports.isPlain(), users, certificates));
  }

  /**
   * Starts the usual household with HTTPS on free ports.
   *
   * @param clock by which it is played
   * @return what was started
   */
  public static Simulator start(InstantSource clock) {
    return new Simulator(Scenario.usual(), clock, Ports.FREE);
  }

  /**
   * Starts a household with HTTPS on free ports.
   *
   * @param scenario what is played
   * @param clock by which
   * @return what was started
   */
  public static Simulator start(Scenario scenario, InstantSource clock) {
    return new Simulator(scenario, clock, Ports.FREE);
  }

  /** Returns the household: its truth, its configuration tables, its reboots. */
  public World world() {
    return world;
  }

  /** Returns the router as it listens: its port, its faults, its users. */
  public BoxServer router() {
    return router;
  }

  /** Returns the switch as it listens. */
  public BoxServer switchBox() {
    return switchBox;
  }

  @Override
  public void close() {
    router.close();
    switchBox.close();
  }
}
