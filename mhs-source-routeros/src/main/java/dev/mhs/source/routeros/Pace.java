package dev.mhs.source.routeros;

import dev.mhs.api.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a capability is asked at present, from which follows how young its answers must be:
 * what was read within the pause for somebody else is as good as read now, and while nobody looks
 * that is several seconds. For one thread.
 */
final class Pace {
  /** The longest pause that counts as one: after a longer one everything is asked anew. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private @Nullable Moment last;
  private Duration pause = Duration.ZERO;

  /** Takes note that it is asked now. */
  void beat(Moment now) {
    Moment before = last;
    last = now;
    Duration since = before == null ? LONGEST : now.since(before);
    pause = since.compareTo(LONGEST) < 0 ? since : Duration.ZERO;
  }

  /** Returns how old may be what others read too. */
  Duration shared() {
    return pause.multipliedBy(9).dividedBy(10);
  }

  /** Returns how old may be what is read only every so many times. */
  Duration every(int times) {
    return pause.multipliedBy(times).minus(pause.dividedBy(10));
  }
}
