package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Bits;
import dev.mhs.simulator.world.Box;
import dev.mhs.simulator.world.Port;
import dev.mhs.simulator.world.RefusedException;
import dev.mhs.simulator.world.World;
import java.util.Arrays;
import java.util.List;

/** The interfaces of a box. */
final class InterfaceRows {
  private final World world;
  private final Box box;

  InterfaceRows(World world, Box box) {
    this.world = world;
    this.box = box;
  }

  List<Row> all() {
    return box.ports().stream().map(this::row).toList();
  }

  List<Row> ethernet() {
    return box.ports().stream()
        .filter(port -> port.type().equals("ether"))
        .map(this::socket)
        .toList();
  }

  /** {@code /interface/monitor-traffic}. */
  List<Row> traffic(String names) {
    return named(names).stream()
        .map(
            port ->
                new Row()
                    .with("name", port.name())
                    .with("rx-packets-per-second", packets(port.rxRate()))
                    .with("rx-bits-per-second", port.rxRate())
                    .with("tx-packets-per-second", packets(port.txRate()))
                    .with("tx-bits-per-second", port.txRate())
                    .with("rx-drops-per-second", 0)
                    .with("tx-queue-drops-per-second", 0))
        .toList();
  }

  /** {@code /interface/ethernet/monitor}. */
  List<Row> links(String names) {
    return named(names).stream()
        .map(
            port -> {
              Row row =
                  new Row()
                      .with("name", port.name())
                      .with("status", port.isRunning() ? "link-ok" : "no-link")
                      .with("auto-negotiation", port.isRunning() ? "done" : "incomplete");
              return port.isRunning()
                  ? row.with("rate", port.linkSpeed()).with("full-duplex", true)
                  : row;
            })
        .toList();
  }

  private static long packets(long bitsPerSecond) {
    return Math.round(Bits.bytes((double) bitsPerSecond, 1) / 1_000);
  }

  private List<Port> named(String names) {
    return Arrays.stream(names.split(",", -1))
        .map(
            name ->
                box.ports().stream()
                    .filter(port -> port.name().equals(name) || port.id().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new RefusedException(
                                400, "input does not match any value of interface")))
        .toList();
  }

  private Row row(Port port) {
    Row row = new Row(port.id()).with("actual-mtu", 1500).ifAny("comment", port.comment());
    String made = port.made();
    if (made != null) {
      row.with("default-name", made);
    }
    row.with("disabled", port.isDisabled())
        .with("fp-rx-byte", port.isSlave() ? port.rx() / 8 : port.rx())
        .with("fp-rx-packet", port.isSlave() ? port.rxPackets() / 8 : port.rxPackets())
        .with("fp-tx-byte", port.isSlave() ? port.tx() / 8 : port.tx())
        .with("fp-tx-packet", port.isSlave() ? port.txPackets() / 8 : port.txPackets())
        .with("last-link-up-time", Spelling.dateTime(world.time(), world.scenario().release()))
        .with("link-downs", port.linkDowns())
        .with("mac-address", port.mac())
        .with("mtu", port.type().equals("bridge") ? "auto" : "1500")
        .with("name", port.name())
        .with("running", port.isRunning())
        .with("rx-byte", port.rx())
        .with("rx-drop", 0)
        .with("rx-error", 0)
        .with("rx-packet", port.rxPackets())
        .ifSet("slave", port.isSlave())
        .with("tx-byte", port.tx())
        .with("tx-drop", 0)
        .with("tx-error", 0)
        .with("tx-packet", port.txPackets())
        .with("tx-queue-drop", 0)
        .with("type", port.type());
    return world.scenario().release().namesVrf() ? row.with("vrf", "main") : row;
  }

  private Row socket(Port port) {
    return new Row(port.id())
        .with("arp", "enabled")
        .with("auto-negotiation", true)
        .ifAny("comment", port.comment())
        .with("default-name", port.name())
        .with("disabled", port.isDisabled())
        .with("mac-address", port.mac())
        .with("mtu", 1500)
        .with("name", port.name())
        .with("running", port.isRunning())
        .with("driver-rx-byte", port.rx() / 8)
        .with("driver-tx-byte", port.tx() / 8)
        .with("rx-bytes", port.rx())
        .with("rx-packet", port.rxPackets())
        .with("rx-fcs-error", 0)
        .with("switch", "switch1")
        .with("tx-bytes", port.tx())
        .with("tx-packet", port.txPackets());
  }
}
