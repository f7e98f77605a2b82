package dev.mhs.source.local.link;

import dev.mhs.api.MacAddress;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who holds which address, from what was said by ARP. Anybody can say anything there, so
 * where we may ask, who is new or contradicts what is known is asked first, and whoever answers
 * first holds the address. Where we may not, newcomers are believed, within bounds, and nobody is
 * robbed of an address before having been silent for a while. Any thread.
 */
final class ArpTable {
  /** How many addresses are remembered at most. */
  static final int MOST = 4096;

  /** How many are waiting to be asked at most; a flood of claims leaves it at that. */
  static final int MOST_DOUBTS = 64;

  /** What answers later answers nothing. */
  private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

  private static final Duration SILENT = Duration.ofSeconds(60);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(30);

  private static final Duration TIDY_PAUSE = Duration.ofSeconds(1);

  /** Two that both answer for an address will do so again: it is left at that for a while. */
  private static final Duration DISPUTED = Duration.ofMinutes(1);

  /** Who has more addresses than that has not left one for another: it answers for others. */
  private static final int MOST_ADDRESSES = 4;

  /** So many questions in a row without an answer say that nobody is there. */
  private static final int DENIED_AFTER = 2;

  /** Where an address is. */
  record Place(String interfaceName, Inet4Address address) {}

  private static final class Row {
    final MacAddress mac;
    Instant heardAt;
    @Nullable Instant answeredAt;
    int unanswered;

    /**
     * Whether its owner told another address since, so that one question without answer is enough.
     */
    boolean isLeft;

    Instant askedAt = Instant.MIN;

    /** When two last disputed the address, whoever holds it. */
    Instant disputedAt = Instant.MIN;

    Row(MacAddress mac, Instant heardAt) {
      this.mac = mac;
      this.heardAt = heardAt;
    }
  }

  private final boolean mayAsk;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Place, Row> rows = new HashMap<>(); // guarded by lock, as all below
  private final Map<Place, Instant> asked = new LinkedHashMap<>();
  private final Map<Place, Instant> doubts = new HashMap<>();
  private Instant tidiedAt = Instant.EPOCH;
  private final List<Place> freshDoubts = new ArrayList<>();

  /**
   * Makes an empty table.
   *
   * @param mayAsk whether somebody asks about doubts
   */
  ArpTable(boolean mayAsk) {
    this.mayAsk = mayAsk;
  }

  /**
   * Takes in what was said.
   *
   * @param place the address and where it was said
   * @param mac who claims to have it
   * @param isAnswer whether it was said to us
   * @param now when
   * @return whether there is a doubt that was not there before
   */
  boolean heard(Place place, MacAddress mac, boolean isAnswer, Instant now) {
    lock.lock();
    try {
      Row row = rows.get(place);
      boolean isAwaited = isAnswer && isAwaited(place, now);
      if (row != null && row.mac.equals(mac)) {
        confirm(row, isAwaited, now);
        if (isAwaited) {
          doubts.remove(place);
        }
        return false;
      }
      if (isAwaited && !hasAnswered(row, place)) {
        Row answered = new Row(mac, now);
        answered.answeredAt = now;
        answered.disputedAt = row == null ? Instant.MIN : row.disputedAt;
        put(place, answered, now);
        doubts.remove(place);
        return doubtOtherAddresses(place, mac, now);
      }
      if (!mayAsk) {
        believe(place, mac, row, now);
        return false;
      }
      return (isAwaited && row != null) ? dispute(place, row, now) : doubt(place, now);
    } finally {
      lock.unlock();
    }
  }

  private static void confirm(Row row, boolean isAwaited, Instant now) {
    row.heardAt = now;
    row.unanswered = 0;
    row.isLeft = false;
    if (isAwaited) {
      row.answeredAt = now;
    }
  }

  private boolean isAwaited(Place place, Instant now) {
    Instant at = asked.get(place);
    return at != null && !at.plus(ANSWER_TIME).isBefore(now);
  }

  /** Two that answer to the same question dispute an address: it stays with the first. */
  private boolean hasAnswered(@Nullable Row row, Place place) {
    Instant at = asked.get(place);
    return row != null && row.answeredAt != null && at != null && !row.answeredAt.isBefore(at);
  }

  /** Two that answer for one address are asked once more. */
  private boolean dispute(Place place, Row row, Instant now) {
    boolean isOld = row.disputedAt.isAfter(now.minus(DISPUTED));
    if (!isOld) {
      row.disputedAt = now;
    }
    return !isOld && doubt(place, now);
  }

