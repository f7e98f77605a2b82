package dev.mhs.core.people;

import dev.mhs.api.DeviceKey;
import dev.mhs.core.journal.Watch;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For which devices people want to be told when they go. Thread-safe. */
public final class Watches {
  /** So many devices may be decided about. */
  public static final int MOST = 4096;

  private final Decisions<Watch> decisions = new Decisions<>(MOST, Watch::device, Watch::of);
  private final boolean otherwise;

  /**
   * Makes one without decisions.
   *
   * @param otherwise whether devices that nobody decides about are watched
   */
  public Watches(boolean otherwise) {
    this.otherwise = otherwise;
  }

  /**
   * Tells whether a device is watched.
   *
   * @param device the device
   * @return whether it is
   */
  public boolean isWatched(DeviceKey device) {
    Watch decided = decisions.of(device);
    return decided == null ? otherwise : decided.wanted();
  }

  /**
   * Tells whether devices that nobody decides about are watched.
   *
   * @return whether they are
   */
  public boolean otherwise() {
    return otherwise;
  }

  /**
   * Returns what was decided about a device.
   *
   * @param device the device
   * @return the decision, or null when there is none
   */
  public @Nullable Watch of(DeviceKey device) {
    return decisions.of(device);
  }

  /**
   * Decides about a device.
   *
   * @param watch what is decided
   * @return whether there was room for one more
   */
  public boolean decide(Watch watch) {
    return decisions.put(watch);
  }

  /**
   * Returns all decisions.
   *
   * @return the decisions in no order
   */
  public List<Watch> all() {
    return decisions.all();
  }

  /**
   * Takes over what earlier runs have left; what was decided since stands.
   *
   * @param earlier the decisions
   */
  public void read(Collection<Watch> earlier) {
    decisions.read(earlier);
  }

  /**
   * Decides the same about the same device under the key by which it is known now.
   *
   * @param before the old key
   * @param now the new key
   * @return the decision under its new key, or null when there is none or another one already
   */
  public @Nullable Watch rename(DeviceKey before, DeviceKey now) {
    return decisions.rename(before, now);
  }
}
