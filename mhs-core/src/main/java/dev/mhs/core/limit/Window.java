package dev.mhs.core.limit;

import dev.mhs.api.BitRate;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was moved in the last measured {@link #LENGTH} or a little more. A value.
 *
 * @param pieces what was measured, oldest first
 * @param newest when the newest piece was taken in, or null when there is none
 */
record Window(List<Throughput> pieces, @Nullable Moment newest) {
  static final Window EMPTY = new Window(List.of(), null);

  /** Shorter times show bursts, which a queue lets pass on purpose. */
  static final Duration LENGTH = Duration.ofSeconds(30);

  /** After so long without a new piece, what was measured is no longer now. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(90);

  /** Beyond this the sums could overflow; no reading is so long. */
  private static final Duration LONGEST_PIECE = Duration.ofMinutes(5);

  Window {
    pieces = List.copyOf(pieces);
  }

  /** Returns the window with what was moved last; the same piece is taken once. */
  Window next(Moment now, @Nullable Throughput moved, Instant notBefore) {
    boolean isNew =
        moved != null
            && moved.over().compareTo(LONGEST_PIECE) < 0
            && !moved.at().minus(moved.over()).isBefore(notBefore)
            && (pieces.isEmpty() || !pieces.getLast().at().equals(moved.at()));
    if (moved == null || !isNew) {
      return newest != null && now.since(newest).compareTo(STALE_AFTER) > 0 ? EMPTY : this;
    }
    List<Throughput> kept = new ArrayList<>(pieces);
    kept.add(moved);
    while (over(kept).minus(kept.getFirst().over()).compareTo(LENGTH) >= 0) {
      kept.removeFirst();
    }
    return new Window(kept, now);
  }

  boolean isFull() {
    return over(pieces).compareTo(LENGTH) >= 0;
  }

  /** Returns the mean of all pieces, or empty when there is none. */
  Optional<Mean> mean() {
    if (pieces.isEmpty()) {
      return Optional.empty();
    }
    Duration over = over(pieces);
    return Optional.of(
        new Mean(
            BitRate.of(pieces.stream().mapToLong(Throughput::downloadBytes).sum(), over),
            BitRate.of(pieces.stream().mapToLong(Throughput::uploadBytes).sum(), over),
            over));
  }

  private static Duration over(List<Throughput> pieces) {
    return pieces.stream().map(Throughput::over).reduce(Duration.ZERO, Duration::plus);
  }
}
