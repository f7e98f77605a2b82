package dev.mhs.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A household's network made of namespaces: a router with a bridge, DHCP and DNS on it, and members
 * that got their address from it by a real DHCP client. It has no way to the machine's own network.
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

  /** What a lease is turned into. The client's own script would write to /etc/resolv.conf. */
  private static final String LEASE_SCRIPT =
      """
      #!/bin/sh
      case $1 in
        bound | renew)
          ip address replace "$ip/$mask" dev "$interface"
          ip route replace default via "$router"
          ;;
      esac
      """;

  private final Path folder;
  private final Namespace router;
  private final List<Member> members = new ArrayList<>();
  private int ports;

  private Home(Path folder, Namespace router) {
    this.folder = folder;
    this.router = router;
  }

  /**
   * Builds the router: a bridge with its address, and a DHCP and DNS server on it.
   *
   * @param folder takes scripts, leases and logs
   */
  static Home build(Path folder) {
    Namespace.removeLeftovers();
    Home home = new Home(folder, Namespace.make("router"));
    try {
      home.layBridge();
      home.serveLeasesAndNames();
      home.writeLeaseScript();
      return home;
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  private void layBridge() {
    router.ip("link", "add", "lan", "type", "bridge", "forward_delay", "0");
    router.ip("link", "set", "lan", "address", "00:00:5e:00:53:01", "up");
    router.ip("address", "add", ROUTER + "/24", "dev", "lan");
  }

  /** It goes to the background by itself, and only when it serves. */
  private void serveLeasesAndNames() {
    router
        .command("dnsmasq", "--conf-file=/dev/null", "--no-hosts", "--no-resolv", "--no-ping")
        .with(
            "--user=root",
            "--pid-file=",
            "--log-dhcp",
            "--log-facility=" + folder.resolve("dnsmasq.log"))
        .with(
            "--interface=lan", "--except-interface=lo", "--bind-interfaces", "--dhcp-authoritative")
        .with("--dhcp-range=192.168.77.50,192.168.77.150,1h")
        .with("--dhcp-leasefile=" + folder.resolve("leases"))
        .with("--domain=" + DOMAIN, "--local=/" + DOMAIN + "/", "--bogus-priv")
        .with("--host-record=router." + DOMAIN + "," + ROUTER)
        .run();
  }

  private void writeLeaseScript() {
    try {
      Path script = Files.writeString(leaseScript(), LEASE_SCRIPT);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path leaseScript() {
    return folder.resolve("on-lease");
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
    router.ip(
        "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace.name());
    router.ip("link", "set", port, "master", "lan", "up");
    namespace.ip("link", "set", "eth0", "address", member.mac(), "up");
    namespace.resolveBy(ROUTER, DOMAIN);
    member.lease(leaseScript());
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
  }
}
