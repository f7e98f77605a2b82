package dev.mhs.source.local;

import dev.mhs.api.Evidence;
import dev.mhs.api.Evidence.Kind;
import dev.mhs.source.local.NeighborMemory.Remembered;
import dev.mhs.source.local.parse.Neighbor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what an entry of the neighbor cache proves, and for when. Pure.
 *
 * <p>Where {@code ip} tells the age of the last confirmation, evidence is dated by it. That matters
 * most for DELAY and PROBE: a probe of ours alone brings an entry into these states, so that a
 * device that left an hour ago is in PROBE for 3 s. It is proof, but of an hour ago.
 *
 * <p>Without ages REACHABLE is dated by the reading, which is at most the reachable time (15 to 45
 * s by default, Linux net/core/neighbour.c neigh_rand_reach_time) too late; DELAY and PROBE are no
 * more than a hint.
 */
final class NeighborEvidence {
  /** INCOMPLETE lasts 3 questions of 1 s each (mcast_solicit, retrans_time_ms). */
  private static final Duration SURELY_FAILED = Duration.ofSeconds(4);

  /** A stale entry that was sent to fails after 5 s (delay_first_probe_time) and 3 questions. */
  private static final Duration SURELY_ANSWERED = Duration.ofSeconds(10);

  private NeighborEvidence() {}

  /**
   * Returns the evidence of an entry with an owner.
   *
   * @param entry the entry
   * @param one what is remembered of it, this reading included
   * @param now when it was read
   * @return the evidence; empty when it says nothing either way
   */
  static List<Evidence> of(Neighbor entry, Remembered one, Instant now) {
    return said(entry, one, now).stream().map(each -> notAfter(now, each)).toList();
  }

  /** The wall clock may have been set back since an earlier reading. */
  private static Evidence notAfter(Instant now, Evidence one) {
    return one.at().isAfter(now) ? new Evidence(one.kind(), now) : one;
  }

  private static List<Evidence> said(Neighbor entry, Remembered one, Instant now) {
    Neighbor.Ages ages = entry.ages();
    return switch (entry.state()) {
      case REACHABLE -> reachable(ages == null ? now : now.minus(ages.confirmed()));
      case DELAY, PROBE ->
          ages == null ? stale(one.since()) : reachable(now.minus(ages.confirmed()));
      case STALE -> stale(ages == null ? one.since() : now.minus(ages.confirmed()));
      case PERMANENT -> stale(one.since());
      case FAILED -> failed(ages == null ? one.since() : now.minus(ages.updated()));
      case COMPLETE -> complete(one);
      case UNRESOLVED -> unresolved(one.since(), now);
      case INCOMPLETE, NOARP, NONE -> List.of();
    };
  }

  /**
   * Returns the evidence of an entry that never had an owner.
   *
   * @param entry the entry
   * @param now when it was read
   * @return that it did not answer, or nothing
   */
  static List<Evidence> ofNobody(Neighbor entry, Instant now) {
    Neighbor.Ages ages = entry.ages();
    return switch (entry.state()) {
      case FAILED -> failed(ages == null ? now : now.minus(ages.updated()));
      case REACHABLE, STALE, DELAY, PROBE, PERMANENT, COMPLETE -> List.of();
      case INCOMPLETE, NOARP, NONE, UNRESOLVED -> List.of();
    };
  }

  /**
   * Finds out whether an entry of {@code /proc/net/arp} that stays complete has answered a probe:
   * one that did not would be unresolved by now. It is dated by the probe; the confirmation may be
   * older by the reachable time, if the kernel saw no need to ask.
   *
   * @param before when it was known to have answered until now, or null
   * @param askedAt when we last probed it, or null
   * @param since since when it is complete
   * @param now when it was read
   * @return when it last answered, or null when that is not known
   */
  static @Nullable Instant answered(
      @Nullable Instant before, @Nullable Instant askedAt, Instant since, Instant now) {
    boolean stood =
        askedAt != null
            && !askedAt.isBefore(since)
            && !askedAt.plus(SURELY_ANSWERED).isAfter(now)
            && (before == null || askedAt.isAfter(before));
    return stood ? askedAt : before;
  }

  private static List<Evidence> complete(Remembered one) {
    List<Evidence> both = new ArrayList<>(stale(one.since()));
    if (one.answeredAt() != null) {
      both.addFirst(new Evidence(Kind.ANSWERED, one.answeredAt()));
    }
    return both;
  }

  private static List<Evidence> unresolved(Instant since, Instant now) {
    Instant failedAt = since.plus(SURELY_FAILED);
    return failedAt.isAfter(now) ? List.of() : failed(failedAt);
  }

  private static List<Evidence> reachable(Instant at) {
    return List.of(new Evidence(Kind.NEIGHBOR_REACHABLE, at));
  }

  private static List<Evidence> stale(Instant at) {
    return List.of(new Evidence(Kind.NEIGHBOR_STALE, at));
  }

  private static List<Evidence> failed(Instant at) {
    return List.of(new Evidence(Kind.NEIGHBOR_FAILED, at));
  }
}
