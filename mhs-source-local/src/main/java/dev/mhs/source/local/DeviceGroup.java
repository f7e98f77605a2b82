package dev.mhs.source.local;

import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Weight;
import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that was observed of one link-layer address. For one thread. */
final class DeviceGroup {
  /** The address to show first: IPv4, then IPv6; those that only lead one hop last. */
  static final Comparator<InetAddress> ORDER =
      Comparator.comparing(InetAddress::isLinkLocalAddress).thenComparing(IpLiteral.ORDER);

  final Map<InetAddress, List<Observation>> byAddress = new TreeMap<>(ORDER);
  final Map<Evidence.Kind, Evidence> newest = new EnumMap<>(Evidence.Kind.class);
  final Set<Means> means = EnumSet.noneOf(Means.class);
  @Nullable String interfaceName;
  boolean self;

  void add(Observation one) {
    byAddress.computeIfAbsent(one.address(), unknown -> new ArrayList<>()).add(one);
    means.add(one.means());
    add(one.interfaceName(), one.evidence());
  }

  void add(String from, List<Evidence> evidence) {
    if (interfaceName == null) {
      interfaceName = from;
    }
    for (Evidence each : evidence) {
      newest.merge(each.kind(), each, (a, b) -> a.at().isBefore(b.at()) ? b : a);
    }
  }

  /** Without those that it gave up: they were denied, and another one was proven since. */
  List<InetAddress> addresses() {
    Instant proven =
        byAddress.keySet().stream()
            .map(each -> newest(each, Weight.PROOF))
            .max(Comparator.naturalOrder())
            .orElse(Instant.MIN);
    List<InetAddress> kept = new ArrayList<>(byAddress.keySet());
    kept.removeIf(
        each -> {
          Instant proof = newest(each, Weight.PROOF);
          return proof.isBefore(proven) && newest(each, Weight.DENIAL).isAfter(proof);
        });
    return kept;
  }

  private Instant newest(InetAddress address, Weight weight) {
    return byAddress.getOrDefault(address, List.of()).stream()
        .map(each -> each.newest(weight))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }
}
