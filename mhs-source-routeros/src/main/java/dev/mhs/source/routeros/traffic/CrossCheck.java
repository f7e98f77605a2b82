package dev.mhs.source.routeros.traffic;

import dev.mhs.api.Moment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Compares what was attributed with what the household's line moved, minute by minute. For one
 * thread.
 */
public final class CrossCheck {
  /** Over how long both are compared: a shorter time would compare reading times. */
  static final Duration MINUTE = Duration.ofMinutes(1);

  /** Less than this on the line in a minute is no sample. */
  static final long ENOUGH_BYTES = 2_000_000;

  /** A step longer than this is a gap: what was on either side of it is not one minute. */
  private static final Duration GAP = Duration.ofSeconds(75);

  private final Deque<Step> steps = new ArrayDeque<>();

  private record Step(Moment begin, Moment end, long plain, long fast, long line) {}

  /**
   * A whole minute.
   *
   * @param plain the plain counters as a part of the line; 1 is all of it
   * @param withFast the plain counters and those of the fast path together, as a part of the line
   */
  public record Minute(double plain, double withFast) {}

  /** Makes one that has compared nothing. */
  public CrossCheck() {}

  /**
   * Adds what was counted between two readings.
   *
   * @param begin the earlier reading
   * @param end the later one
   * @param plain the bytes of all devices and the router itself, both ways
   * @param fast those that the fast path's own counters add
   * @param line the bytes of the line, both ways
   * @return the minute that this completes; the next one begins after it
   */
  public Optional<Minute> add(Moment begin, Moment end, long plain, long fast, long line) {
    Step last = steps.peekLast();
    if (end.since(begin).compareTo(GAP) > 0 || (last != null && !last.end.equals(begin))) {
      steps.clear();
    }
    steps.add(new Step(begin, end, plain, fast, line));
    Step first = steps.getFirst();
    if (end.since(first.begin).compareTo(MINUTE) < 0) {
      return Optional.empty();
    }
    long lineBytes = steps.stream().mapToLong(Step::line).sum();
    double plainBytes = steps.stream().mapToLong(Step::plain).sum();
    double fastBytes = steps.stream().mapToLong(Step::fast).sum();
    steps.clear();
    return lineBytes < ENOUGH_BYTES
        ? Optional.empty()
        : Optional.of(new Minute(plainBytes / lineBytes, (plainBytes + fastBytes) / lineBytes));
  }

  /** Forgets the minute under way, because the counters began anew. */
  public void reset() {
    steps.clear();
  }
}
