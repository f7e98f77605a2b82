package dev.mhs.core.maker;

import dev.mhs.api.DeviceField;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the makers of the addresses that are asked for, and looks up new ones in the
 * background. Nobody waits for a maker. Any thread.
 */
public final class Makers {
  /** How many addresses are remembered at most; those that were not asked for longest go first. */
  static final int MOST = 4096;

  private final Executor background;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<MacAddress, Optional<String>> known = // guarded by lock, as all below
      new LinkedHashMap<>(64, 0.75f, true);
  private final Set<MacAddress> wanted = new HashSet<>();
  private boolean looking;

  /**
   * Makes an empty memory.
   *
   * @param background looks up; may refuse once it is shut down
   */
  public Makers(Executor background) {
    this.background = background;
  }

  /**
   * Returns who made the interface with an address. Never blocks.
   *
   * @param mac the address
   * @return the maker, or null when the address is made up by its device, is not registered, or was
   *     not looked up yet
   */
  public @Nullable String of(MacAddress mac) {
    if (mac.isRandomized()) {
      return null;
    }
    lock.lock();
    try {
      Optional<String> maker = known.get(mac);
      if (maker != null) {
        return maker.orElse(null);
      }
      if (wanted.size() < MOST && wanted.add(mac) && !looking) {
        looking = true;
        background.execute(this::look);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Names the makers of devices whose source does not.
   *
   * @param said what a source says
   * @return the same, with the makers that are known by now
   */
  public List<Sighting> named(List<Sighting> said) {
    return said.stream().map(this::named).toList();
  }

  private Sighting named(Sighting said) {
    MacAddress mac = said.mac();
    String maker = mac == null || said.fields().containsKey(DeviceField.VENDOR) ? null : of(mac);
    if (maker == null) {
      return said;
    }
    Map<DeviceField, String> fields = new EnumMap<>(DeviceField.class);
    fields.putAll(said.fields());
    fields.put(DeviceField.VENDOR, maker);
    return new Sighting(mac, said.addresses(), fields, said.evidence());
  }

  private void look() {
    for (Set<MacAddress> batch = take(); !batch.isEmpty(); batch = take()) {
      keep(batch, MakerList.lookUp(batch));
    }
  }

  private Set<MacAddress> take() {
    lock.lock();
    try {
      Set<MacAddress> batch = Set.copyOf(wanted);
      looking = !batch.isEmpty();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void keep(Set<MacAddress> batch, Map<MacAddress, String> found) {
    lock.lock();
    try {
      wanted.removeAll(batch);
      batch.forEach(mac -> known.put(mac, Optional.ofNullable(found.get(mac))));
      var eldest = known.entrySet().iterator();
      for (int over = known.size() - MOST; over > 0; over--) {
        eldest.next();
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }
}