  private boolean doubt(Place place, Instant now) {
    doubts.values().removeIf(at -> at.plus(ANSWER_TIME).isBefore(now));
    if (doubts.size() >= MOST_DOUBTS || doubts.putIfAbsent(place, now) != null) {
      return false;
    }
    freshDoubts.add(place);
    return true;
  }

  /** Who is found at a new address may have left the old one. */
  private boolean doubtOtherAddresses(Place place, MacAddress mac, Instant now) {
    List<Map.Entry<Place, Row>> others =
        rows.entrySet().stream()
            .filter(each -> each.getValue().mac.equals(mac) && !each.getKey().equals(place))
            .filter(each -> each.getKey().interfaceName().equals(place.interfaceName()))
            .limit(MOST_ADDRESSES + 1)
            .toList();
    if (others.size() > MOST_ADDRESSES) {
      return false;
    }
    boolean hasDoubts = false;
    for (Map.Entry<Place, Row> each : others) {
      if (doubt(each.getKey(), now)) {
        each.getValue().isLeft = true;
        hasDoubts = true;
      }
    }
    return hasDoubts && mayAsk;
  }

  private void believe(Place place, MacAddress mac, @Nullable Row row, Instant now) {
    if (row == null || row.heardAt.plus(SILENT).isBefore(now)) {
      put(place, new Row(mac, now), now);
    }
  }

  private void put(Place place, Row row, Instant now) {
    if (rows.size() >= MOST && !rows.containsKey(place) && mayTidy(now)) {
      rows.values().removeIf(each -> each.heardAt.plus(SILENT).isBefore(now));
    }
    if (rows.size() < MOST || rows.containsKey(place)) {
      rows.put(place, row);
    }
  }

  /** A flood does not make us look through a full table at each frame. */
  private boolean mayTidy(Instant now) {
    if (Duration.between(tidiedAt, now).abs().compareTo(TIDY_PAUSE) < 0) {
      return false;
    }
    tidiedAt = now;
    return true;
  }

  /** Returns whom to ask because somebody new or somebody else claims to be there. */
  List<Place> takeDoubts() {
    lock.lock();
    try {
      List<Place> taken = List.copyOf(freshDoubts);
      freshDoubts.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that an address is being asked, and returns whom to ask alone; null: everybody. */
  @Nullable MacAddress asking(Place place, Instant now) {
    lock.lock();
    try {
      if (asked.size() >= MOST && mayTidy(now)) {
        asked.values().removeIf(at -> at.plus(ANSWER_TIME).isBefore(now));
      }
      if (asked.size() < 2 * MOST || asked.containsKey(place)) {
        asked.put(place, now);
      }
      Row row = rows.get(place);
      if (row == null) {
        return null;
      }
      boolean wasSilent = row.unanswered > 0 || row.askedAt.isAfter(row.heardAt);
      row.askedAt = now;
      row.unanswered++;
      return wasSilent || doubts.containsKey(place) ? null : row.mac;
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether an address has been heard of since an instant. */
  boolean isHeardSince(Place place, Instant since) {
    lock.lock();
    try {
      Row row = rows.get(place);
      return row != null && !row.heardAt.isBefore(since);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets those that were silent for long, and returns the others, in the order of addresses. */
  List<Holder> holders(Instant now) {
    lock.lock();
    try {
      rows.values().removeIf(row -> row.heardAt.plus(FORGOTTEN_AFTER).isBefore(now));
      asked.values().removeIf(at -> at.plus(ANSWER_TIME).isBefore(now));
      return rows.entrySet().stream()
          .map(entry -> holder(entry.getKey(), entry.getValue(), now))
          .sorted(Comparator.comparing(each -> each.address().getHostAddress()))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private static Holder holder(Place place, Row row, Instant now) {
    Instant silentSince = row.askedAt.plus(ANSWER_TIME);
    boolean isSilent =
        row.unanswered >= (row.isLeft ? 1 : DENIED_AFTER) && !silentSince.isAfter(now);
    return new Holder(
        place.interfaceName(),
        place.address(),
        row.mac,
        row.heardAt,
        row.answeredAt,
        isSilent ? silentSince : null);
  }

  /** Forgets what was said on interfaces that are not listened on any more. */
  void retain(Set<String> interfaces) {
    lock.lock();
    try {
      rows.keySet().removeIf(place -> !interfaces.contains(place.interfaceName()));
      asked.keySet().removeIf(place -> !interfaces.contains(place.interfaceName()));
      doubts.keySet().removeIf(place -> !interfaces.contains(place.interfaceName()));
    } finally {
      lock.unlock();
    }
  }

  /** Returns how much is remembered, in entries of all kinds. */
  int size() {
    lock.lock();
    try {
      return rows.size() + asked.size() + doubts.size();
    } finally {
      lock.unlock();
    }
  }
}
