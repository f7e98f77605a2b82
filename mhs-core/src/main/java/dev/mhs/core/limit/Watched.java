package dev.mhs.core.limit;

import dev.mhs.api.BitRate;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitMeasurement;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One limit and what its device moved since it is there. A value.
 *
 * @param download the limit, or null
 * @param upload the limit, or null
 * @param since what was moved before says nothing
 * @param device what the device moved, as a source of traffic counts
 * @param counted what went through the limit, as its box counts
 * @param verdict what follows from it, or null when nothing does
 */
record Watched(
    @Nullable BitRate download,
    @Nullable BitRate upload,
    Instant since,
    Window device,
    Window counted,
    @Nullable Verdict verdict) {

  /** A sender needs some round trips to notice that it is held. */
  private static final Duration SETTLING = Duration.ofSeconds(5);

  /** Whoever rests proves nothing; what was concluded before is believed for so long. */
  private static final Duration BELIEVED_FOR = Duration.ofMinutes(10);

  /** Clocks of two boxes, headers that one counts and the other does not, bursts. */
  private static final double TOLERANCE = 1.25;

  /** On the slowest limits a few packets more are much. */
  private static final BitRate TRIFLE = new BitRate(100_000);

  /** Somebody who uses this share of a limit, and no more than all, was held by it. */
  private static final double HELD_FROM = 0.7;

  /** What was concluded, when, and for "not biting" why. */
  record Verdict(boolean biting, Moment at, @Nullable String reason) {}

  static Watched begin(Moment now, Limit limit) {
    return new Watched(
        limit.download(),
        limit.upload(),
        now.at().plus(SETTLING),
        Window.EMPTY,
        Window.EMPTY,
        null);
  }

  boolean isOf(Limit limit) {
    return Objects.equals(download, limit.download()) && Objects.equals(upload, limit.upload());
  }

  Watched next(Moment now, @Nullable Throughput moved, @Nullable Throughput through) {
    Window nextDevice = device.next(now, moved, since);
    Window nextCounted = counted.next(now, through, since);
    boolean isNews = !nextDevice.equals(device) || !nextCounted.equals(counted);
    Watched next = new Watched(download, upload, since, nextDevice, nextCounted, verdict);
    return isNews || verdict != null ? next.judged(now, isNews) : next;
  }

  /** Returns the limit with what was measured, and no longer as enforced when it does not bite. */
  LimitInForce told(LimitInForce said) {
    Verdict now = verdict;
    LimitMeasurement measured =
        mean(device, counted)
            .map(
                mean ->
                    new LimitMeasurement(
                        mean.download(),
                        mean.upload(),
                        mean.over(),
                        now == null ? null : (Boolean) now.biting()))
            .orElse(null);
    String passesBy = now == null || now.biting() ? null : now.reason();
    boolean isOverruled = said.enforced() && passesBy != null;
    return new LimitInForce(
        said.limit(),
        said.enforced() && !isOverruled,
        isOverruled ? passesBy : said.reason(),
        said.ours(),
        said.counted(),
        measured);
  }

  private Watched judged(Moment now, boolean isNews) {
    Optional<Verdict> concluded = isNews ? conclusion(now) : Optional.empty();
    Verdict kept =
        verdict != null && now.since(verdict.at()).compareTo(BELIEVED_FOR) < 0 ? verdict : null;
    return new Watched(download, upload, since, device, counted, concluded.orElse(kept));
  }

  private Optional<Verdict> conclusion(Moment now) {
    Optional<Mean> whole =
        mean(device.isFull() ? device : Window.EMPTY, counted.isFull() ? counted : Window.EMPTY);
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    Mean mean = whole.get();
    if (exceeds(mean.download(), download)) {
      return Optional.of(new Verdict(false, now, tooMuch(mean.download(), "down", mean, download)));
    }
    if (exceeds(mean.upload(), upload)) {
      return Optional.of(new Verdict(false, now, tooMuch(mean.upload(), "up", mean, upload)));
    }
    return isHeld(mean.download(), download) || isHeld(mean.upload(), upload)
        ? Optional.of(new Verdict(true, now, null))
        : Optional.empty();
  }

  private static Optional<Mean> mean(Window moved, Window through) {
    Optional<Mean> one = moved.mean();
    Optional<Mean> other = through.mean();
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().orHigher(other.get()))
        : one.or(() -> other);
  }

  private static boolean exceeds(BitRate mean, @Nullable BitRate limit) {
    return limit != null
        && mean.bitsPerSecond() > limit.bitsPerSecond() * TOLERANCE + TRIFLE.bitsPerSecond();
  }

  private static boolean isHeld(BitRate mean, @Nullable BitRate limit) {
    return limit != null && mean.bitsPerSecond() >= limit.bitsPerSecond() * HELD_FROM;
  }

  private static String tooMuch(
      BitRate moved, String direction, Mean mean, @Nullable BitRate limit) {
    return "the device moved %s Mbit/s %s over %d s, though the limit is %s: some of its traffic passes by it"
        .formatted(
            megabits(moved),
            direction,
            mean.over().toSeconds(),
            limit == null ? "none" : megabits(limit));
  }

  private static String megabits(BitRate rate) {
    double megabits = rate.megabits();
    String text = String.format(Locale.ROOT, megabits < 1 ? "%.3f" : "%.1f", megabits);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
