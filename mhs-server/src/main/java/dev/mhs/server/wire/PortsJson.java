package dev.mhs.server.wire;

import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.Port;
import dev.mhs.api.PortRates;
import dev.mhs.api.Snapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the ports of all boxes. Viewpoint of rx and tx: the port's own. */
public final class PortsJson {
  /** A port with the box on which it stands. */
  private record Placed(Box box, Port port, @Nullable PortRates rates) {}

  private PortsJson() {}

  /** Returns all ports in UTF-8. */
  public static byte[] ports(Snapshot snapshot) {
    return JsonFields.object(json -> fields(json, snapshot));
  }

  static void fields(JsonFields json, Snapshot snapshot) {
    boolean hasRouter =
        snapshot.boxes().stream().anyMatch(state -> state.box().role() == Box.Role.ROUTER);
    // Where no router is seen, the host that looks for itself stands in its place.
    Box.Role front = hasRouter ? Box.Role.ROUTER : Box.Role.HOST;
    json.objects("router", placed(snapshot, front), PortsJson::port);
    json.objects("switch", placed(snapshot, Box.Role.SWITCH), PortsJson::port);
    json.objects("boxes", snapshot.boxes(), PortsJson::box);
  }

  private static List<Placed> placed(Snapshot snapshot, Box.Role role) {
    return snapshot.boxes().stream()
        .filter(state -> state.box().role() == role)
        .flatMap(state -> placed(state).stream())
        .toList();
  }

  private static void box(JsonFields json, BoxState state) {
    Box box = state.box();
    json.text("id", box.id()).text("name", box.name()).text("model", box.model());
    json.text("role", SnapshotJson.word(box.role())).textOf("source", state.source());
    json.objects("ports", placed(state), PortsJson::port);
  }

  private static List<Placed> placed(BoxState state) {
    Map<String, PortRates> rates = state.rates();
    return state.box().ports().stream()
        .map(port -> new Placed(state.box(), port, rates.get(port.name())))
        .toList();
  }

  private static void port(JsonFields json, Placed placed) {
    Port port = placed.port();
    Port.Counters counters = port.counters();
    PortRates rates = placed.rates();
    json.text("name", port.name()).text("default_name", port.defaultName());
    json.text("type", port.type());
    json.flag("running", running(port.link()));
    json.number("rx_bps", rates == null ? null : (Long) rates.rx().bitsPerSecond());
    json.number("tx_bps", rates == null ? null : (Long) rates.tx().bitsPerSecond());
    json.number("rx_bytes", counters == null ? null : (Long) counters.rxBytes());
    json.number("tx_bytes", counters == null ? null : (Long) counters.txBytes());
    json.number("rx_errors", counters == null ? null : counters.rxErrors());
    json.number("tx_errors", counters == null ? null : counters.txErrors());
    json.number(
        "link_bps", port.linkSpeed() == null ? null : (Long) port.linkSpeed().bitsPerSecond());
    json.textOf("mac", port.mac()).text("comment", port.comment());
    json.text("device", placed.box().id()).flag("wan", port.wan());
  }

  private static @Nullable Boolean running(Port.Link link) {
    return switch (link) {
      case UP -> Boolean.TRUE;
      case DOWN -> Boolean.FALSE;
      case UNKNOWN -> null;
    };
  }
}
