package dev.mhs.core.limit;

import dev.mhs.api.BitRate;
import java.time.Duration;

/** Mean rates over a measured time, device's viewpoint. */
record Mean(BitRate download, BitRate upload, Duration over) {
  /**
   * Returns the higher rate of each direction. Whoever counts sees a part of what a device moves at
   * most (a queue what goes through it, a connection table what crosses the line), so the higher
   * figure is nearer to the truth.
   */
  Mean orHigher(Mean other) {
    return new Mean(
        higher(download, other.download),
        higher(upload, other.upload),
        over.compareTo(other.over) >= 0 ? over : other.over);
  }

  private static BitRate higher(BitRate one, BitRate other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
