package dev.mhs.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Lets the same message of the same logger pass a few times a minute only, so that nobody outside
 * can fill a disk with what a library logs. Thread-safe.
 */
final class FloodGate implements Filter {
  static final int MOST_A_MINUTE = 5;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_REMEMBERED = 500;

  /** How often a message came since when. */
  private record Count(Instant since, int times) {}

  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  @Override
  public synchronized boolean isLoggable(LogRecord event) {
    String what =
        event.getLoggerName() + event.getMessage() + Arrays.toString(event.getParameters());
    Instant now = event.getInstant();
    Count count = counts.getOrDefault(what, new Count(now, 0));
    if (Duration.between(count.since(), now).abs().compareTo(MINUTE) > 0) {
      count = new Count(now, 0);
    }
    count = new Count(count.since(), count.times() + 1);
    counts.put(what, count);
    return count.times() <= MOST_A_MINUTE;
  }
}
