package dev.mhs.core.session;

import dev.mhs.api.Snapshot;

/** Hears what becomes of sessions. */
@FunctionalInterface
public interface SessionListener {
  /**
   * A session was opened, closed or corrected. Called on the publishing thread, in the order in
   * which it was concluded, before the snapshot is pushed; must not block.
   *
   * @param change what happened
   * @param snapshot the state in which it was noticed
   */
  void changed(SessionChange change, Snapshot snapshot);
}
