package dev.mhs.source.local.count.capture;

import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.count.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes what the kernel hands over, in the language of pcap-filter(7): IP, but not what stays
 * within the household. Pure.
 */
final class CaptureFilter {
  private CaptureFilter() {}

  static String of(CountingPlan plan, boolean isTrunk) {
    List<String> parts = new ArrayList<>();
    for (boolean isIpv4 : List.of(true, false)) {
      List<Network> household =
          new TreeSet<>(plan.household()).stream().filter(each -> each.isIpv4() == isIpv4).toList();
      if (!household.isEmpty()) {
        parts.add(
            "(%s and not ((%s) and (%s)))"
                .formatted(isIpv4 ? "ip" : "ip6", any("src", household), any("dst", household)));
      }
    }
    if (!isTrunk) {
      parts.add("vlan"); // changes the offsets of what stands behind it, so it is last
    }
    return String.join(" or ", parts);
  }

  private static String any(String end, List<Network> networks) {
    return networks.stream().map(each -> end + " net " + each).collect(Collectors.joining(" or "));
  }
}
