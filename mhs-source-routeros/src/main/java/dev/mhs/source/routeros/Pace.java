package dev.mhs.source.routeros;

import dev.mhs.api.Moment;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a capability is asked at present, from which follows how young its answers must be:
 * what was read for somebody else since its last look is new to it, and while nobody looks that may
 * be several seconds old. For one thread.
 */
final class Pace {
  /** The longest pause that counts as one: after a longer one everything is asked anew. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private @Nullable Moment last;
  private @Nullable Moment ended;
  private Duration idle = Duration.ZERO;
  private Duration pause = Duration.ZERO;

  /** Takes note that it is asked now. */
  void beat(Moment now) {
    Moment before = last;
    last = now;
    Duration since = before == null ? LONGEST : now.since(before);
    pause = since.compareTo(LONGEST) < 0 ? since : Duration.ZERO;
    Moment end = ended;
    idle = end == null || pause.isZero() ? Duration.ZERO : now.since(end);
  }

  /** Takes note that the look is over: what was read until now, it has seen. */
  void done(Moment now) {
    ended = now;
  }

  /** Returns how old may be what others read too: younger than the end of the last look. */
  Duration shared() {
    return idle;
  }

  /** Returns how old may be what is read only every so many times. */
  Duration every(int times) {
    return pause.multipliedBy(times).minus(pause.dividedBy(10));
  }
}
