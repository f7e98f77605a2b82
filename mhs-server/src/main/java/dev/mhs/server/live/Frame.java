package dev.mhs.server.live;

import dev.mhs.api.Snapshot;
import dev.mhs.server.wire.SnapshotJson;
import dev.mhs.server.wire.UpdateFields;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot as it goes over the wire: whole, or as what changed since the one before. Each is
 * written at most once, and only when somebody asks. Thread-safe.
 */
public final class Frame {
  private final Snapshot snapshot;
  private final SnapshotJson json;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Frame before; // guarded by lock: until the delta is written
  private @Nullable Message whole; // guarded by lock
  private @Nullable Message delta; // guarded by lock
  private @Nullable UpdateFields fields; // guarded by lock

  /**
   * Makes a frame.
   *
   * @param before the frame of the snapshot before, or null when nobody has seen that
   */
  Frame(Snapshot snapshot, SnapshotJson json, @Nullable Frame before) {
    this.snapshot = snapshot;
    this.json = json;
    this.before = before;
  }

  /** Returns the number of the snapshot. */
  public long seq() {
    return snapshot.seq();
  }

  /** Returns the {@code update} message in UTF-8; not to be changed. */
  public byte[] bytes() {
    return whole().utf8();
  }

  /** Returns the {@code update} message as gzip (RFC 1952); not to be changed. */
  public byte[] zipped() {
    return whole().zipped();
  }

  Message whole() {
    lock.lock();
    try {
      if (whole == null) {
        whole = new Message(json.update(snapshot));
      }
      return whole;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the message that leads here from the snapshot before, or null when there is none: then
   * a whole update is to be sent.
   */
  @Nullable Message delta() {
    lock.lock();
    try {
      if (before != null) {
        delta = fields().since(before.fields()).map(Message::new).orElse(null);
        before = null; // or all that ever was would be kept
      }
      return delta;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets go of the frame before, when the next one comes: nobody wants a delta to here any more.
   */
  void settle() {
    lock.lock();
    try {
      before = null;
    } finally {
      lock.unlock();
    }
  }

  private UpdateFields fields() {
    lock.lock();
    try {
      if (fields == null) {
        fields = json.note(snapshot);
      }
      return fields;
    } finally {
      lock.unlock();
    }
  }
}
