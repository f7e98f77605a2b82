package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Addresses;
import dev.mhs.simulator.world.RefusedException;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Addresses, routes and what the line runs over. */
final class NetworkRows {
  private final World world;

  NetworkRows(World world) {
    this.world = world;
  }

  List<Row> addresses() {
    return List.of(
        address("*1", "192.168.88.1/24", "192.168.88.0", "bridge", false),
        address(
            "*2",
            Addresses.text(world.lineAddress()) + (isPppoe() ? "/32" : "/24"),
            isPppoe() ? "203.0.113.1" : "203.0.113.0",
            world.lineInterface(),
            true));
  }

  List<Row> addresses6() {
    return List.of(
        address6("*1", "2001:db8:88::1/64", "bridge", false),
        address6("*2", "2001:db8:aaaa::77/64", world.lineInterface(), true),
        address6("*3", "fe80::4aa9:8aff:fe00:1002/64", "bridge", true));
  }

  /** A switch has an address of its own, in the household's network. */
  static List<Row> switchAddresses() {
    return List.of(address("*1", "192.168.88.2/24", "192.168.88.0", "bridge", false));
  }

  List<Row> routes() {
    String line = world.lineInterface();
    String gateway = isPppoe() ? line : "203.0.113.1";
    return List.of(
        new Row("*80000001")
            .with("active", true)
            .ifSet("dhcp", !isPppoe())
            .with("distance", 1)
            .with("dst-address", "0.0.0.0/0")
            .with("dynamic", true)
            .with("gateway", gateway)
            .with("immediate-gw", isPppoe() ? line : gateway + "%" + line)
            .with("inactive", false)
            .with("routing-table", "main")
            .with("scope", 30)
            .with("target-scope", 10)
            .with("vrf-interface", line),
        new Row("*20183040")
            .with("active", true)
            .with("connect", true)
            .with("distance", 0)
            .with("dst-address", "192.168.88.0/24")
            .with("dynamic", true)
            .with("gateway", "bridge")
            .with("immediate-gw", "bridge")
            .with("inactive", false)
            .with("local-address", "192.168.88.1%bridge")
            .with("routing-table", "main")
            .with("scope", 10)
            .with("target-scope", 5));
  }

  List<Row> dhcpClients() {
    return isPppoe()
        ? List.of()
        : List.of(
            new Row("*1")
                .with("add-default-route", "yes")
                .with("address", Addresses.text(world.lineAddress()) + "/24")
                .with("comment", "defconf")
                .with("disabled", false)
                .with("gateway", "203.0.113.1")
                .with("interface", "ether1")
                .with("invalid", false)
                .with("status", "bound"));
  }

  List<Row> pppoeClients() {
    return isPppoe()
        ? List.of(
            new Row("*1C")
                .with("add-default-route", true)
                .with("disabled", false)
                .with("interface", "ether1")
                .with("invalid", false)
                .with("name", world.lineInterface())
                .with("password", "")
                .with("running", true)
                .with("user", "household"))
        : List.of();
  }

  Row settings() {
    return new Row()
        .with("accept-redirects", false)
        .with("allow-fast-path", world.tables().allowsFastPath())
        .with("arp-timeout", "30s")
        .with("ip-forward", true)
        .with("ipv4-fast-path-active", world.tables().allowsFastPath())
        .with("ipv4-fast-path-bytes", 0)
        .with("ipv4-fast-path-packets", 0)
        .with("ipv4-fasttrack-active", world.isFastTrackActive())
        .with("ipv4-fasttrack-bytes", world.fastBytes())
        .with("ipv4-fasttrack-packets", world.fastBytes() / 1_200)
        .with("max-neighbor-entries", 8_192)
        .with("rp-filter", "no")
        .with("tcp-syncookies", false);
  }

  void change(Map<String, String> settings) {
    settings.forEach(
        (key, text) -> {
          if (!key.equals("allow-fast-path")) {
            throw new RefusedException(400, "unknown parameter " + key);
          }
          world.tables().allowFastPath(text.equals("yes") || text.equals("true"));
        });
  }

  List<Row> services() {
    List<Row> rows = new ArrayList<>();
    rows.add(service("*4", "www", 80).with("disabled", true));
    rows.add(
        service("*6", "www-ssl", 443).with("certificate", "self-made").with("tls-version", "any"));
    return rows;
  }

  private static Row service(String id, String name, int port) {
    return new Row(id)
        .with("address", "")
        .with("disabled", false)
        .with("invalid", false)
        .with("name", name)
        .with("port", port)
        .with("vrf", "main");
  }

  private boolean isPppoe() {
    return world.scenario().uplink() == Scenario.Uplink.PPPOE;
  }

  private static Row address(
      String id, String text, String network, String place, boolean dynamic) {
    return new Row(id)
        .with("actual-interface", place)
        .with("address", text)
        .with("disabled", false)
        .with("dynamic", dynamic)
        .with("interface", place)
        .with("invalid", false)
        .with("network", network);
  }

  private static Row address6(String id, String text, String place, boolean dynamic) {
    return new Row(id)
        .with("actual-interface", place)
        .with("address", text)
        .with("advertise", !dynamic)
        .with("disabled", false)
        .with("dynamic", dynamic)
        .with("interface", place)
        .with("invalid", false)
        .with("link-local", text.startsWith("fe80"));
  }
}
