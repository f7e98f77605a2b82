package dev.mhs.source.local;

import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.nmap.NmapHost;
import dev.mhs.source.local.nmap.NmapScout;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what nmap's reports prove, and for when. Pure. */
final class NmapEvidence {
  private NmapEvidence() {}

  /**
   * Returns what is said about everybody whom nmap found.
   *
   * @param found its last reports
   * @param now when this was asked
   */
  static List<Observation> of(List<NmapScout.Found> found, Instant now) {
    return found.stream()
        .flatMap(each -> each.hosts().stream().map(host -> of(each, host, now)))
        .toList();
  }

  private static Observation of(NmapScout.Found found, NmapHost host, Instant now) {
    Instant at = found.at().isAfter(now) ? now : found.at(); // the wall clock may be set back
    return new Observation(
        Means.NMAP,
        host.address(),
        found.interfaceName(),
        host.mac(),
        List.of(new Evidence(Kind.ANSWERED, at, "nmap")));
  }

  /** Returns the makers that nmap names. */
  static Map<MacAddress, String> makers(List<NmapScout.Found> found) {
    Map<MacAddress, String> makers = new HashMap<>();
    for (NmapScout.Found each : found) {
      for (NmapHost host : each.hosts()) {
        if (host.mac() != null && host.vendor() != null) {
          makers.put(host.mac(), host.vendor());
        }
      }
    }
    return makers;
  }
}
