package dev.mhs.source.routeros.map;

import dev.mhs.api.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Notices from its uptime that a box was restarted, however quickly. For one thread. */
public final class BootWatch {
  /** How far the box's clock and ours may drift apart, and how long an answer may be underway. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private @Nullable Duration uptime;
  private @Nullable Moment at;
  private long epoch;

  /**
   * Takes note of an uptime.
   *
   * @param now how long the box has been up
   * @param readAt when it said so
   * @return whether it was restarted since it was last noted
   */
  public boolean restarted(Duration now, Moment readAt) {
    Duration before = uptime;
    Moment since = at;
    uptime = now;
    at = readAt;
    if (before == null || since == null) {
      return false;
    }
    Duration expected = before.plus(readAt.since(since)).minus(TOLERANCE);
    boolean isRestarted = now.compareTo(before) < 0 || now.compareTo(expected) < 0;
    if (isRestarted) {
      epoch++;
    }
    return isRestarted;
  }

  /**
   * Returns a number that changes with each restart.
   *
   * @return the number
   */
  public long epoch() {
    return epoch;
  }
}
