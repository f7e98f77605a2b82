package dev.mhs.source.routeros.map;

import dev.mhs.api.BitRate;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Port;
import dev.mhs.source.routeros.parse.RateText;
import dev.mhs.source.routeros.parse.Row;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns interfaces into ports. It knows no models: what has a socket is told by the interface's
 * type and by the name that the maker gave it.
 */
public final class PortMapper {
  private static final Set<String> RADIOS =
      Set.of("wlan", "wifi", "wifiwave2", "cap", "wireless", "w60g");
  private static final Set<String> SOCKETS = Set.of("ether", "lte", "sfp");

  private PortMapper() {}

  /**
   * Makes the ports of a box: its sockets and radios, and what its line runs over.
   *
   * @param interfaces {@code /interface}
   * @param speeds the negotiated speeds by interface name; see {@link #speeds}
   * @param sockets rows of {@code /interface/ethernet} by name, for those ports whose counters are
   *     to be taken there; see {@link SocketCounters}
   * @param line the household's line; {@link Wan} without interfaces for a switch
   * @param epoch changes whenever the box's counters began anew
   * @return the ports: sockets first, as they were numbered by the maker
   */
  public static List<Port> ports(
      List<Row> interfaces,
      Map<String, BitRate> speeds,
      Map<String, Row> sockets,
      Wan line,
      long epoch) {
    return interfaces.stream()
        .filter(row -> row.text("name").isPresent() && isPort(row, line))
        .sorted(Comparator.comparingInt(PortMapper::group).thenComparingLong(PortMapper::number))
        .map(row -> port(row, speeds, counters(row, sockets, epoch), line))
        .toList();
  }

  /**
   * Reads the negotiated speeds from {@code /interface/ethernet/monitor}.
   *
   * @param rows its rows
   * @return the speeds by interface name; one without link or without a told speed is absent
   */
  public static Map<String, BitRate> speeds(List<Row> rows) {
    Map<String, BitRate> speeds = new HashMap<>();
    for (Row row : rows) {
      Optional<BitRate> rate = row.text("rate").flatMap(RateText::parse);
      boolean hasLink = row.word("status").orElse("link-ok").equals("link-ok");
      if (hasLink && rate.isPresent() && !rate.get().equals(BitRate.ZERO)) {
        row.text("name").ifPresent(name -> speeds.put(name, rate.get()));
      }
    }
    return speeds;
  }

  /**
   * Returns which interfaces can be asked for their speed.
   *
   * @param interfaces {@code /interface}
   * @return the names of the ethernet and SFP ports that have a link
   */
  public static List<String> withSpeed(List<Row> interfaces) {
    return interfaces.stream()
        .filter(row -> type(row).equals("ether") && row.flag("running"))
        .flatMap(row -> row.text("name").stream())
        .toList();
  }

  /**
   * Returns what changes whenever a link with a speed may have been agreed upon anew.
   *
   * @param interfaces {@code /interface}
   * @return each such port with its count of downs
   */
  public static List<String> links(List<Row> interfaces) {
    return interfaces.stream()
        .filter(row -> type(row).equals("ether") && row.flag("running"))
        .map(row -> row.text("name").orElse("") + " " + row.text("link-downs").orElse(""))
        .toList();
  }

  private static Port port(
      Row row, Map<String, BitRate> speeds, Port.@Nullable Counters counters, Wan line) {
    String name = row.text("name").orElseThrow();
    Port.Link link = link(row);
    return new Port(
        name,
        kind(row),
        link,
        link == Port.Link.UP ? speeds.get(name) : null,
        row.mac("mac-address").<@Nullable MacAddress>map(mac -> mac).orElse(null),
        row.text("comment").orElse(null),
        line.has(name),
        counters,
        row.text("default-name").orElse(null));
  }

  /**
   * On a port that the switch chip serves, {@code rx-byte} counts at the port, and {@code
   * fp-rx-byte} only what reached the CPU (211.8 against 27.0 GB, RB5009, RouterOS 7.24.2).
   */
  private static Port.@Nullable Counters counters(Row row, Map<String, Row> sockets, long epoch) {
    Row socket = sockets.get(row.text("name").orElse(""));
    OptionalLong rx = socket == null ? row.number("rx-byte") : socket.number("rx-bytes");
    OptionalLong tx = socket == null ? row.number("tx-byte") : socket.number("tx-bytes");
    if (rx.isEmpty() || tx.isEmpty()) {
      return null;
    }
    return new Port.Counters(
        rx.getAsLong(),
        tx.getAsLong(),
        CounterWidth.BITS_64,
        socket == null ? epoch : ~epoch, // other counters: what was read before is no measure
        orNull(row.number("rx-error")),
        orNull(row.number("tx-error")));
  }

  private static Port.Link link(Row row) {
    if (row.flag("disabled")) {
      return Port.Link.DOWN;
    }
    if (row.flag("running")) {
      return Port.Link.UP;
    }
    // A radio runs only while a client is associated; without one it is not unplugged.
    return RADIOS.contains(type(row)) ? Port.Link.UNKNOWN : Port.Link.DOWN;
  }

  private static boolean isPort(Row row, Wan line) {
    String type = type(row);
    return SOCKETS.contains(type)
        || RADIOS.contains(type)
        || line.counted().contains(row.text("name").orElse(""));
  }

  private static String kind(Row row) {
    String type = type(row);
    String made = row.text("default-name").orElse("");
    if (type.equals("ether") && (made.startsWith("sfp") || made.startsWith("qsfp"))) {
      return "sfp";
    }
    if (type.equals("ether") && made.startsWith("combo")) {
      return "combo";
    }
    return RADIOS.contains(type) ? "wifi" : type;
  }

  private static int group(Row row) {
    String type = type(row);
    if (SOCKETS.contains(type)) {
      return 0;
    }
    return RADIOS.contains(type) ? 1 : 2;
  }

  /** Ids of hardware interfaces are given in the maker's order, in hexadecimal. */
  private static long number(Row row) {
    String id = row.id().orElse("");
    return id.matches("\\*[0-9A-Fa-f]{1,15}")
        ? Long.parseLong(id.substring(1), 16)
        : Long.MAX_VALUE;
  }

  private static String type(Row row) {
    return row.word("type").orElse("");
  }

  private static @Nullable Long orNull(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
