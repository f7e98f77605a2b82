package dev.mhs.source.routeros.client;

import dev.mhs.api.FailureKind;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.routeros.parse.RouterReply;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds back after a refused login, longer each time, because a router logs every one of them. Any
 * thread.
 */
final class LoginPause {
  /** How long nobody asks after the first refusal in a row, the second, and so on. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1));

  private final TimeSource time;
  private volatile @Nullable Refused refused;

  /** The last refusal, how many there were in a row, and how long nobody asks. */
  private record Refused(long nanos, int times, Duration pause, String detail) {}

  LoginPause(TimeSource time) {
    this.time = time;
  }

  /** Returns what to answer instead of asking the router, or empty when it may be asked. */
  <T> Optional<RouterReply<T>> instead() {
    Refused now = refused;
    if (now == null) {
      return Optional.empty();
    }
    Duration left = left(now);
    return left.isPositive() ? Optional.of(failed(now, left)) : Optional.empty();
  }

  /** Takes note of a reply; returns it with a word on when the router is asked again. */
  <T> RouterReply<T> noted(RouterReply<T> reply) {
    if (!(reply instanceof RouterReply.Failed<T>(FailureKind kind, String detail))) {
      refused = null;
      return reply;
    }
    if (kind != FailureKind.UNAUTHORIZED) {
      return reply; // says nothing about the login
    }
    Refused before = refused;
    Refused now = before != null && left(before).isPositive() ? before : next(before, detail);
    refused = now; // one that was under way already counts with the one before
    return failed(now, left(now));
  }

  /** A person asks: only the shortest pause is kept. */
  void shorten() {
    Refused now = refused;
    if (now != null) {
      refused = new Refused(now.nanos, now.times, PAUSES.getFirst(), now.detail);
    }
  }

  private Refused next(@Nullable Refused before, String detail) {
    int times = before == null ? 1 : before.times + 1;
    Duration pause = PAUSES.get(Math.min(times, PAUSES.size()) - 1);
    return new Refused(time.nanos(), times, pause, detail);
  }

  private Duration left(Refused one) {
    return one.pause.minusNanos(time.nanos() - one.nanos);
  }

  private static <T> RouterReply<T> failed(Refused refused, Duration left) {
    long minutes = left.plusSeconds(59).toMinutes();
    return new RouterReply.Failed<>(
        FailureKind.UNAUTHORIZED,
        refused.detail
            + "; the router logs each attempt, so none follows for "
            + minutes
            + " min, unless somebody rescans");
  }
}
