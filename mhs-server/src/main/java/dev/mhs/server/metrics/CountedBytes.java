package dev.mhs.server.metrics;

import dev.mhs.api.BitRate;
import dev.mhs.api.Box;
import dev.mhs.api.BoxState;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Snapshot;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import dev.mhs.core.engine.TrafficListener;
import dev.mhs.core.rate.RateMeter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what devices, the line and ports move. Devices and boxes that are not known any more are
 * forgotten, so that it does not grow for ever. Thread-safe; nothing here waits for long.
 */
public final class CountedBytes implements TrafficListener {
  private static final BitRate FASTEST = BitRate.ofMegabits(100_000);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<DeviceKey, Bytes> devices = new HashMap<>(); // guarded by lock
  private final Map<String, Ports> boxes = new HashMap<>(); // guarded by lock: by id
  private @Nullable Bytes line; // guarded by lock: null until it was measured

  /** The ports of one box: what was read last, and the sums by name. */
  private static final class Ports {
    private RateMeter<String> meter = RateMeter.fresh();
    private final Map<String, Bytes> sums = new HashMap<>();

    /** A port's rx is counted as download; nothing here is told from a device's viewpoint. */
    void read(Box box) {
      Moment last = meter.at();
      if (last != null && box.at().nanos() <= last.nanos()) {
        return;
      }
      Map<String, Usage> usages = new HashMap<>();
      Map<String, BitRate> speeds = new HashMap<>();
      for (Port port : box.ports()) {
        Port.Counters counters = port.counters();
        if (counters != null) {
          sums.putIfAbsent(port.name(), Bytes.NONE);
          speeds.put(port.name(), port.linkSpeed() == null ? FASTEST : port.linkSpeed());
          usages.put(
              port.name(),
              new Usage.Totals(
                  counters.rxBytes(), counters.txBytes(), counters.width(), counters.epoch()));
        }
      }
      Map<String, Throughput> before = meter.throughput();
      meter = meter.next(box.at(), usages, name -> speeds.getOrDefault(name, FASTEST));
      meter
          .throughput()
          .forEach(
              (name, moved) -> {
                if (!moved.equals(before.get(name))) {
                  sums.merge(name, Bytes.NONE.plus(moved), (sum, more) -> sum.plus(moved));
                }
              });
      sums.keySet().retainAll(names(box));
    }

    private static Set<String> names(Box box) {
      Set<String> names = new HashSet<>();
      box.ports().forEach(port -> names.add(port.name()));
      return names;
    }
  }

  @Override
  public void moved(Map<DeviceKey, Throughput> moved, @Nullable Throughput lineMoved) {
    lock.lock();
    try {
      moved.forEach(
          (key, some) -> devices.merge(key, Bytes.NONE.plus(some), (sum, more) -> sum.plus(some)));
      if (lineMoved != null) {
        line = (line == null ? Bytes.NONE : line).plus(lineMoved);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes over the counters of ports, and forgets what is not there any more. */
  public void published(Snapshot snapshot) {
    Set<DeviceKey> keys = new HashSet<>();
    snapshot.devices().forEach(state -> keys.add(state.device().key()));
    Set<String> ids = new HashSet<>();
    lock.lock();
    try {
      for (BoxState state : snapshot.boxes()) {
        ids.add(state.box().id());
        boxes.computeIfAbsent(state.box().id(), fresh -> new Ports()).read(state.box());
      }
      boxes.keySet().retainAll(ids);
      devices.keySet().retainAll(keys);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what a device moved, or null when that was never measured. */
  @Nullable Bytes device(DeviceKey key) {
    lock.lock();
    try {
      return devices.get(key);
    } finally {
      lock.unlock();
    }
  }

  /** Returns what the line moved, or null when that was never measured. */
  @Nullable Bytes line() {
    lock.lock();
    try {
      return line;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what a port moved, or null when that was never measured. */
  @Nullable Bytes port(String box, String port) {
    lock.lock();
    try {
      Ports ports = boxes.get(box);
      return ports == null ? null : ports.sums.get(port);
    } finally {
      lock.unlock();
    }
  }
}
