package dev.mhs.tck;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Port;
import dev.mhs.api.Sighting;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.SourceContext;
import dev.mhs.core.spi.TimeSource;
import java.util.List;
import java.util.Map;

/** A household in which every contract can be kept. */
final class Environment {
  static final MacAddress MAC = MacAddress.of("02:00:00:00:00:01");
  static final DeviceKey KEY = new DeviceKey.ByMac(MAC);

  private Environment() {}

  static FakeSource source(SourceContext context) {
    TimeSource time = context.time();
    FakeSource fake = FakeSource.of(time);
    fake.onDevices()
        .answersWith(
            () ->
                List.of(
                    Sighting.of(MAC)
                        .evidence(new Evidence(Evidence.Kind.ANSWERED, time.instant()))
                        .build()));
    fake.onBandwidth()
        .answersWith(
            () ->
                new BandwidthReading(
                    time.moment(),
                    "fake",
                    Map.of(KEY, totals(fake.onBandwidth().calls())),
                    null,
                    null));
    fake.onPorts().answersWith(() -> List.of(box(time, "ether1", "ether2")));
    return fake;
  }

  static Usage totals(long bytes) {
    return new Usage.Totals(bytes, bytes, CounterWidth.BITS_64, 0);
  }

  static Box box(TimeSource time, String... ports) {
    return new Box(
        "box",
        "box",
        null,
        Box.Role.SWITCH,
        time.moment(),
        List.of(ports).stream()
            .map(name -> new Port(name, "ether", Port.Link.UP, null, null, null, false, null))
            .toList());
  }

  static Limit limit() {
    return new Limit(
        KEY, List.of(IpLiteral.of("192.168.88.2")), BitRate.ofMegabits(30), BitRate.ofMegabits(10));
  }

  /** Somebody else's, for the same device. */
  static LimitInForce foreignLimit() {
    Limit limit = limit();
    return new LimitInForce(
        new Limit(limit.device(), limit.addresses(), BitRate.ofMegabits(50), null),
        true,
        null,
        false);
  }
}
