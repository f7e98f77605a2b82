package dev.mhs.core.people;

import dev.mhs.api.DeviceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One decision for each device, for a bounded number of devices. Thread-safe; reading takes no
 * lock.
 *
 * @param <D> the decision
 */
final class Decisions<D> {
  private final int most;
  private final Function<D, DeviceKey> device;
  private final BiFunction<D, DeviceKey, D> rekeyed;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<DeviceKey> decided = new HashSet<>(); // by lock; in this run, undone or not
  private boolean isRead; // by lock
  private volatile Map<DeviceKey, D> byDevice = Map.of(); // written by lock

  Decisions(int most, Function<D, DeviceKey> device, BiFunction<D, DeviceKey, D> rekeyed) {
    this.most = most;
    this.device = device;
    this.rekeyed = rekeyed;
  }

  boolean put(D decision) {
    lock.lock();
    try {
      Map<DeviceKey, D> next = new HashMap<>(byDevice);
      next.put(device.apply(decision), decision);
      if (next.size() > most) {
        return false;
      }
      note(device.apply(decision));
      byDevice = Map.copyOf(next);
      return true;
    } finally {
      lock.unlock();
    }
  }

  void remove(DeviceKey key) {
    lock.lock();
    try {
      Map<DeviceKey, D> next = new HashMap<>(byDevice);
      next.remove(key);
      note(key);
      byDevice = Map.copyOf(next);
    } finally {
      lock.unlock();
    }
  }

  @Nullable D of(DeviceKey key) {
    return byDevice.get(key);
  }

  List<D> all() {
    return List.copyOf(byDevice.values());
  }

  void read(Collection<D> earlier) {
    lock.lock();
    try {
      Map<DeviceKey, D> next = new HashMap<>(byDevice);
      for (D one : earlier) {
        if (!decided.contains(device.apply(one))) {
          next.putIfAbsent(device.apply(one), one);
        }
      }
      isRead = true;
      decided.clear();
      byDevice = Map.copyOf(next);
    } finally {
      lock.unlock();
    }
  }

  @Nullable D rename(DeviceKey before, DeviceKey now) {
    lock.lock();
    try {
      D decision = byDevice.get(before);
      if (decision == null || byDevice.containsKey(now)) {
        return null;
      }
      D renamed = rekeyed.apply(decision, now);
      Map<DeviceKey, D> next = new HashMap<>(byDevice);
      next.remove(before);
      next.put(now, renamed);
      note(before);
      note(now);
      byDevice = Map.copyOf(next);
      return renamed;
    } finally {
      lock.unlock();
    }
  }

  /** What was decided before the earlier ones could be read must not be undone by them. */
  private void note(DeviceKey key) {
    if (!isRead && decided.size() < most) {
      decided.add(key);
    }
  }
}
