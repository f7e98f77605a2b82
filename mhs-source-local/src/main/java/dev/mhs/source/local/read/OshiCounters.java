package dev.mhs.source.local.read;

import dev.mhs.api.BitRate;
import dev.mhs.api.Port.Link;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.NetworkIF;
import oshi.util.GlobalConfig;

/**
 * Reads counters through OSHI. Its objects are kept and only updated; they are made anew when the
 * interfaces of the machine changed, because making them costs several times as much. OSHI lists
 * only interfaces that have an address; the others (members of a bridge, sockets without a cable)
 * are read by the reader that stands behind. So are all, where OSHI cannot work: its native library
 * needs a folder for temporary files from which programs may run.
 */
public final class OshiCounters implements CounterReader {
  private final Supplier<Set<String>> present;
  private final CounterReader others;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, NetworkIF> known = new HashMap<>(); // guarded by lock
  private Set<String> listed = Set.of(); // guarded by lock
  private volatile @Nullable String trouble;

  /**
   * Makes a reader.
   *
   * @param present tells the names of the interfaces that there are, cheaply
   * @param others reads those that OSHI does not list
   */
  public OshiCounters(Supplier<Set<String>> present, CounterReader others) {
    this.present = present;
    this.others = others;
  }

  @Override
  public Map<String, InterfaceCounters> read(Set<String> names) {
    Map<String, InterfaceCounters> found = new LinkedHashMap<>();
    Set<String> missing = new LinkedHashSet<>(names);
    lock.lock();
    try {
      enumerateWhenChanged();
      for (String name : names) {
        NetworkIF one = known.get(name);
        if (one != null && one.updateAttributes()) {
          found.put(name, counters(one));
          missing.remove(name);
        }
      }
    } finally {
      lock.unlock();
    }
    found.putAll(others.read(missing));
    return found;
  }

  private void enumerateWhenChanged() {
    Set<String> now = present.get();
    if (now.equals(listed)) {
      return;
    }
    known.clear();
    listed = now;
    try {
      // The description that udev would add is not shown, and loading libudev costs memory.
      GlobalConfig.set(GlobalConfig.OSHI_OS_LINUX_ALLOWUDEV, false);
      for (NetworkIF each : new SystemInfo().getHardware().getNetworkIFs(true)) {
        known.put(each.getName(), each);
      }
      trouble = null;
    } catch (LinkageError cannotLoad) {
      trouble = String.valueOf(cannotLoad.getMessage());
    }
  }

  /**
   * Tells why OSHI cannot work here.
   *
   * @return why, or null when it works or was not needed yet
   */
  public @Nullable String trouble() {
    return trouble;
  }

  private static InterfaceCounters counters(NetworkIF from) {
    return new InterfaceCounters(
        from.getBytesRecv(),
        from.getBytesSent(),
        from.getInErrors(),
        from.getOutErrors(),
        from.getSpeed() > 0 ? new BitRate(from.getSpeed()) : null,
        switch (from.getIfOperStatus()) {
          case UP -> Link.UP;
          case DOWN, LOWER_LAYER_DOWN, NOT_PRESENT, DORMANT -> Link.DOWN;
          case UNKNOWN, TESTING -> Link.UNKNOWN;
        });
  }
}
