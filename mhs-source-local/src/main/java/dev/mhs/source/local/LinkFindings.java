package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.api.Finding.Level;
import dev.mhs.source.local.LocalSettings.Look;
import dev.mhs.source.local.LocalSettings.Scan;
import dev.mhs.source.local.link.ArpScout.LinkFailure;
import dev.mhs.source.local.link.LinkException.Kind;
import dev.mhs.source.local.read.Rights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts into words on which links devices can be asked and heard, and on which not. Pure. */
final class LinkFindings {
  private LinkFindings() {}

  /**
   * Returns what works and what does not.
   *
   * @param settings what may be done
   * @param heardOn the interfaces that are listened on
   * @param failures why others are not
   */
  static List<Finding> of(
      LocalSettings settings, Set<String> heardOn, Map<String, LinkFailure> failures) {
    List<Finding> found = new ArrayList<>();
    if (!settings.means().contains(Look.ARP)) {
      found.add(
          lacking(
              "local.means leaves out arp: nothing is overheard, and a sweep takes longer",
              "MHS_LOCAL_MEANS=nmap,arp,ping"));
    }
    if (!heardOn.isEmpty()) {
      String where = String.join(", ", new TreeSet<>(heardOn));
      String what =
          settings.scan() == Scan.ACTIVE
              ? "devices are asked and heard by ARP on " + where
              : "devices are heard by ARP on " + where + ", and nothing is sent";
      found.add(new Finding(Level.GOOD, what, null));
    }
    Map<Kind, List<String>> byKind = new EnumMap<>(Kind.class);
    failures.forEach(
        (name, failure) ->
            byKind.computeIfAbsent(failure.kind(), none -> new ArrayList<>()).add(name));
    byKind.forEach(
        (kind, names) -> found.add(deaf(kind, String.join(", ", names), failures, names)));
    return found;
  }

  private static Finding deaf(
      Kind kind, String where, Map<String, LinkFailure> failures, List<String> names) {
    return switch (kind) {
      case NO_LIBRARY ->
          lacking(
              "libpcap is not installed: devices are found by the slower ways, and nothing is"
                  + " overheard",
              "apt install libpcap0.8");
      case NO_PERMISSION ->
          lacking(
              "this process may not hear frames (CAP_NET_RAW) on "
                  + where
                  + ": devices are found by the slower ways, and nothing is overheard",
              Rights.REMEDY);
      case OTHER ->
          lacking(
              where
                  + " cannot be listened on: "
                  + names.stream()
                      .map(failures::get)
                      .filter(Objects::nonNull)
                      .map(LinkFailure::reason)
                      .distinct()
                      .collect(Collectors.joining("; ")),
              null);
    };
  }

  private static Finding lacking(String what, @Nullable String remedy) {
    return new Finding(Level.LACKING, what, remedy);
  }
}
