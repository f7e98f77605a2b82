package dev.mhs.server.live;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Snapshots of a household in which every device moves something else in each. */
public final class Snapshots {
  private static final int DEVICES = 200;

  private Snapshots() {}

  /** Returns the one with a number. */
  public static Snapshot of(long seq) {
    Instant now = Instant.ofEpochSecond(1_790_000_000 + 2 * seq);
    return new Snapshot(
        seq,
        now,
        Map.of(),
        now,
        null,
        null,
        null,
        IntStream.range(0, DEVICES).mapToObj(number -> device(number, seq, now)).toList(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static DeviceState device(int number, long seq, Instant now) {
    MacAddress mac = new MacAddress(0x00005E005300L + number);
    return new DeviceState(
        new Device(
            new DeviceKey.ByMac(mac),
            mac,
            List.of(IpLiteral.of("192.0.2." + number)),
            Map.of(),
            Presence.ONLINE,
            Instant.EPOCH,
            now,
            List.of()),
        new Throughput(seq * 1000 + number, seq, now, Duration.ofSeconds(2)),
        "test",
        null);
  }
}
