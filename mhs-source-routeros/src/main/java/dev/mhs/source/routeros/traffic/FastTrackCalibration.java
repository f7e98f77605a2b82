package dev.mhs.source.routeros.traffic;

/**
 * Finds out whether a router's byte counters include the bytes of the fast path. Neither MikroTik's
 * manual nor its published kernel sources tell, and programs in the field assume either; so the
 * counters themselves are asked. For one thread.
 */
public final class FastTrackCalibration {
  /** What was found out. */
  public enum Verdict {
    /** Not yet anything. */
    UNKNOWN,
    /** {@code bytes} counts everything. */
    INCLUSIVE,
    /** {@code bytes} and {@code fasttrack-bytes} are to be added up. */
    EXCLUSIVE
  }

  private static final long ENOUGH_BYTES = 1_000_000;
  private static final int ENOUGH_ROWS = 5;

  /** The two counters of a row are not read at one instant: what differs by less says nothing. */
  private static final long SLACK_BYTES = 65_536;

  private Verdict verdict;
  private int inclusiveRows;
  private boolean sawFastTrack;

  /**
   * Begins.
   *
   * @param known what was found out about this router and version before
   */
  public FastTrackCalibration(Verdict known) {
    this.verdict = known;
  }

  /**
   * Returns what was found out.
   *
   * @return the verdict
   */
  public Verdict verdict() {
    return verdict;
  }

  /**
   * Tells whether the fast path's bytes are to be added. Until it is found out they are not: where
   * they should be, the first fast connection proves it.
   *
   * @return whether to add them
   */
  public boolean addsFast() {
    return verdict == Verdict.EXCLUSIVE;
  }

  /**
   * Tells whether what is shown now may yet turn out wrong.
   *
   * @return whether there are bytes on the fast path and no verdict
   */
  public boolean isOpen() {
    return verdict == Verdict.UNKNOWN && sawFastTrack;
  }

  /** Looks at the counters of a connection; {@link Counters#ZERO} stands before a new one. */
  void observe(Counters before, Counters now) {
    sawFastTrack |= now.origFast() > 0 || now.replFast() > 0;
    observe(now.orig(), now.origFast(), before.orig(), before.origFast());
    observe(now.repl(), now.replFast(), before.repl(), before.replFast());
  }

  private void observe(long bytes, long fast, long bytesBefore, long fastBefore) {
    if (fast > bytes + bytes / 50 + SLACK_BYTES) {
      verdict = Verdict.EXCLUSIVE; // a part cannot be larger than the whole
      return;
    }
    long fastGrowth = fast - fastBefore;
    boolean isNew = bytesBefore == 0 && fastBefore == 0;
    if (verdict != Verdict.UNKNOWN || isNew || fastGrowth < ENOUGH_BYTES) {
      return;
    }
    double ratio = (bytes - bytesBefore) / (double) fastGrowth;
    if (ratio < 0.5) {
      verdict = Verdict.EXCLUSIVE;
    } else if (ratio >= 0.98 && ratio <= 1.5 && ++inclusiveRows >= ENOUGH_ROWS) {
      verdict = Verdict.INCLUSIVE;
    }
  }
}
