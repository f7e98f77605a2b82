package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A household's network made of namespaces, as "./mhs lab" makes it for people: a router with NAT,
 * a bridge, DHCP and DNS, members that got their address from it by a real DHCP client, and a host
 * in the world. It has no way to the machine's own network.
 *
 * <pre>{@code
 * try (Home home = Home.build(folder)) {
 *   Member nas = home.join("nas");
 * }
 * }</pre>
 */
final class Home implements AutoCloseable {
  /** The domain that the router's DNS serves. */
  static final String DOMAIN = "home.test";

  /** The router's address on the bridge; the network is its /24. */
  static final String ROUTER = "192.168.77.1";

  /** The host behind the router's line. */
  static final String WORLD = "203.0.113.2";

  /** What builds the home, here as for "./mhs lab". */
  private static final String SCRIPT =
      Path.of(System.getProperty("mhs.root"), "dist/src/main/sh/home.sh").normalize().toString();

  private final Path folder;
  private final Namespace router;
  private final Namespace world;
  private final List<Member> members = new ArrayList<>();
  private int ports;

  private Home(Path folder, Namespace router, Namespace world) {
    this.folder = folder;
    this.router = router;
    this.world = world;
  }

  private static void script(String... words) {
    Command.of("sh", "-euc", ". \"$0\"; \"$@\"", SCRIPT).with(words).run();
  }

  /**
   * Builds the router: a bridge with its address, a DHCP and DNS server on it, and a line to the
   * world.
   *
   * @param folder takes scripts, leases and logs
   */
  static Home build(Path folder) {
    Namespace.removeLeftovers();
    Home home = new Home(folder, Namespace.make("router"), Namespace.make("world"));
    try {
      script("make_router", home.router.name(), folder.toString());
      script("make_world", home.router.name(), home.world.name());
      return home;
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  /**
   * Plugs in another machine and waits until it has its lease.
   *
   * @param hostname the name that it tells the DHCP server
   */
  Member join(String hostname) {
    Namespace namespace = Namespace.make(hostname);
    ports++;
    // RFC 7042 §2.1.2 keeps 00-00-5E-00-53 for examples: it is nobody's, and not a randomised one.
    Member member = new Member(hostname, "00:00:5e:00:53:%02x".formatted(0x10 + ports), namespace);
    members.add(member);
    String port = "port" + ports;
    script(
        "join_home",
        router.name(),
        namespace.name(),
        port,
        member.mac(),
        hostname,
        folder.toString());
    return member;
  }

  /**
   * Gives a member a second interface, {@code eth1}, into a network of its own where nothing
   * happens.
   */
  void addQuietNetwork(Member member) {
    Namespace namespace = member.namespace();
    router.ip(
        "link", "add", "quiet", "type", "veth", "peer", "name", "eth1", "netns", namespace.name());
    router.ip("address", "add", "192.168.78.1/24", "dev", "quiet");
    router.ip("link", "set", "quiet", "up");
    namespace.ip("address", "add", "192.168.78.2/24", "dev", "eth1");
    namespace.ip("link", "set", "eth1", "up");
  }

  /** Returns the namespace of the router. */
  Namespace router() {
    return router;
  }

  /** Returns the namespace of the host behind the router's line. */
  Namespace world() {
    return world;
  }

  /** Returns what the DHCP server has on its books: one line for each lease. */
  List<String> leases() {
    try (Stream<String> lines = Files.lines(folder.resolve("leases"))) {
      return lines.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes all of it. */
  @Override
  public void close() {
    for (Member member : members) {
      member.close();
    }
    router.close();
    world.close();
  }
}
