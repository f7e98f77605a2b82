package dev.mhs.core.alert;

import dev.mhs.api.Moment;
import dev.mhs.core.alert.ChannelStatus.State;
import dev.mhs.core.journal.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What waits for one channel, and when it is tried. Guarded by its owner. */
final class Lane {
  /** So many messages wait at most; beyond that the oldest are given up. */
  static final int MOST = 200;

  /** A message that was refused so often is given up. */
  static final int MOST_REFUSALS = 5;

  /** A message that is so old helps nobody any more. */
  static final Duration OLDEST = Duration.ofDays(7);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final Duration FIRST_REFUSED_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_REFUSED_PAUSE = Duration.ofHours(1);

  private static final System.Logger LOG = System.getLogger(Lane.class.getName());

  private final Channel channel;
  private final TreeMap<Long, Parcel> waiting = new TreeMap<>();
  private final Map<Long, Long> notBefore = new HashMap<>(); // by number; monotonic clock

  private State state = State.UNTRIED;
  private Instant since;
  private @Nullable Instant lastSent;
  private @Nullable String problem;
  private int failures; // in a row
  private long pausedUntil; // monotonic clock, where there are failures
  private long sent;
  private long lost;

  Lane(Channel channel, Instant now) {
    this.channel = channel;
    this.since = now;
  }

  Channel channel() {
    return channel;
  }

  /** Adds a parcel, and returns one that had to make room for it. */
  Optional<Parcel> add(Parcel parcel) {
    waiting.put(parcel.number(), parcel);
    if (waiting.size() <= MOST) {
      return Optional.empty();
    }
    Parcel oldest = waiting.firstEntry().getValue();
    giveUp(oldest, "too many wait");
    return Optional.of(oldest);
  }

  /** Returns the first that may be sent now. */
  Optional<Parcel> next(Moment now) {
    if (failures > 0 && now.nanos() - pausedUntil < 0) {
      return Optional.empty();
    }
    return waiting.values().stream().filter(one -> !isPaused(one, now)).findFirst();
  }

  /** Returns those that are too old, given up. */
  Optional<Parcel> tooOld(Instant now) {
    Optional<Parcel> old =
        waiting.values().stream()
            .filter(one -> Duration.between(one.madeAt(), now).compareTo(OLDEST) > 0)
            .findFirst();
    old.ifPresent(one -> giveUp(one, "it is a week old"));
    return old;
  }

  /** Returns in how many nanoseconds there may be one to send; empty when none waits. */
  OptionalLong wait(Moment now) {
    long pause = failures > 0 ? pausedUntil - now.nanos() : 0;
    return waiting.values().stream()
        .mapToLong(
            one -> Math.max(pause, notBefore.getOrDefault(one.number(), now.nanos()) - now.nanos()))
        .min();
  }

  private boolean isPaused(Parcel parcel, Moment now) {
    Long until = notBefore.get(parcel.number());
    return until != null && now.nanos() - until < 0;
  }

  void delivered(Parcel parcel, Moment now) {
    forget(parcel);
    sent++;
    works(now);
  }

  /** The channel works: nothing need wait any longer. */
  void works(Moment now) {
    if (state == State.FAILING || state == State.REFUSING) {
      log(System.Logger.Level.INFO, "works again");
    }
    failures = 0;
    lastSent = now.at();
    notBefore.clear();
    become(State.UP, null, now);
  }

  void failed(Delivery.Failed failed, Moment now) {
    failures++;
    Duration pause = doubled(FIRST_PAUSE, failures - 1, LONGEST_PAUSE);
    Duration asked = failed.retryAfter();
    if (asked != null) {
      pause = asked.compareTo(LONGEST_REFUSED_PAUSE) < 0 ? asked : LONGEST_REFUSED_PAUSE;
    }
    pausedUntil = now.nanos() + pause.toNanos();
    become(State.FAILING, failed.words(), now);
  }

  /** Returns the parcel as it waits on, or empty when it was given up. */
  Optional<Parcel> refused(Parcel parcel, Delivery.Refused refused, Moment now) {
    failures = 0;
    Parcel again = parcel.refused();
    become(State.REFUSING, refused.words(), now);
    if (again.refusals() >= MOST_REFUSALS) {
      giveUp(parcel, "it was refused " + MOST_REFUSALS + " times");
      return Optional.empty();
    }
    waiting.put(again.number(), again);
    Duration pause = doubled(FIRST_REFUSED_PAUSE, 2 * parcel.refusals(), LONGEST_REFUSED_PAUSE);
    notBefore.put(again.number(), now.nanos() + pause.toNanos());
    return Optional.of(again);
  }

  private void giveUp(Parcel parcel, String why) {
    forget(parcel);
    lost++;
    log(System.Logger.Level.WARNING, "a message of " + parcel.madeAt() + " is given up: " + why);
  }

  private void forget(Parcel parcel) {
    waiting.remove(parcel.number());
    notBefore.remove(parcel.number());
  }

  private void become(State next, @Nullable String why, Moment now) {
    if (why != null && !why.equals(problem)) {
      log(System.Logger.Level.WARNING, why);
    }
    if (state != next) {
      state = next;
      since = now.at();
    }
    problem = why;
  }

  private void log(System.Logger.Level level, String words) {
    LOG.log(level, "alerts: " + channel.name() + " at " + channel.target() + ": " + words);
  }

  private static Duration doubled(Duration first, int times, Duration longest) {
    Duration pause = first.multipliedBy(1L << Math.clamp(times, 0, 20));
    return pause.compareTo(longest) < 0 ? pause : longest;
  }

  ChannelStatus status() {
    return new ChannelStatus(
        channel.name(),
        channel.target(),
        state,
        since,
        lastSent,
        problem,
        waiting.size(),
        sent,
        lost);
  }
}
