package dev.mhs.core.engine;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import dev.mhs.core.rate.Attribution;
import dev.mhs.core.rate.RateMeter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one source measured about everybody's traffic. A value: {@link #next} makes the next one.
 *
 * @param meter the counters and what they yielded
 * @param attribution how much of the line belongs to devices
 * @param method how it is measured
 */
record Traffic(RateMeter<Party> meter, Attribution attribution, String method) {
  static final Traffic NONE = new Traffic(RateMeter.fresh(), Attribution.NONE, "");

  private static final Party LINE = new Party.Line();
  private static final Party OWN = new Party.Own();

  /** Returns the traffic after one more reading; {@code fastest} is the fastest link of the box. */
  Traffic next(BandwidthReading reading, BitRate fastest) {
    Map<Party, Usage> usages = new HashMap<>();
    reading.devices().forEach((key, usage) -> usages.put(new Party.OfDevice(key), usage));
    if (reading.wan() != null) {
      usages.put(LINE, reading.wan());
    }
    if (reading.own() != null) {
      usages.put(OWN, reading.own());
    }
    RateMeter<Party> measured = meter.next(reading.at(), usages, party -> fastest);
    if (measured.equals(meter)) {
      return this;
    }
    Traffic next = new Traffic(measured, attribution, reading.method());
    return new Traffic(
        measured,
        attribution.next(reading.at(), next.devices().values(), next.line()),
        reading.method());
  }

  /** Returns what each device moved, by the key that the source uses. */
  Map<DeviceKey, Throughput> devices() {
    Map<DeviceKey, Throughput> devices = new HashMap<>();
    meter
        .throughput()
        .forEach(
            (party, moved) -> {
              if (party instanceof Party.OfDevice(DeviceKey key)) {
                devices.put(key, moved);
              }
            });
    return devices;
  }

  /** Returns what the household's line moved, or null. */
  @Nullable Throughput line() {
    return meter.throughput().get(LINE);
  }

  /** Returns what the router or host itself moved, or null. */
  @Nullable Throughput own() {
    return meter.throughput().get(OWN);
  }
}
