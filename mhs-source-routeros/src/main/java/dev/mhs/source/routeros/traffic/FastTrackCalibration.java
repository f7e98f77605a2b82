package dev.mhs.source.routeros.traffic;

/**
 * Finds out whether a router's byte counters include the bytes of the fast path. Neither MikroTik's
 * manual nor its published kernel sources tell, and programs in the field assume either; so the
 * counters themselves are asked, and compared with the line. For one thread.
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

  /** Which part of the line the devices account for when they are counted rightly. */
  private static final double FITS_FROM = 0.88;

  private static final double FITS_TO = 1.08;

  /** Two ways of counting that differ by less cannot be told apart by the line. */
  private static final double APART = 0.25;

  /**
   * A part of the plain counters cannot be larger than all of them, so fast bytes beyond that are
   * counted apart. With fewer, the line may as well carry something else that nobody sees (IPv6
   * without counters, multicast, what the switch chip moves).
   */
  private static final double BEYOND_PLAIN = 1.2;

  /** So many minutes in a row must speak against a verdict before it falls. */
  private static final int CONTRADICTIONS = 3;

  private Verdict verdict;
  private int inclusiveRows;
  private int contradictions;
  private boolean sawFastTrack;
  private boolean isProven;

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

  /**
   * Hears how a minute compares with the line. Counted wrongly, the devices make up nearly twice
   * the line, or hardly any of it, while the other way of counting fits: that decides where nothing
   * was decided, and overturns, after some minutes, what was decided wrongly or about a router that
   * has since been replaced.
   *
   * @param minute both ways of counting, as parts of the line
   */
  public void compare(CrossCheck.Minute minute) {
    Verdict says = verdict(minute);
    if (says == Verdict.UNKNOWN || says == verdict) {
      contradictions = 0;
    } else if (verdict == Verdict.UNKNOWN || (!isProven && ++contradictions >= CONTRADICTIONS)) {
      verdict = says;
      contradictions = 0;
    }
  }

  private static Verdict verdict(CrossCheck.Minute minute) {
    double fast = minute.withFast() - minute.plain();
    if (fast > APART && fits(minute.plain())) {
      return Verdict.INCLUSIVE;
    }
    boolean isBeyond = fast > APART && fast > minute.plain() * BEYOND_PLAIN;
    return isBeyond && fits(minute.withFast()) ? Verdict.EXCLUSIVE : Verdict.UNKNOWN;
  }

  private static boolean fits(double ratio) {
    return ratio >= FITS_FROM && ratio <= FITS_TO;
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
      isProven = true;
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
