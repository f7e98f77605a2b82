package dev.mhs.source.local;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.parse.Neighbor;
import dev.mhs.source.local.parse.NeighborState;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers earlier readings of the neighbor cache, and so draws from a reading what it proves: the
 * kernel forgets whose address it was once an entry has failed, and {@code /proc/net/arp} tells of
 * a change only to who knows what stood there before. For one thread; reads no clock.
 */
final class NeighborMemory {
  private static final int MOST = 4096;
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

  /** An entry of the cache: the same IPv6 address may be behind two interfaces. */
  record Spot(String interfaceName, InetAddress address) {}

  /**
   * An address that has, or had, an owner.
   *
   * @param mac its owner
   * @param state what the last reading said
   * @param since when a reading first said so
   * @param aliveAt when a reading last found the owner in the cache
   * @param answeredAt when it was last found out that the owner answered, or null
   */
  record Remembered(
      MacAddress mac,
      NeighborState state,
      Instant since,
      Instant aliveAt,
      @Nullable Instant answeredAt) {}

  private final Map<Spot, Remembered> remembered = new LinkedHashMap<>(64, 0.75f, true);
  private boolean hasRead;

  /**
   * Takes in a reading.
   *
   * @param entries the cache
   * @param now when it was read
   * @param askedAt tells when an address was last probed by us, null when it was not
   * @return what it says, an observation for each entry that means something
   */
  List<Observation> observe(
      List<Neighbor> entries, Instant now, Function<InetAddress, @Nullable Instant> askedAt) {
    List<Observation> said = new ArrayList<>();
    for (Neighbor entry : entries) {
      said.add(observe(entry, now, askedAt.apply(entry.address())));
    }
    hasRead = true;
    forget(now);
    return said;
  }

  /**
   * Returns the addresses whose owners were found in the cache lately.
   *
   * @param since how far back to look
   * @return the addresses with what is remembered of them
   */
  Map<Spot, Remembered> aliveSince(Instant since) {
    Map<Spot, Remembered> alive = new LinkedHashMap<>();
    remembered.forEach(
        (spot, one) -> {
          if (!one.aliveAt().isBefore(since)) {
            alive.put(spot, one);
          }
        });
    return alive;
  }

  private Observation observe(Neighbor entry, Instant now, @Nullable Instant askedAt) {
    Spot spot = new Spot(entry.interfaceName(), entry.address());
    Remembered before = remembered.get(spot);
    MacAddress mac = owner(entry, before);
    if (mac == null) {
      return new Observation(
          means(entry),
          entry.address(),
          entry.interfaceName(),
          null,
          NeighborEvidence.ofNobody(entry, now));
    }
    Remembered after = remember(entry, mac, before, now, askedAt);
    remembered.put(spot, after);
    return new Observation(
        means(entry),
        entry.address(),
        entry.interfaceName(),
        mac,
        NeighborEvidence.of(entry, after, now));
  }

  private static Means means(Neighbor entry) {
    return entry.address() instanceof Inet4Address ? Means.NEIGHBOR : Means.NDP;
  }

  /** An entry that is not resolved (any more) belongs to whom it belonged. */
  private static @Nullable MacAddress owner(Neighbor entry, @Nullable Remembered before) {
    MacAddress told = entry.mac();
    if (told != null && told.isDevice() && isResolved(entry.state())) {
      return told;
    }
    return before != null && !isResolved(entry.state()) ? before.mac() : null;
  }

  private Remembered remember(
      Neighbor entry,
      MacAddress mac,
      @Nullable Remembered before,
      Instant now,
      @Nullable Instant askedAt) {
    boolean same = before != null && before.mac().equals(mac);
    boolean unchanged = before != null && same && before.state() == entry.state();
    Instant since = unchanged && before != null ? before.since() : now;
    Instant aliveAt = isResolved(entry.state()) || before == null ? now : before.aliveAt();
    Instant answeredAt = same && before != null ? before.answeredAt() : null;
    if (entry.state() == NeighborState.COMPLETE) {
      boolean isNews = before == null ? hasRead : !unchanged;
      answeredAt = isNews ? now : NeighborEvidence.answered(answeredAt, askedAt, since, now);
    }
    return new Remembered(mac, entry.state(), since, aliveAt, answeredAt);
  }

  private void forget(Instant now) {
    remembered.values().removeIf(one -> one.aliveAt().plus(FORGOTTEN_AFTER).isBefore(now));
    var eldest = remembered.entrySet().iterator();
    for (int over = remembered.size() - MOST; over > 0; over--) {
      eldest.next();
      eldest.remove();
    }
  }

  private static boolean isResolved(NeighborState state) {
    return switch (state) {
      case REACHABLE, STALE, DELAY, PROBE, PERMANENT, COMPLETE -> true;
      case INCOMPLETE, FAILED, NOARP, NONE, UNRESOLVED -> false;
    };
  }
}
