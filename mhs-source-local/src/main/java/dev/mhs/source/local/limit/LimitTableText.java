package dev.mhs.source.local.limit;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.source.local.count.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Our table as nft(8) writes and reads it. A script is one transaction of the kernel's: all of it
 * or nothing. Pure.
 */
final class LimitTableText {
  /** After our own counting, which is to see what a device sends, and before flow tables (0). */
  private static final int PRIORITY = -400;

  private static final Pattern SIGNATURE = Pattern.compile("(?m)^\\s+comment \"([0-9a-f]{8})\"$");
  private static final Pattern HOOK =
      Pattern.compile("hook (ingress|egress) devices? =? ?\\{?([^}\\n]*?)\\}? priority");
  private static final Pattern NAME = Pattern.compile("[^\\s,\"]+");
  private static final Pattern ELEMENT =
      Pattern.compile(
          "([0-9a-fA-F.:]{3,45}) comment \"(\\d{1,15})\" : ([0-9a-f]{1,4}):([0-9a-f]{1,4})");

  private LimitTableText() {}

  /** Reads what {@code nft list table} prints. */
  static LimitTable parse(String text) {
    Matcher signature = SIGNATURE.matcher(text);
    List<LimitEntry> entries = new ArrayList<>();
    for (Matcher one = ELEMENT.matcher(text); one.find(); ) {
      entry(one, entries);
    }
    return new LimitTable(
        signature.find() ? signature.group(1) : "", hooked(text), reaches(text), entries);
  }

  private static void entry(Matcher one, List<LimitEntry> entries) {
    int major = Integer.parseInt(one.group(3), 16);
    int minor = Integer.parseInt(one.group(4), 16);
    BitRate rate = new BitRate(Long.parseLong(one.group(2)));
    for (Direction direction : Direction.values()) {
      if (direction.major() == major) {
        DeviceKey.parse(one.group(1))
            .ifPresent(key -> entries.add(new LimitEntry(key, direction, minor, rate)));
      }
    }
  }

  private static Map<Direction, Set<String>> hooked(String text) {
    Map<Direction, Set<String>> hooked = new EnumMap<>(Direction.class);
    for (Matcher hook = HOOK.matcher(text); hook.find(); ) {
      Set<String> names = new HashSet<>();
      for (Matcher name = NAME.matcher(hook.group(2)); name.find(); ) {
        names.add(name.group());
      }
      hooked.put(hook.group(1).equals("ingress") ? Direction.UP : Direction.DOWN, names);
    }
    return hooked;
  }

  /** Once the interface is gone, nft prints the number that it had instead of its name. */
  private static boolean reaches(String text) {
    return text.lines()
        .map(line -> line.split(" fwd to ", 2))
        .filter(parts -> parts.length == 2)
        .allMatch(parts -> parts[1].contains(Direction.WAITING_ROOM));
  }

  /** Writes the table anew; removes it where there is no limit. */
  static String script(ShapingPlace place, List<LimitEntry> entries) {
    StringBuilder script = new StringBuilder();
    line(script, "table netdev " + LimitTable.NAME); // it may not be there, and then it cannot go
    line(script, "delete table netdev " + LimitTable.NAME);
    if (entries.isEmpty()) {
      return script.toString();
    }
    line(script, "table netdev %s {".formatted(LimitTable.NAME));
    line(script, "  comment \"%s\"".formatted(place.signature()));
    for (boolean isIpv4 : List.of(true, false)) {
      household(script, place.household(), isIpv4);
    }
    for (Direction direction : Direction.values()) {
      direction(script, direction, place, entries);
    }
    line(script, "}");
    return script.toString();
  }

  private static void household(StringBuilder script, Set<Network> networks, boolean isIpv4) {
    String family = isIpv4 ? "4" : "6";
    List<String> ranges =
        Stream.concat(
                networks.stream().filter(each -> each.isIpv4() == isIpv4).map(Network::toString),
                Network.nowhere(isIpv4).stream())
            .sorted()
            .toList();
    line(script, "  set household%s {".formatted(family));
    line(script, "    type ipv%s_addr".formatted(family));
    line(script, "    flags interval");
    line(script, "    auto-merge");
    line(script, "    elements = { %s }".formatted(String.join(", ", ranges)));
    line(script, "  }");
  }

  private static void direction(
      StringBuilder script, Direction direction, ShapingPlace place, List<LimitEntry> entries) {
    Map<String, List<LimitEntry>> byMap =
        entries.stream()
            .filter(each -> each.direction() == direction)
            .collect(Collectors.groupingBy(LimitEntry::map));
    if (byMap.isEmpty()) {
      return;
    }
    byMap.forEach((map, those) -> map(script, map, those));
    line(script, "  chain %s {".formatted(direction.chain()));
    line(
        script,
        "    type filter hook %s devices = { %s } priority %d; policy accept;"
            .formatted(direction.hook(), quoted(place.sides()), PRIORITY));
    if (direction == Direction.UP) {
      for (String trunk : new TreeSet<>(place.trunks())) {
        // Else they would wait twice: here, and at their VLAN's own interface.
        line(script, "    iifname \"%s\" vlan id 1-4094 accept".formatted(trunk));
      }
    }
    byMap.keySet().stream().sorted().forEach(map -> rules(script, direction, map));
    line(script, "  }");
  }

  private static void map(StringBuilder script, String map, List<LimitEntry> entries) {
    String type =
        switch (map.charAt(map.length() - 1)) {
          case '4' -> "ipv4_addr";
          case '6' -> "ipv6_addr";
          default -> "ether_addr";
        };
    line(script, "  map %s {".formatted(map));
    line(script, "    type %s : classid".formatted(type));
    line(
        script,
        "    elements = { %s }"
            .formatted(
                entries.stream().map(LimitEntry::element).collect(Collectors.joining(", "))));
    line(script, "  }");
  }

  private static void rules(StringBuilder script, Direction direction, String map) {
    String passOn = direction == Direction.UP ? " fwd to \"" + Direction.WAITING_ROOM + "\"" : "";
    for (String family : List.of("4", "6")) {
      String ip = family.equals("4") ? "ip" : "ip6";
      boolean byAddress = !map.equals(direction.map());
      if (!byAddress || map.endsWith(family)) {
        line(
            script,
            "    %s %s != @household%s meta priority set %s %s map @%s%s"
                .formatted(
                    ip,
                    direction.otherField(),
                    family,
                    byAddress ? ip : "ether",
                    direction.field(),
                    map,
                    passOn));
      }
    }
  }

  private static String quoted(Collection<String> devices) {
    return new TreeSet<>(devices)
        .stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(", "));
  }

  private static void line(StringBuilder script, String text) {
    script.append(text).append('\n');
  }
}
