package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.api.Finding.Level;
import dev.mhs.source.local.LocalSettings.Look;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.nmap.NmapScout;
import java.util.List;
import java.util.Optional;

/** Puts into words what nmap does for the source. */
final class NmapFindings {
  private NmapFindings() {}

  static List<Finding> of(LocalSettings settings, NmapScout nmap) {
    if (settings.scan() != Scan.ACTIVE) {
      return List.of(); // whether it is there does not matter while nothing may be sent
    }
    if (!settings.means().contains(Look.NMAP)) {
      return List.of(
          new Finding(
              Level.LACKING, "local.means leaves out nmap", "MHS_LOCAL_MEANS=nmap,arp,ping"));
    }
    if (nmap.program().isEmpty()) {
      return List.of(
          new Finding(
              Level.LACKING,
              "nmap is not installed: devices are found by the other means alone",
              "apt install nmap"));
    }
    Optional<String> trouble =
        nmap.troubles().entrySet().stream()
            .findFirst()
            .map(entry -> "nmap failed on " + entry.getKey() + ": " + entry.getValue());
    return List.of(
        trouble
            .map(what -> new Finding(Level.LACKING, what, null))
            .orElse(new Finding(Level.GOOD, "nmap looks for devices every few minutes", null)));
  }
}
