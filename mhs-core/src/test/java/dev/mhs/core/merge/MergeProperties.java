package dev.mhs.core.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import dev.mhs.core.Seeds;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeProperties {
  private static final List<Evidence.Kind> KINDS = List.of(Evidence.Kind.values());

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void theOrderOfReportsAndSightingsDoesNotMatter() {
    Seeds.check(
        1000,
        random -> {
          List<Report> reports = reports(random);
          SourceId basis = reports.get(random.nextInt(reports.size())).source();

          assertEquals(
              Merge.merge(reports, basis, NOW), Merge.merge(shuffled(reports, random), basis, NOW));
          assertEquals(
              table(reports, basis).devices(), table(shuffled(reports, random), basis).devices());
        });
  }

  @Test
  void sayingTheSameTwiceChangesNothing() {
    Seeds.check(
        500,
        random -> {
          List<Report> reports = reports(random);
          SourceId basis = reports.getFirst().source();
          List<Report> doubled =
              reports.stream()
                  .map(
                      one -> {
                        List<Sighting> twice = new ArrayList<>(one.sightings());
                        twice.addAll(one.sightings());
                        return new Report(
                            one.source(), one.priority(), one.at(), twice, one.placesOnly());
                      })
                  .toList();
          assertEquals(Merge.merge(reports, basis, NOW), Merge.merge(doubled, basis, NOW));

          DeviceTable once = table(reports, basis);
          DeviceTable again = once.next(reports, look(basis, Duration.ZERO));
          assertEquals(once.devices(), again.devices());
        });
  }

  @Test
  void nothingIsInvented() {
    Seeds.check(
        500,
        random -> {
          List<Report> reports = reports(random);
          SourceId basis = reports.getFirst().source();
          Set<MacAddress> macs = new HashSet<>();
          Set<InetAddress> addresses = new HashSet<>();
          Set<String> texts = new HashSet<>();
          Set<Evidence> evidence = new HashSet<>();
          for (Report report : reports) {
            for (Sighting one : report.sightings()) {
              add(macs, one.mac());
              addresses.addAll(one.addresses());
              one.fields().forEach((field, text) -> texts.add(field + text + report.source()));
              if (report.source().equals(basis)) {
                evidence.addAll(one.evidence());
              }
            }
          }
          for (Device device : table(reports, basis).devices()) {
            assertTrue(device.mac() == null || macs.contains(device.mac()));
            assertTrue(addresses.containsAll(device.addresses()));
            assertTrue(evidence.containsAll(device.evidence()));
            device
                .fields()
                .forEach(
                    (field, text) ->
                        assertTrue(texts.contains(field + text.value() + text.source())));
          }
        });
  }

  @Test
  void everyDeviceOfTheBasisIsThereAndNoOther() {
    Seeds.check(
        500,
        random -> {
          List<Report> reports = reports(random);
          SourceId basis = reports.getFirst().source();
          Map<DeviceKey, Claim> claims = Merge.merge(reports, basis, NOW);

          Set<MacAddress> expected =
              reports.getFirst().sightings().stream()
                  .map(Sighting::mac)
                  .filter(mac -> mac != null)
                  .collect(Collectors.toSet());
          for (MacAddress mac : expected) {
            assertTrue(claims.containsKey(new DeviceKey.ByMac(mac)));
          }
          assertTrue(claims.size() <= reports.getFirst().sightings().size());
        });
  }

  @Test
  void noAddressBelongsToTwoDevices() {
    Seeds.check(
        500,
        random -> {
          List<Report> reports = reports(random);
          DeviceTable table = table(reports, reports.getFirst().source());
          Set<InetAddress> taken = new HashSet<>();
          for (Device device : table.devices()) {
            device.addresses().forEach(one -> assertTrue(taken.add(one), one + " is held twice"));
          }
        });
  }

  private static <T> void add(Set<T> all, @Nullable T one) {
    if (one != null) {
      all.add(one);
    }
  }

  private static DeviceTable table(List<Report> reports, SourceId basis) {
    return DeviceTable.EMPTY.next(reports, look(basis, Duration.ofSeconds(2)));
  }

  private static Look look(SourceId basis, Duration elapsed) {
    return new Look(NOW, elapsed, basis, basis, Map.of(), PresenceRules.DEFAULT);
  }

  private static List<Report> shuffled(List<Report> reports, Random random) {
    List<Report> shuffled = new ArrayList<>();
    for (Report report : reports) {
      List<Sighting> sightings = new ArrayList<>(report.sightings());
      Collections.shuffle(sightings, random);
      shuffled.add(
          new Report(
              report.source(), report.priority(), report.at(), sightings, report.placesOnly()));
    }
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static List<Report> reports(Random random) {
    List<Report> reports = new ArrayList<>();
    int sources = 1 + random.nextInt(3);
    for (int i = 0; i < sources; i++) {
      List<Sighting> sightings = new ArrayList<>();
      int size = random.nextInt(8);
      for (int j = 0; j < size; j++) {
        sightings.add(sighting(random));
      }
      Instant at = NOW.minusSeconds(random.nextInt(3) * 300L);
      boolean placesOnly = i > 0 && random.nextBoolean();
      reports.add(
          new Report(new SourceId("s" + i), 10 * random.nextInt(3), at, sightings, placesOnly));
    }
    return reports;
  }

  private static Sighting sighting(Random random) {
    boolean visible = random.nextInt(4) > 0;
    Sighting.Builder builder =
        visible ? Sighting.of(Scene.mac(1 + random.nextInt(4))) : Sighting.of(address(random));
    int more = random.nextInt(3);
    for (int i = 0; i < more; i++) {
      builder.address(address(random));
    }
    if (random.nextBoolean()) {
      DeviceField field = random.nextBoolean() ? DeviceField.HOSTNAME : DeviceField.VENDOR;
      builder.field(field, "t" + random.nextInt(4));
    }
    int proofs = random.nextInt(3);
    for (int i = 0; i < proofs; i++) {
      Evidence.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
      builder.evidence(new Evidence(kind, NOW.minusSeconds(random.nextInt(4) * 60L)));
    }
    return builder.build();
  }

  private static InetAddress address(Random random) {
    int number = 1 + random.nextInt(5);
    return IpLiteral.of(random.nextInt(4) == 0 ? "fd00::" + number : "192.168.88." + number);
  }
}
