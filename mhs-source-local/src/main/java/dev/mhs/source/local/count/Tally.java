package dev.mhs.source.local.count;

import java.util.Arrays;
import java.util.Optional;

/** What one of our counting sets counts. The name of the set ends with its family, 4 or 6. */
enum Tally {
  UP_ENTERING("up_in", true),
  DOWN_ENTERING("down_in", true),
  UP_LEAVING("up_out", false),
  DOWN_LEAVING("down_out", false);

  /** IEEE 802.3: two addresses and the type. */
  private static final long LINK_HEADER = 14;

  private final String set;
  private final boolean entering;

  Tally(String set, boolean entering) {
    this.set = set;
    this.entering = entering;
  }

  String set() {
    return set;
  }

  static Tally of(String hook, boolean up) {
    boolean entering = hook.equals("ingress");
    if (up) {
      return entering ? UP_ENTERING : UP_LEAVING;
    }
    return entering ? DOWN_ENTERING : DOWN_LEAVING;
  }

  static Optional<Tally> ofSet(String name) {
    return Arrays.stream(values())
        .filter(each -> name.equals(each.set + "4") || name.equals(each.set + "6"))
        .findFirst();
  }

  /**
   * Returns what an element counted, in bytes of whole frames. The kernel takes the header of the
   * link off before the ingress hook and puts it on before the egress hook (measured on Linux 6.18:
   * there the counters are 14 bytes a packet higher).
   */
  Counts counts(long packets, long bytes) {
    long frames = entering ? bytes + LINK_HEADER * packets : bytes;
    return this == UP_ENTERING || this == UP_LEAVING
        ? new Counts(0, frames)
        : new Counts(frames, 0);
  }
}
