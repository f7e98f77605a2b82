package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Addresses;
import dev.mhs.simulator.world.Box;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Place;
import dev.mhs.simulator.world.Release;
import dev.mhs.simulator.world.Resident;
import dev.mhs.simulator.world.World;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the router knows of devices. How long entries stay: {@code arp-timeout} 30 s, failed ones
 * some minutes, bridge hosts 5 min, leases 30 min.
 */
final class DeviceRows {
  private static final double REACHABLE = 30;
  private static final double ASKED_IN_VAIN = 300;
  private static final double FORGOTTEN = 900;
  private static final double AGEING = 300;

  private final World world;

  DeviceRows(World world) {
    this.world = world;
  }

  List<Row> arp() {
    List<Row> rows = new ArrayList<>();
    for (Resident one : world.residents()) {
      if (idle(one) < FORGOTTEN) {
        rows.add(arp(one));
      }
    }
    rows.add(
        new Row(id(0xFE))
            .with("address", "203.0.113.1")
            .with("mac-address", "00:1C:73:00:10:01")
            .with("interface", "ether1")
            .with("complete", true)
            .with("disabled", false)
            .with("dynamic", true)
            .with("invalid", false)
            .with("published", false)
            .with("status", "reachable"));
    return rows;
  }

  List<Row> neighbors6() {
    List<Row> rows = new ArrayList<>();
    for (Resident one : world.residents()) {
      int number = 0;
      for (InetAddress address : one.member().addresses6()) {
        number++;
        if (idle(one) < FORGOTTEN) {
          rows.add(
              new Row(id(0x1000 + one.member().host() * 4 + number))
                  .with("address", Addresses.text(address))
                  .with("dynamic", true)
                  .with("interface", "bridge")
                  .with("mac-address", one.member().mac())
                  .with("router", false)
                  .with("status", state(one)));
        }
      }
    }
    return rows;
  }

  List<Row> leases() {
    List<Row> rows = new ArrayList<>();
    for (Resident one : world.residents()) {
      double left = one.renewed() + Resident.LEASE_SECONDS - world.seconds();
      if (left > 0 || isFixed(one)) {
        rows.add(lease(one, left));
      }
    }
    return rows;
  }

  /** {@code /interface/bridge/host} of a box: a device behind another box is on the port to it. */
  List<Row> hosts(Box box) {
    boolean isRouter = box == world.router();
    List<Row> rows = new ArrayList<>();
    box.ports().stream()
        .filter(port -> port.type().equals("bridge"))
        .forEach(port -> rows.add(host(0x300, port.mac(), port.name(), true)));
    for (Resident one : world.residents()) {
      boolean isListed = one.isHome() ? idle(one) < 6 * AGEING : idle(one) < AGEING;
      if (isListed) {
        Member member = one.member();
        boolean isHere = member.place().box() == Place.Where.SWITCH;
        String port =
            isRouter ? world.routerPort(member) : isHere ? member.place().port() : "ether1";
        rows.add(host(0x400 + member.host(), member.mac(), port, false));
      }
    }
    return rows;
  }

  /** The wireless clients, of whichever generation of menus the version has. */
  List<Row> registrations() {
    List<Row> rows = new ArrayList<>();
    for (Resident one : world.residents()) {
      String port = world.routerPort(one.member());
      if (one.isHome() && (port.startsWith("wifi") || port.startsWith("wlan"))) {
        rows.add(world.scenario().release().hasWireless() ? wireless(one, port) : wifi(one, port));
      }
    }
    return rows;
  }

  List<Row> kidDevices() {
    List<Row> rows = new ArrayList<>();
    if (world.tables().kids().items().isEmpty()) {
      return rows;
    }
    for (Resident one : world.residents()) {
      var moved = world.truth().device(one.member().mac());
      rows.add(
          new Row(id(0x600 + one.member().host()))
              .with("activity", "")
              .with("blocked", false)
              .with("bytes-down", moved.allDown())
              .with("bytes-up", moved.allUp())
              .with("disabled", false)
              .with("dynamic", true)
              .with("idle-time", Spelling.duration(idle(one)))
              .with("ip-address", Addresses.text(one.member().address()))
              .with("limited", false)
              .with("mac-address", one.member().mac())
              .with("name", one.member().name())
              .with("rate-down", 0)
              .with("rate-up", 0)
              .with("user", ""));
    }
    return rows;
  }

