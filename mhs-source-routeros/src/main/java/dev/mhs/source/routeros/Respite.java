package dev.mhs.source.routeros;

import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A time in which the router is spared what did not work or cost too much: five minutes first, then
 * twice as long each time, an hour at most. For one thread; the finding for any.
 */
final class Respite {
  static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 3;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final String consequence;
  private int times;
  private @Nullable Moment begun;
  private volatile @Nullable Reason reason;

  private record Reason(String what, @Nullable String remedy) {}

  /** Makes one that has not begun; the consequence begins the sentence that a person reads. */
  Respite(String consequence) {
    this.consequence = consequence;
  }

  void begin(Moment now, String what, @Nullable String remedy) {
    begun = now;
    times++;
    reason = new Reason(what, remedy);
  }

  /** Tells whether it lasts; after it the thing may be tried again. */
  boolean lasts(Moment now) {
    Moment since = begun;
    return since != null && now.since(since).compareTo(length()) < 0;
  }

  /** Ends it for good: it works again, or everything is new. */
  void end() {
    begun = null;
    times = 0;
    reason = null;
  }

  Optional<Finding> finding() {
    Reason why = reason;
    return why == null
        ? Optional.empty()
        : Optional.of(
            new Finding(Finding.Level.LACKING, consequence + ": " + why.what, why.remedy));
  }

  private Duration length() {
    return times > MOST_DOUBLINGS + 1
        ? LONGEST
        : SHORTEST.multipliedBy(1L << Math.max(0, times - 1));
  }
}
