package dev.mhs.server.live;

import org.jspecify.annotations.Nullable;

/**
 * What one client is to get next. At most one message waits: a delta that was not taken before the
 * next came is never made up for, the newest whole update is sent instead. Not thread-safe.
 */
final class Turn {
  private final boolean deltas;
  private boolean wholeDue;
  private @Nullable Frame step; // its delta is to be sent
  private long sent = -1; // the snapshot that the client knows, or will when the write is done
  private boolean taking; // a whole update is being fetched
  private @Nullable Frame meanwhile; // what came while it was

  Turn(boolean deltas) {
    this.deltas = deltas;
  }

  /** Tells whether something waits. */
  boolean isDue() {
    return wholeDue || step != null;
  }

  /** Wants the newest state, whole. */
  void wantWhole() {
    wholeDue = true;
    step = null;
  }

  /** Notes that what the client knows is of no use: whatever comes next must be whole. */
  void lose() {
    sent = -1;
    step = null;
  }

  /** Hears of the next frame. */
  void offer(Frame frame) {
    if (taking) {
      meanwhile = frame;
    } else if (frame.seq() > sent && !wholeDue) {
      boolean follows = deltas && step == null && frame.seq() == sent + 1;
      step = follows && frame.delta() != null ? frame : null;
      wholeDue = step == null;
    }
  }

  /** Takes what waits: a frame whose delta is to be sent, or null for the newest whole one. */
  @Nullable Frame take() {
    Frame taken = step;
    step = null;
    wholeDue = false;
    if (taken == null) {
      taking = true;
    } else {
      sent = taken.seq();
    }
    return taken;
  }

  /** Notes which frame was fetched. */
  void fetched(Frame whole) {
    taking = false;
    sent = whole.seq();
    Frame came = meanwhile;
    meanwhile = null;
    if (came != null) {
      offer(came);
    }
  }
}