  private Row arp(Resident one) {
    String state = state(one);
    boolean isGivenUp = state.equals("failed");
    Release release = world.scenario().release();
    Row row =
        new Row(id(one.member().host())).with("address", Addresses.text(one.member().address()));
    if (!isGivenUp) {
      row.with("mac-address", one.member().mac());
    } else if (release.addsIds()) {
      row.with("mac-address", "00:00:00:00:00:00");
    }
    row.with("interface", "bridge")
        .with("complete", !isGivenUp)
        .with("disabled", false)
        .with("dynamic", true)
        .with("invalid", false)
        .with("published", false)
        .with("status", state)
        .with(release.shoutsDhcp() ? "DHCP" : "dhcp", true);
    return release.namesVrf() ? row.with("vrf", "main") : row;
  }

  private Row lease(Resident one, double left) {
    boolean isBound = left > 0;
    Member member = one.member();
    String address = Addresses.text(member.address());
    Row row = new Row(id(0x200 + member.host())).with("address", address).with("address-lists", "");
    if (isBound) {
      row.with("active-address", address)
          .with("active-client-id", "1:" + clientId(member.mac()))
          .with("active-mac-address", member.mac())
          .with("active-server", "defconf");
    }
    row.with("blocked", false)
        .with("client-id", "1:" + clientId(member.mac()))
        .ifAny("comment", member.traits().comment())
        .with("dhcp-option", "")
        .with("disabled", false)
        .with("dynamic", !isFixed(one));
    if (isBound) {
      row.with("expires-after", Spelling.duration(left)).ifAny("host-name", member.name());
    }
    return row.with("last-seen", Spelling.duration(world.seconds() - one.renewed()))
        .with("mac-address", member.mac())
        .with("radius", false)
        .with("server", "defconf")
        .with("status", isBound ? "bound" : "waiting");
  }

  private Row host(int number, String mac, String port, boolean local) {
    return new Row(id(number))
        .with("bridge", "bridge")
        .with("disabled", false)
        .with("dynamic", true)
        .with("external", false)
        .with("interface", port)
        .with("invalid", false)
        .with("local", local)
        .with("mac-address", mac)
        .with("on-interface", port);
  }

  private Row wifi(Resident one, String port) {
    var moved = world.truth().device(one.member().mac());
    return new Row(id(0x500 + one.member().host()))
        .with("auth-type", "wpa2-psk")
        .with("authorized", true)
        .with("band", port.equals("wifi1") ? "2ghz-ax" : "5ghz-ax")
        .with("bytes", moved.allDown() + "," + moved.allUp())
        .with("interface", port)
        .with("last-activity", Spelling.duration(Math.min(idle(one), 60)))
        .with("mac-address", one.member().mac())
        .with("packets", moved.allDown() / 1_400 + "," + moved.allUp() / 1_400)
        .with("rx-rate", "573500000")
        .with("signal", "-" + (42 + one.member().host() % 30))
        .with("ssid", "home")
        .with("tx-rate", "573500000")
        .with("uptime", Spelling.duration(world.seconds() - one.joined()));
  }

  private Row wireless(Resident one, String port) {
    var moved = world.truth().device(one.member().mac());
    return new Row(id(0x500 + one.member().host()))
        .with("ap", false)
        .with("authentication-type", "wpa2-psk")
        .with("bridge", false)
        .with("bytes", moved.allDown() + "," + moved.allUp())
        .with("interface", port)
        .with("last-activity", Math.round(Math.min(idle(one), 60) * 1000) + "ms")
        .with("last-ip", Addresses.text(one.member().address()))
        .with("mac-address", one.member().mac())
        .with("rx-rate", "72.2Mbps-20MHz/1S/SGI")
        .with("signal-strength", "-" + (42 + one.member().host() % 30) + "@1Mbps")
        .with("tx-rate", "72.2Mbps-20MHz/1S/SGI")
        .with("uptime", Spelling.duration(world.seconds() - one.joined()))
        .with("wds", false);
  }

  private String state(Resident one) {
    double idle = idle(one);
    if (idle <= REACHABLE) {
      return "reachable";
    }
    return one.isHome() || idle < ASKED_IN_VAIN ? "stale" : "failed";
  }

  private double idle(Resident one) {
    return world.seconds() - one.seen();
  }

  private static boolean isFixed(Resident one) {
    return !one.member().traits().comment().isEmpty();
  }

  /** Ids of dynamic rows are others after a restart. */
  private String id(int number) {
    return "*"
        + Integer.toHexString(number + world.router().boots() * 0x10000).toUpperCase(Locale.ROOT);
  }

  private static String clientId(String mac) {
    return mac.toLowerCase(Locale.ROOT).replaceAll("(^|:)0", "$1");
  }
}
