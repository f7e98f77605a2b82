package dev.mhs.bench.household;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A made-up household with a router of ten ports: what it shows follows from its size and from how
 * long it has been there. Immutable.
 */
final class Household {
  private static final int PORTS = 10;
  private static final long EPOCH = 1;
  private static final long OWN_BYTES_PER_SECOND = 2_000;

  private final List<Member> members;

  Household(int devices) {
    members = IntStream.range(0, devices).mapToObj(Member::of).toList();
  }

  List<Sighting> sightings(Instant now) {
    return members.stream().map(member -> member.sighting(now)).toList();
  }

  /** Returns the counters after the household has been there for a time. */
  BandwidthReading reading(Moment now, Duration age) {
    Map<DeviceKey, Usage> usages = new HashMap<>();
    long all = 0;
    for (Member member : members) {
      usages.put(new DeviceKey.ByMac(member.mac()), totals(member.bytesPerSecond(), age));
      all += member.bytesPerSecond();
    }
    Usage own = totals(OWN_BYTES_PER_SECOND, age);
    return new BandwidthReading(
        now, "made-up", usages, totals(all + OWN_BYTES_PER_SECOND, age), own);
  }

  /** Returns the router, with the counters of its ports after a time; the first port is the WAN. */
  Box router(Moment now, Duration age) {
    List<Port> ports = new ArrayList<>();
    for (int number = 1; number <= PORTS; number++) {
      ports.add(port(number, age));
    }
    return new Box("household", "household", "made up", Box.Role.ROUTER, now, ports);
  }

  private static Port port(int number, Duration age) {
    long bytes = moved(10_000L * number, age);
    return new Port(
        "ether" + number,
        "ether",
        number < PORTS ? Port.Link.UP : Port.Link.DOWN,
        BitRate.ofMegabits(1000),
        new MacAddress(0x48_A9_8A_FF_00_00L + number),
        number == 1 ? "WAN" : null,
        number == 1,
        new Port.Counters(bytes, bytes / 2, CounterWidth.BITS_64, EPOCH, 0L, 0L));
  }

  private static Usage totals(long bytesPerSecond, Duration age) {
    long downloaded = moved(bytesPerSecond, age);
    return new Usage.Totals(downloaded, downloaded / 12, CounterWidth.BITS_64, EPOCH);
  }

  private static long moved(long bytesPerSecond, Duration age) {
    return bytesPerSecond * age.toMillis() / 1000;
  }
}
