package dev.mhs.simulator.world;

import java.util.List;

/** Router and switch with their cables: which interfaces a packet of a device passes. */
final class Fabric {
  /** The switch hangs here. */
  static final String TRUNK = "ether5";

  static final String SWITCH_UPLINK = "ether1";
  static final String BRIDGE = "bridge";
  static final String PPPOE = "pppoe-out1";
  static final String WAN_PORT = "ether1";

  final Box router;
  final Box switchBox;
  private final boolean isPppoe;
  private final boolean hasWireless;

  Fabric(Scenario scenario) {
    this.isPppoe = scenario.uplink() == Scenario.Uplink.PPPOE;
    this.hasWireless = scenario.release().hasWireless();
    this.router =
        hasWireless
            ? new Box("home-gate", "RBD52G-5HacD2HnD", "hAP ac^2", "arm")
            : new Box("home-gate", "C53UiG+5HPaxD2HPaxD", "hAP ax^3", "arm64");
    this.switchBox = new Box("cellar-switch", "CRS310-8G+2S+IN", "CRS310-8G+2S+", "arm");
    fitRouter(scenario.members());
    fitSwitch(scenario.members());
  }

  /** The interface that is the household's line. */
  String line() {
    return isPppoe ? PPPOE : WAN_PORT;
  }

  /** The port of the router towards a device. */
  String routerPort(Member member) {
    return member.place().box() == Place.Where.SWITCH ? TRUNK : portName(member.place());
  }

  /** The port that a device is plugged into, or associated with. */
  Port port(Member member) {
    Box box = member.place().box() == Place.Where.SWITCH ? switchBox : router;
    return box.port(portName(member.place()));
  }

  /** Whether a device has a way to the router. */
  boolean isPlugged(Member member) {
    boolean reaches = isUsable(port(member));
    return member.place().box() == Place.Where.ROUTER
        ? reaches
        : reaches && isUsable(router.port(TRUNK)) && isUsable(switchBox.port(SWITCH_UPLINK));
  }

  /** By what a queue's target may name a device beside its addresses. */
  List<String> places(Member member) {
    return List.of(BRIDGE, routerPort(member));
  }

  /** Counts what went between a device and the line. */
  void count(Member member, long down, long up) {
    countLine(down, up);
    router.port(BRIDGE).count(up, down);
    port(member).count(up, down);
    if (member.place().box() == Place.Where.SWITCH) {
      router.port(TRUNK).count(up, down);
      switchBox.port(SWITCH_UPLINK).count(down, up);
    }
  }

  /** Counts what went over the line. */
  void countLine(long down, long up) {
    router.port(WAN_PORT).count(down, up);
    if (isPppoe) {
      router.port(PPPOE).count(down, up);
    }
  }

  String portName(Place place) {
    return hasWireless ? place.port().replace("wifi", "wlan") : place.port();
  }

  private static boolean isUsable(Port port) {
    return !port.isDisabled;
  }

  private void fitRouter(List<Member> members) {
    for (int socket = 1; socket <= 5; socket++) {
      String name = "ether" + socket;
      boolean isUsed =
          socket == 1
              || name.equals(TRUNK)
              || members.stream().anyMatch(one -> one.place().equals(Place.router(name)));
      router.add(
          new Port.Nature(
              name, "ether", name, socket == 1 && !hasWireless ? "2.5Gbps" : "1Gbps", socket > 1),
          "48:A9:8A:00:10:0" + socket,
          socket == 1 ? "provider" : name.equals(TRUNK) ? "to the cellar" : "",
          isUsed);
    }
    for (int radio = 1; radio <= 2; radio++) {
      String name = (hasWireless ? "wlan" : "wifi") + radio;
      router.add(
          new Port.Nature(name, hasWireless ? "wlan" : "wifi", name, "", true),
          "48:A9:8A:00:10:1" + radio,
          "",
          true);
    }
    router.add(
        new Port.Nature(BRIDGE, "bridge", null, "", false), "48:A9:8A:00:10:02", "defconf", true);
    router.add(new Port.Nature("lo", "loopback", null, "", false), "00:00:00:00:00:00", "", true);
    if (isPppoe) {
      router.add(
          new Port.Nature(PPPOE, "pppoe-out", null, "", false), "00:00:00:00:00:00", "", true);
    }
  }

  private void fitSwitch(List<Member> members) {
    for (int socket = 1; socket <= 8; socket++) {
      String name = "ether" + socket;
      boolean isUsed =
          name.equals(SWITCH_UPLINK)
              || members.stream().anyMatch(one -> one.place().equals(Place.atSwitch(name)));
      switchBox.add(
          new Port.Nature(name, "ether", name, socket == 2 ? "2.5Gbps" : "1Gbps", true),
          "48:A9:8A:00:20:0" + socket,
          name.equals(SWITCH_UPLINK) ? "to the router" : "",
          isUsed);
    }
    for (int socket = 1; socket <= 2; socket++) {
      String name = "sfp-sfpplus" + socket;
      switchBox.add(
          new Port.Nature(name, "ether", name, "10Gbps", true),
          "48:A9:8A:00:20:1" + socket,
          "",
          false);
    }
    switchBox.add(
        new Port.Nature(BRIDGE, "bridge", null, "", false), "48:A9:8A:00:20:01", "defconf", true);
  }
}
