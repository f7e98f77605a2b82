package dev.mhs.core.engine;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.PortRates;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import dev.mhs.core.rate.RateMeter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ports of all boxes of one source move. A value: {@link #next} makes the next one.
 *
 * @param boxes the boxes as they were last read
 * @param meters the counters of each box, by its id
 */
record PortMeter(List<Box> boxes, Map<String, RateMeter<String>> meters) {
  static final PortMeter NONE = new PortMeter(List.of(), Map.of());

  /** More than any link that a household has; holds where a port's own speed is not known. */
  static final BitRate FASTEST = BitRate.ofMegabits(100_000);

  PortMeter next(List<Box> read) {
    Map<String, RateMeter<String>> next = new HashMap<>();
    for (Box box : read) {
      RateMeter<String> meter = meters.getOrDefault(box.id(), RateMeter.fresh());
      Map<String, BitRate> speeds = new HashMap<>();
      Map<String, Usage> usages = new HashMap<>();
      for (Port port : box.ports()) {
        speeds.put(port.name(), port.linkSpeed() == null ? FASTEST : port.linkSpeed());
        if (port.counters() != null) {
          usages.put(port.name(), asIfWan(port.counters()));
        }
      }
      next.put(box.id(), meter.next(box.at(), usages, name -> speeds.getOrDefault(name, FASTEST)));
    }
    return new PortMeter(List.copyOf(read), Map.copyOf(next));
  }

  /** Returns when a box was last read. */
  @Nullable Moment readAt(Box box) {
    RateMeter<String> meter = meters.get(box.id());
    return meter == null ? null : meter.at();
  }

  /** Returns over how long the last rates of a box were measured; zero when there are none. */
  Duration measuredOver(Box box) {
    RateMeter<String> meter = meters.get(box.id());
    return meter == null
        ? Duration.ZERO
        : meter.throughput().values().stream()
            .map(Throughput::over)
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
  }

  /** Returns the rates of a box by port name. */
  Map<String, PortRates> rates(Box box) {
    Map<String, PortRates> rates = new HashMap<>();
    RateMeter<String> meter = meters.get(box.id());
    if (meter != null) {
      meter.throughput().forEach((name, moved) -> rates.put(name, fromWan(moved)));
    }
    return rates;
  }

  /**
   * Returns the fastest link of all boxes; {@link #FASTEST} as soon as one that runs is unknown.
   */
  BitRate fastest() {
    BitRate fastest = BitRate.ZERO;
    for (Box box : boxes) {
      for (Port port : box.ports()) {
        if (port.linkSpeed() == null && port.link() != Port.Link.DOWN) {
          return FASTEST;
        }
        if (port.linkSpeed() != null && port.linkSpeed().compareTo(fastest) > 0) {
          fastest = port.linkSpeed();
        }
      }
    }
    return fastest.equals(BitRate.ZERO) ? FASTEST : fastest;
  }

  /** What a port receives is counted as if it were the WAN's: rx as download, tx as upload. */
  private static Usage asIfWan(Port.Counters counters) {
    return new Usage.Totals(
        counters.rxBytes(), counters.txBytes(), counters.width(), counters.epoch());
  }

  /** And back: the inverse of {@link #asIfWan}. */
  private static PortRates fromWan(Throughput moved) {
    return new PortRates(moved.download(), moved.upload());
  }
}
