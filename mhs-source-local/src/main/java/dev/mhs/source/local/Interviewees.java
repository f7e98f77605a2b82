package dev.mhs.source.local;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.Sighting;
import dev.mhs.source.local.name.AskedNames.Candidate;
import dev.mhs.source.local.sweep.Ipv4Network;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides which devices may be asked for their names: those that are there, on our networks. */
final class Interviewees {
  private static final Duration LATELY = Duration.ofSeconds(90);

  private Interviewees() {}

  static List<Candidate> of(List<Sighting> sightings, List<Ipv4Network> networks, Instant now) {
    List<Candidate> candidates = new ArrayList<>();
    for (Sighting each : sightings) {
      if (isThere(each, now) && !each.addresses().isEmpty()) {
        InetAddress address = each.addresses().getFirst();
        networks.stream()
            .filter(network -> network.isHost(address))
            .filter(
                network -> network.interfaceName().equals(each.fields().get(DeviceField.INTERFACE)))
            .findFirst()
            .ifPresent(
                network ->
                    candidates.add(new Candidate(network.interfaceName(), network.own(), address)));
      }
    }
    return candidates;
  }

  private static boolean isThere(Sighting one, Instant now) {
    return one.evidence().stream()
        .filter(each -> each.kind() != Evidence.Kind.SELF)
        .filter(each -> each.kind().weight() == Evidence.Weight.PROOF)
        .anyMatch(each -> each.at().plus(LATELY).isAfter(now));
  }
}
