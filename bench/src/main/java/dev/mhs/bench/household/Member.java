package dev.mhs.bench.household;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One device of the household: everything about it follows from its number.
 *
 * @param number its number, from 0
 * @param mac its MAC address
 * @param addresses its IPv4 and its IPv6 address
 */
record Member(int number, MacAddress mac, List<InetAddress> addresses) {
  private static final long FIRST_MAC = 0x48_A9_8A_00_00_00L;
  private static final List<String> VENDORS =
      List.of("Apple", "Espressif", "Samsung Electronics", "Raspberry Pi", "Intel Corporate");
  private static final int PORTS = 8;

  static Member of(int number) {
    String low = Integer.toHexString(number + 1);
    return new Member(
        number,
        new MacAddress(FIRST_MAC + number),
        List.of(
            IpLiteral.of("10.77." + (number / 250) + "." + (number % 250 + 2)),
            IpLiteral.of("fd00:77::" + low)));
  }

  /** Every third is on Wi-Fi. */
  boolean isWireless() {
    return number % 3 == 0;
  }

  /** Two of three move something, the others are only there. */
  boolean isBusy() {
    return number % 3 != 1;
  }

  /** Returns bytes per second that it downloads; a twelfth of it goes up. */
  long bytesPerSecond() {
    return isBusy() ? 1_000 + number * 137L % 50_000 : 0;
  }

  Sighting sighting(Instant now) {
    Sighting.Builder sighting =
        Sighting.of(mac)
            .address(addresses.getFirst())
            .address(addresses.getLast())
            .field(DeviceField.HOSTNAME, "device-" + number)
            .field(DeviceField.VENDOR, VENDORS.get(number % VENDORS.size()))
            .field(DeviceField.INTERFACE, "bridge")
            .field(DeviceField.PORT, "ether" + (number % PORTS + 1))
            .field(DeviceField.LEASE_STATUS, "bound")
            .field(DeviceField.SCAN_METHOD, "household")
            .evidence(new Evidence(Evidence.Kind.LEASE, now.minusSeconds(300 + number)))
            .evidence(new Evidence(Evidence.Kind.BRIDGE_HOST, now.minusMillis(number)))
            .evidence(new Evidence(Evidence.Kind.NEIGHBOR_REACHABLE, now.minus(silence())));
    if (isWireless()) {
      sighting
          .field(DeviceField.SSID, "household")
          .evidence(new Evidence(Evidence.Kind.WIFI_ASSOCIATED, now));
    }
    return sighting.build();
  }

  private Duration silence() {
    return Duration.ofMillis(number * 31L % 20_000);
  }
}
