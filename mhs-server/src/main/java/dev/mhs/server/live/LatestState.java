package dev.mhs.server.live;

import dev.mhs.api.Snapshot;
import dev.mhs.server.wire.SnapshotJson;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The frame of the newest snapshot. Thread-safe. */
public final class LatestState {
  private final Supplier<Snapshot> latest;
  private final SnapshotJson json;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Frame newest; // set under lock

  /**
   * Makes the state.
   *
   * @param latest where the newest snapshot is
   * @param json how it is written
   */
  public LatestState(Supplier<Snapshot> latest, SnapshotJson json) {
    this.latest = latest;
    this.json = json;
  }

  /** Returns the newest frame. */
  public Frame get() {
    return of(latest.get());
  }

  /** Returns the frame of a snapshot, or a newer one. */
  Frame of(Snapshot snapshot) {
    Frame known = newest;
    return known != null && known.seq() >= snapshot.seq() ? known : next(snapshot);
  }

  private Frame next(Snapshot snapshot) {
    lock.lock();
    try {
      Frame known = newest;
      if (known != null && known.seq() >= snapshot.seq()) {
        return known;
      }
      if (known != null) {
        known.settle();
      }
      boolean follows = known != null && known.seq() == snapshot.seq() - 1;
      Frame next = new Frame(snapshot, json, follows ? known : null);
      newest = next;
      return next;
    } finally {
      lock.unlock();
    }
  }
}
