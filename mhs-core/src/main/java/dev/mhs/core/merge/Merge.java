package dev.mhs.core.merge;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.reverseOrder;

import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the sightings of all sources by device. Independent of the order of reports and of
 * sightings.
 *
 * <p>The basis says which devices there are and gives the evidence; the others only fill blanks.
 * Per field the higher priority wins, then the newer report. Of several ports, the one nearest to
 * the device wins: see {@link Ports}.
 */
final class Merge {
  /** What another source said so long ago fills no blanks any more. */
  static final Duration STALE_AFTER = Duration.ofMinutes(10);

  private static final Comparator<Said> BEST_FIRST =
      comparing((Said said) -> said.report.priority(), reverseOrder())
          .thenComparing(said -> said.report.at(), reverseOrder())
          .thenComparing(said -> said.report.source())
          .thenComparing(said -> said.proof, reverseOrder())
          .thenComparing(said -> said.sighting.mac(), nullsFirst(naturalOrder()))
          .thenComparing(said -> said.sighting.addresses(), Merge::compareForPeople)
          .thenComparing(said -> said.sighting.toString()); // costly, and hardly ever asked

  /** One sighting with the report in which it stands. */
  private record Said(Report report, Sighting sighting, boolean ofBasis, Instant proof) {
    static Said of(Report report, Sighting sighting, @Nullable SourceId basis) {
      Instant proof =
          sighting.evidence().stream()
              .filter(one -> one.kind().weight() == Evidence.Weight.PROOF)
              .map(Evidence::at)
              .max(Comparator.naturalOrder())
              .orElse(Instant.MIN);
      return new Said(report, sighting, report.source().equals(basis), proof);
    }
  }

  private Merge() {}

  /** Returns what is said about each device that the basis knows, by key. */
  static Map<DeviceKey, Claim> merge(
      Collection<Report> reports, @Nullable SourceId basis, Instant now) {
    List<Said> all = new ArrayList<>();
    for (Report report : reports) {
      boolean fresh = report.at().isAfter(now.minus(STALE_AFTER));
      if (fresh || report.source().equals(basis)) {
        report.sightings().forEach(sighting -> all.add(Said.of(report, sighting, basis)));
      }
    }
    all.sort(BEST_FIRST);
    Map<InetAddress, DeviceKey> owners = owners(all);
    Map<DeviceKey, List<Said>> groups = new LinkedHashMap<>();
    for (Said said : all) {
      DeviceKey key = key(said.sighting, owners);
      said.sighting.addresses().forEach(address -> owners.putIfAbsent(address, key));
      groups.computeIfAbsent(key, none -> new ArrayList<>()).add(said);
    }
    Ports ports = Ports.of(reports);
    Map<DeviceKey, Claim> claims = new HashMap<>();
    groups.forEach(
        (key, group) -> {
          if (group.stream().anyMatch(said -> said.ofBasis)) {
            claims.put(key, claim(key, group, owners, ports));
          }
        });
    return claims;
  }

  /** Where a MAC is visible, an address has one owner: who was proven last there. */
  private static Map<InetAddress, DeviceKey> owners(List<Said> all) {
    Map<InetAddress, Said> best = new HashMap<>();
    for (Said said : all) {
      if (said.sighting.mac() != null) {
        for (InetAddress address : said.sighting.addresses()) {
          best.merge(address, said, Merge::betterOwner);
        }
      }
    }
    Map<InetAddress, DeviceKey> owners = new HashMap<>();
    best.forEach((address, said) -> owners.put(address, said.sighting.key()));
    return owners;
  }

  private static Said betterOwner(Said one, Said other) {
    if (one.ofBasis != other.ofBasis) {
      return one.ofBasis ? one : other; // who is not in use takes nothing away
    }
    int byProof = one.proof.compareTo(other.proof);
    if (byProof != 0) {
      return byProof > 0 ? one : other;
    }
    return BEST_FIRST.compare(one, other) <= 0 ? one : other;
  }

  private static DeviceKey key(Sighting sighting, Map<InetAddress, DeviceKey> owners) {
    if (sighting.mac() == null) {
      for (InetAddress address : sighting.addresses()) {
        DeviceKey owner = owners.get(address);
        if (owner != null) {
          return owner;
        }
      }
    }
    return sighting.key();
  }

  private static Claim claim(
      DeviceKey key, List<Said> group, Map<InetAddress, DeviceKey> owners, Ports ports) {
    MacAddress mac = key instanceof DeviceKey.ByMac(MacAddress known) ? known : null;
    Set<InetAddress> addresses = new LinkedHashSet<>();
    Map<DeviceField, Sourced<String>> fields = new EnumMap<>(DeviceField.class);
    Set<Evidence> evidence = new LinkedHashSet<>();
    for (Said said : group) {
      addresses.addAll(said.sighting.addresses());
      said.sighting
          .fields()
          .forEach(
              (field, text) ->
                  fields.putIfAbsent(
                      field, new Sourced<>(text, said.report.source(), said.report.at())));
      if (said.ofBasis) {
        evidence.addAll(said.sighting.evidence());
      }
    }
    group.stream()
        .min(
            comparingLong(
                said -> ports.distance(said.report, said.sighting))) // the first of equals
        .ifPresent(said -> put(fields, DeviceField.PORT, said));
    addresses.removeIf(address -> !key.equals(owners.get(address)));
    return new Claim(
        key,
        mac,
        addresses.stream().sorted(v4First()).toList(),
        fields,
        evidence.stream().sorted(Claim.NEWEST_FIRST).toList());
  }

  private static void put(Map<DeviceField, Sourced<String>> fields, DeviceField field, Said said) {
    String text = said.sighting.fields().get(field);
    if (text != null) {
      fields.put(field, new Sourced<>(text, said.report.source(), said.report.at()));
    }
  }

  /** Stable, so that among addresses of one family the best source's first stays first. */
  private static Comparator<InetAddress> v4First() {
    return Comparator.comparing(Inet6Address.class::isInstance);
  }

  /** Orders devices for people: by address, those without one last. */
  static int compareForPeople(List<InetAddress> one, List<InetAddress> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return Boolean.compare(one.isEmpty(), other.isEmpty());
    }
    return IpLiteral.ORDER.compare(one.getFirst(), other.getFirst());
  }
}
