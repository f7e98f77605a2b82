package dev.mhs.server;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.Capability;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceField;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.tck.FakeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source that tells of a household of so many devices. Each downloads at one steady rate, and
 * uploads at a tenth of it.
 */
final class Household {
  static final Cadence QUICK =
      new Cadence(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(2));

  private final TimeSource time;
  private final int devices;
  private final long start;
  private final AtomicLong rate = new AtomicLong(8_000_000);

  Household(TimeSource time, int devices) {
    this.time = time;
    this.devices = devices;
    this.start = time.nanos();
  }

  /** Sets what each device downloads, in bits per second, from the beginning on. */
  void rate(long bitsPerSecond) {
    rate.set(bitsPerSecond);
  }

  FakeSource source() {
    FakeSource source =
        FakeSource.of(time, Capability.DEVICES, Capability.BANDWIDTH, Capability.PORTS)
            .cadence(QUICK);
    source.onDevices().answersWith(this::sightings);
    source.onBandwidth().answersWith(this::reading);
    source.onPorts().answersWith(this::boxes);
    return source;
  }

  static MacAddress mac(int index) {
    return new MacAddress(0x00005E005300L + index); // documentation range: RFC 7042 §2.1.1
  }

  private List<Sighting> sightings() {
    List<Sighting> sightings = new ArrayList<>();
    for (int i = 1; i <= devices; i++) {
      sightings.add(
          Sighting.of(mac(i))
              .address(IpLiteral.of("192.0.2." + i))
              .address(IpLiteral.of("2001:db8::" + i))
              .field(DeviceField.HOSTNAME, i == 1 ? "<img src=x onerror=alert(1)>" : "device-" + i)
              .field(DeviceField.SCAN_METHOD, "fake")
              .evidence(new Evidence(Evidence.Kind.ANSWERED, time.instant()))
              .build());
    }
    return sightings;
  }

  private BandwidthReading reading() {
    Moment now = time.moment();
    long down = bytes(now);
    Map<DeviceKey, Usage> usages = new HashMap<>();
    for (int i = 1; i <= devices; i++) {
      usages.put(
          new DeviceKey.ByMac(mac(i)),
          new Usage.Totals(down, down / 10, CounterWidth.BITS_64, rate.get()));
    }
    Usage line =
        new Usage.Totals(down * devices, down / 10 * devices, CounterWidth.BITS_64, rate.get());
    return new BandwidthReading(now, "counted", usages, line, null);
  }

  private List<Box> boxes() {
    Moment now = time.moment();
    long bytes = bytes(now);
    Port wan =
        new Port(
            "ether1",
            "ether",
            Port.Link.UP,
            BitRate.ofMegabits(1000),
            mac(200),
            "to the provider",
            true,
            new Port.Counters(bytes, bytes / 10, CounterWidth.BITS_64, rate.get(), 0L, 0L));
    Port empty = new Port("sfp1", "sfp", Port.Link.DOWN, null, null, null, false, null);
    return List.of(new Box("box", "box", "RB5009", Box.Role.ROUTER, now, List.of(wan, empty)));
  }

  private long bytes(Moment now) {
    return new BitRate(rate.get()).bytesIn(Duration.ofNanos(now.nanos() - start));
  }
}
