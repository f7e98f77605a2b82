package dev.mhs.core.alert;

import dev.mhs.api.Capability;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Presence;
import dev.mhs.api.Snapshot;
import dev.mhs.core.journal.Acquaintance;
import dev.mhs.core.journal.Acquaintance.Absence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which departures of watched devices are to be told now: those that have lasted, and not again and
 * again those of a device that comes and goes. A value: {@link #next} makes the next one.
 */
public final class Departures {
  /** None is waited for. */
  public static final Departures NONE = new Departures(Map.of());

  /** A device that was told to be gone is not told again before so long; doubled each time. */
  static final Duration FIRST_PAUSE = Duration.ofMinutes(10);

  /** And no longer than so. */
  static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  /** After so long without being told it starts afresh. */
  static final Duration RESTED = Duration.ofDays(1);

  private final Map<DeviceKey, Duration> waited; // while somebody looked

  private Departures(Map<DeviceKey, Duration> waited) {
    this.waited = waited;
  }

  /**
   * A departure that is to be told.
   *
   * @param device the device
   * @param away for how long it was not seen
   * @param told its acquaintance once it is told
   */
  public record Due(Device device, Duration away, Acquaintance told) {}

  /**
   * What is to be done.
   *
   * @param next what to carry on
   * @param due what is to be told
   */
  public record Result(Departures next, List<Due> due) {}

  /**
   * Finds what is to be told.
   *
   * @param known everybody who was met
   * @param snapshot what is now
   * @param elapsed the measured time since the last snapshot
   * @param grace for how long a device must be gone
   * @return what is to be done
   */
  public Result next(
      Map<DeviceKey, Acquaintance> known, Snapshot snapshot, Duration elapsed, Duration grace) {
    boolean somebodyLooks = snapshot.source(Capability.DEVICES) != null;
    Map<DeviceKey, Duration> next = new HashMap<>();
    List<Due> due = new ArrayList<>();
    for (DeviceState state : snapshot.devices()) {
      Device device = state.device();
      Acquaintance one = known.get(device.key());
      if (one == null || one.absence() != Absence.OPEN || device.presence() != Presence.OFFLINE) {
        continue;
      }
      Duration soFar = waited.getOrDefault(device.key(), Duration.ZERO);
      Duration so = somebodyLooks ? soFar.plus(elapsed) : soFar;
      if (so.plus(before(one, device, grace)).compareTo(grace) >= 0
          && !isResting(one, snapshot.at())) {
        due.add(new Due(device, away(device, snapshot.at()), told(one, snapshot.at())));
      } else {
        next.put(device.key(), so);
      }
    }
    return new Result(new Departures(next), due);
  }

  /** It was already missed for a while when it counted as gone; no clock makes that more. */
  private static Duration before(Acquaintance one, Device device, Duration most) {
    Instant seen = device.lastSeen();
    if (seen == null || seen.isAfter(one.changedAt())) {
      return Duration.ZERO;
    }
    Duration missed = Duration.between(seen, one.changedAt());
    return missed.compareTo(most) < 0 ? missed : most;
  }

  private static Duration away(Device device, Instant now) {
    @Nullable Instant seen = device.lastSeen();
    return seen == null || seen.isAfter(now) ? Duration.ZERO : Duration.between(seen, now);
  }

  private static Acquaintance told(Acquaintance one, Instant now) {
    boolean again = sinceTold(one, now).compareTo(RESTED) < 0;
    return one.told(now, again ? one.timesTold() + 1 : 1);
  }

  private static boolean isResting(Acquaintance one, Instant now) {
    return sinceTold(one, now).compareTo(pause(one.timesTold())) < 0;
  }

  private static Duration pause(int times) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(times - 1, 0, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private static Duration sinceTold(Acquaintance one, Instant now) {
    Instant last = one.lastTold();
    return last == null || last.isAfter(now) ? RESTED : Duration.between(last, now);
  }
}
