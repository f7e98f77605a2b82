package dev.mhs.bench.household;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Sighting;
import dev.mhs.api.Usage;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HouseholdTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void noTwoDevicesAreOne() {
    Household household = new Household(4000);

    Set<DeviceKey> keys =
        household.sightings(NOW).stream().map(Sighting::key).collect(Collectors.toSet());
    Set<InetAddress> addresses = new HashSet<>();
    household.sightings(NOW).forEach(one -> addresses.addAll(one.addresses()));

    assertEquals(4000, keys.size());
    assertEquals(8000, addresses.size());
  }

  @Test
  void countersNeverFallAndTheLineCarriesWhatTheDevicesMove() {
    Household household = new Household(50);
    Moment now = new Moment(NOW, 0);

    BandwidthReading earlier = household.reading(now, Duration.ofSeconds(10));
    BandwidthReading later = household.reading(now, Duration.ofSeconds(12));

    assertEquals(50, later.devices().size());
    earlier.devices().forEach((key, usage) -> assertTrue(down(usage) <= down(later, key)));
    long devices = later.devices().values().stream().mapToLong(HouseholdTest::down).sum();
    assertEquals(devices + down(later.own()), down(later.wan()));
  }

  private static long down(BandwidthReading reading, DeviceKey key) {
    return down(reading.devices().get(key));
  }

  private static long down(@Nullable Usage usage) {
    return usage instanceof Usage.Totals totals ? totals.downloadBytes() : -1;
  }
}
