package dev.mhs.server.live;

import dev.mhs.api.Snapshot;
import dev.mhs.server.wire.SnapshotJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot as it goes over the wire: encoded at most once, and only when somebody asks.
 * Thread-safe.
 */
public final class LatestState {
  private final Supplier<Snapshot> latest;
  private final SnapshotJson json;
  private volatile @Nullable Encoded encoded;

  /**
   * A snapshot and its message.
   *
   * @param snapshot the snapshot
   * @param bytes the message in UTF-8; not to be changed
   * @param pieces the same as texts, to be sent one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // shared by all clients instead of copied for each
  public record Encoded(Snapshot snapshot, byte[] bytes, List<String> pieces) {}

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

  /** Returns the newest message. */
  public Encoded get() {
    return of(latest.get());
  }

  /** Returns the message of a snapshot. */
  Encoded of(Snapshot snapshot) {
    Encoded known = encoded;
    if (known != null && known.snapshot().seq() >= snapshot.seq()) {
      return known;
    }
    byte[] bytes = json.update(snapshot);
    Encoded made =
        new Encoded(snapshot, bytes, Pieces.of(new String(bytes, StandardCharsets.UTF_8)));
    encoded = made;
    return made;
  }
}
