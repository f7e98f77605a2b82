package dev.mhs.simulator.world;

/**
 * Bytes that were truly moved, seen from whom they belong to.
 *
 * @param down bytes of IPv4 towards it
 * @param up bytes of IPv4 from it
 * @param down6 bytes of IPv6 towards it
 * @param up6 bytes of IPv6 from it
 */
public record Moved(long down, long up, long down6, long up6) {
  /** Nothing yet. */
  public static final Moved NOTHING = new Moved(0, 0, 0, 0);

  /** Returns all bytes towards it. */
  public long allDown() {
    return down + down6;
  }

  /** Returns all bytes from it. */
  public long allUp() {
    return up + up6;
  }

  /** Returns what was moved since. */
  public Moved minus(Moved before) {
    return new Moved(down - before.down, up - before.up, down6 - before.down6, up6 - before.up6);
  }

  Moved plus(boolean six, long moreDown, long moreUp) {
    return six
        ? new Moved(down, up, down6 + moreDown, up6 + moreUp)
        : new Moved(down + moreDown, up + moreUp, down6, up6);
  }
}
