package dev.mhs.core.session;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Presence;
import dev.mhs.api.Session;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of all devices. A value: {@link #next} makes the next one from what is known of the
 * devices.
 *
 * <p>A session opens when a device is online, and closes when it is offline. Presence has the
 * patience: a device is offline after 3 min without any evidence, it sleeps for longer where
 * something hints that it is still there, and while nobody can look it is neither.
 */
public final class Sessions {
  /** No sessions. */
  public static final Sessions NONE =
      new Sessions(Map.of(), List.of(), List.of(), Duration.ZERO, null);

  /** A session of an earlier run is given up when somebody looked for so long and saw nothing. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  /** For so long a visit in passing is part of the present. */
  public static final Duration RECENT = Duration.ofHours(24);

  /** So many of those at most; all others are in the history. */
  static final int MOST_RECENT = 100;

  /** Wall and monotonic clock run apart by less than this unless somebody sets the wall clock. */
  private static final Duration DRIFT = Duration.ofSeconds(5);

  private final Map<DeviceKey, Running> running;
  private final List<Session> recent; // transient ones, newest first
  private final List<SessionChange> due; // to be told with the next look
  private final Duration looked; // for how long somebody looked since the start
  private final @Nullable Moment last;

  /** An open session; one of an earlier run is not the present's until the device is seen. */
  private record Running(Session session, boolean isInherited) {}

  /**
   * What one look led to.
   *
   * @param after the sessions after it
   * @param changes what became of them
   */
  public record Turn(Sessions after, List<SessionChange> changes) {
    /** Copies the list. */
    public Turn {
      changes = List.copyOf(changes);
    }
  }

  private Sessions(
      Map<DeviceKey, Running> running,
      List<Session> recent,
      List<SessionChange> due,
      Duration looked,
      @Nullable Moment last) {
    this.running = running;
    this.recent = List.copyOf(recent);
    this.due = List.copyOf(due);
    this.looked = looked;
    this.last = last;
  }

  /**
   * Returns what an earlier run left behind. Its open sessions go on if the devices are still
   * there, and end when they were last seen if not.
   *
   * @param earlier sessions of any kind
   * @param now the wall-clock time; open sessions that reach beyond it are moved before it, and the
   *     first look tells so
   */
  public static Sessions of(Collection<Session> earlier, Instant now) {
    Map<DeviceKey, Running> open = new HashMap<>();
    List<SessionChange> changes = new ArrayList<>();
    for (Session one : earlier) {
      if (one.open()) {
        Duration untilNow = shorter(Duration.between(one.lastSeen(), now));
        Running before = corrected(new Running(one, true), untilNow, changes);
        open.merge(one.device(), before, (first, other) -> joined(first, other, changes));
      }
    }
    List<Session> recent = recent(earlier.stream().filter(Session::isTransient), now);
    return new Sessions(open, recent, changes, Duration.ZERO, null);
  }

  private static Running joined(Running one, Running other, List<SessionChange> changes) {
    Session whole = joined(one.session, other.session);
    changes.add(new SessionChange.Corrected(one.session, whole));
    changes.add(new SessionChange.Corrected(other.session, whole));
    return new Running(whole, true);
  }

  /** Returns the open sessions. */
  public Collection<Session> open() {
    return running.values().stream().map(Running::session).toList();
  }

  /**
   * Returns the visits in passing of the last day.
   *
   * @return closed sessions of less than five minutes, newest first, the newest 100 at most
   */
  public List<Session> recent() {
    return recent;
  }

  /**
   * Looks once more.
   *
   * @param devices all devices that are known
   * @param looking whether some source sees the devices of this network now
   * @param elapsed the measured time since the last look, as far as the process was awake
   * @param now the time on both clocks
   */
  public Turn next(Collection<Device> devices, boolean looking, Duration elapsed, Moment now) {
    Duration watched = looking ? looked.plus(elapsed) : looked;
    List<SessionChange> changes = new ArrayList<>(due);
    Map<DeviceKey, Running> left = new LinkedHashMap<>();
    Duration setBack = setBack(now);
    running.forEach((key, one) -> left.put(key, corrected(one, setBack, changes)));
    Map<DeviceKey, Running> after = new HashMap<>();
    for (Device device : devices) {
      Running before = takeOver(device, left, changes);
      Running one = before == null ? opened(device, changes) : goesOn(before, device);
      if (one != null && isOver(one, device, watched)) {
        changes.add(new SessionChange.Closed(one.session.closed()));
      } else if (one != null) {
        after.put(device.key(), one);
      }
    }
    left.values().forEach(one -> changes.add(new SessionChange.Closed(one.session.closed())));
    Stream<Session> closed =
        changes.stream().map(SessionChange::session).filter(Session::isTransient);
    List<Session> passedBy = recent(Stream.concat(closed, recent.stream()), now.at());
    return new Turn(new Sessions(after, passedBy, List.of(), watched, now), changes);
  }

  /**
   * By how much the wall clock was set back since the last look. Only that is certain: a clock that
   * leapt forward may also belong to a machine that slept, and then the time did pass.
   */
  private Duration setBack(Moment now) {
    if (last == null) {
      return Duration.ZERO;
    }
    Duration leap = Duration.between(last.at(), now.at()).minus(now.since(last));
    return leap.plus(DRIFT).isNegative() ? leap : Duration.ZERO;
  }

  private static Running corrected(Running one, Duration by, List<SessionChange> changes) {
    if (by.isZero()) {
      return one;
    }
    Session session = moved(one.session, by);
    changes.add(new SessionChange.Corrected(one.session, session));
    return new Running(session, one.isInherited);
  }

  /** Takes the session of a device, also where it was known by its address alone until now. */
  private static @Nullable Running takeOver(
      Device device, Map<DeviceKey, Running> left, List<SessionChange> changes) {
    Running own = left.remove(device.key());
    for (InetAddress address : device.mac() == null ? List.<InetAddress>of() : device.addresses()) {
      Running nameless = left.remove(new DeviceKey.ByAddress(address));
      if (nameless != null) {
        Session renamed = renamed(nameless.session, device.key());
        Session whole = own == null ? renamed : joined(own.session, renamed);
        changes.add(new SessionChange.Corrected(nameless.session, whole));
        if (own != null && !whole.firstSeen().equals(own.session.firstSeen())) {
          changes.add(new SessionChange.Corrected(own.session, whole));
        }
        own = new Running(whole, nameless.isInherited && (own == null || own.isInherited));
      }
    }
    return own;
  }

  private static @Nullable Running opened(Device device, List<SessionChange> changes) {
    Instant seen = device.lastSeen();
    if (device.presence() != Presence.ONLINE || seen == null) {
      return null;
    }
    Session session = new Session(device.key(), seen, seen, true);
    changes.add(new SessionChange.Opened(session));
    return new Running(session, false);
  }

  private static Running goesOn(Running before, Device device) {
    Instant seen = device.lastSeen();
    if (seen == null || !seen.isAfter(before.session.lastSeen())) {
      return before;
    }
    return new Running(before.session.until(seen), false);
  }

  private static boolean isOver(Running one, Device device, Duration watched) {
    return device.presence() == Presence.OFFLINE
        && (!one.isInherited || watched.compareTo(PATIENCE) >= 0);
  }

  private static List<Session> recent(Stream<Session> passedBy, Instant now) {
    return passedBy
        .filter(session -> session.lastSeen().isAfter(now.minus(RECENT)))
        .sorted(Comparator.comparing(Session::lastSeen).reversed())
        .limit(MOST_RECENT)
        .toList();
  }

  private static Duration shorter(Duration untilNow) {
    return untilNow.isNegative() ? untilNow : Duration.ZERO;
  }

  private static Session moved(Session one, Duration by) {
    return by.isZero()
        ? one
        : new Session(one.device(), one.firstSeen().plus(by), one.lastSeen().plus(by), one.open());
  }

  private static Session renamed(Session one, DeviceKey key) {
    return new Session(key, one.firstSeen(), one.lastSeen(), one.open());
  }

  private static Session joined(Session one, Session other) {
    boolean earlier = other.firstSeen().isBefore(one.firstSeen());
    Session first = earlier ? other : one;
    return first.until((earlier ? one : other).lastSeen());
  }
}
