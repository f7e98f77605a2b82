package dev.mhs.source.routeros;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * A router with a line, a LAN and a few devices that the neighbor table knows, whose clock stands
 * still until it is moved. Device 1 is 192.168.88.11 with a MAC address that ends in 01. For one
 * thread.
 */
final class FakeHousehold {
  final SettableTime time = new SettableTime();
  final FakeSession session =
      new FakeSession()
          .with("interface/list/member", "[{'list':'WAN','interface':'ether1'}]")
          .with(
              "ip/address",
              "[{'address':'203.0.113.5/24','interface':'ether1'},"
                  + "{'address':'192.168.88.1/24','interface':'bridge'}]");
  final Router router = new Router(session, time, true);
  private long lineBytes;

  FakeHousehold(int devices) {
    StringBuilder arp = new StringBuilder("[");
    for (int device = 1; device <= devices; device++) {
      arp.append(device > 1 ? "," : "")
          .append(
              String.format(
                  Locale.ROOT,
                  "{'address':'192.168.88.%d','mac-address':'00:00:5E:00:53:%02X','interface':'bridge','status':'reachable'}",
                  10 + device,
                  device));
    }
    session.with("ip/arp", arp.append("]").toString());
    pass(Duration.ZERO, 0);
  }

  static DeviceKey device(int number) {
    return new DeviceKey.ByMac(
        MacAddress.of(String.format(Locale.ROOT, "00:00:5e:00:53:%02x", number)));
  }

  /** Lets time pass, in which the line receives so many bytes. */
  void pass(Duration by, long downloaded) {
    time.advance(by);
    lineBytes += downloaded;
    long up = 86_400 + Duration.between(SettableTime.START, time.instant()).toSeconds();
    session.with(
        "system/resource", "{'uptime':'" + up + "s','version':'7.16.2','board-name':'hAP'}");
    session.with(
        "interface",
        ("[{'name':'ether1','type':'ether','running':'true','rx-byte':'%d','tx-byte':'0'},"
                + "{'name':'bridge','type':'bridge','running':'true','rx-byte':'0','tx-byte':'0'}]")
            .formatted(lineBytes));
  }

  /** Returns what the answer says; fails when there is none. */
  static BandwidthReading reading(Poll<BandwidthReading> poll) {
    if (poll instanceof Poll.Ok<BandwidthReading>(BandwidthReading value)) {
      return value;
    }
    throw new AssertionError(poll.toString());
  }

  /** Returns the bytes that a reading tells of a device's download, of whatever kind. */
  static long downloadOf(int device, BandwidthReading reading) {
    return switch (Objects.requireNonNull(reading.devices().get(device(device)))) {
      case Usage.Totals totals -> totals.downloadBytes();
      case Usage.Delta delta -> delta.downloadBytes();
      case Usage.Rates rates -> throw new AssertionError(rates.toString());
    };
  }
}
