package dev.mhs.core.event;

import dev.mhs.api.BitRate;
import dev.mhs.api.Capability;
import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.DeviceState;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.Snapshot;
import dev.mhs.api.SourceId;
import dev.mhs.core.journal.Event;
import dev.mhs.core.journal.EventKind;
import dev.mhs.core.journal.Portrait;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which limits were set, changed and removed, and by whom. A value: {@link #next} makes the next
 * one. What the box tells first, after a start or when another source takes over, is no change.
 */
public final class LimitChanges {
  /** Nothing was seen yet. */
  public static final LimitChanges NONE = new LimitChanges(null, Map.of());

  /** Who changed what nobody has commanded here. */
  public static final String ELSEWHERE = "somebody on the router";

  /**
   * Whose limit: its device as the box names it, and whether MHS made it.
   *
   * @param device the device
   * @param ours whether MHS made it
   */
  private record Whose(DeviceKey device, boolean ours) {}

  private final @Nullable SourceId source;
  private final Map<Whose, LimitInForce> limits;

  private LimitChanges(@Nullable SourceId source, Map<Whose, LimitInForce> limits) {
    this.source = source;
    this.limits = limits;
  }

  /** Knows what people have commanded lately. */
  @FunctionalInterface
  public interface Commanded {
    /**
     * Tells who has commanded that a limit be as it is now.
     *
     * @param device the device
     * @param download the most it may receive, or null
     * @param upload the most it may send, or null
     * @return who, in words for people, or null when nobody has
     */
    @Nullable String by(DeviceKey device, @Nullable BitRate download, @Nullable BitRate upload);
  }

  /**
   * What happened.
   *
   * @param next what to carry on
   * @param events the events, without numbers
   */
  public record Result(LimitChanges next, List<Event> events) {}

  /**
   * Tells what happened to limits.
   *
   * @param snapshot what is now
   * @param commanded knows what people have commanded
   * @return what happened
   */
  public Result next(Snapshot snapshot, Commanded commanded) {
    SourceId chosen = snapshot.source(Capability.LIMITS);
    if (chosen == null) {
      return new Result(this, List.of());
    }
    Map<Whose, LimitInForce> now = new HashMap<>();
    snapshot.limits().forEach(one -> now.put(new Whose(one.limit().device(), one.ours()), one));
    LimitChanges next = new LimitChanges(chosen, now);
    return new Result(next, chosen.equals(source) ? changes(now, snapshot, commanded) : List.of());
  }

  private List<Event> changes(
      Map<Whose, LimitInForce> now, Snapshot snapshot, Commanded commanded) {
    Set<Whose> all = new HashSet<>(limits.keySet());
    all.addAll(now.keySet());
    List<Event> events = new ArrayList<>();
    for (Whose whose : all) {
      LimitInForce was = limits.get(whose);
      LimitInForce is = now.get(whose);
      if (!same(was, is)) {
        Portrait device = portrait(snapshot, is == null ? was : is, whose.device());
        String by =
            commanded.by(
                device.key(),
                is == null ? null : is.limit().download(),
                is == null ? null : is.limit().upload());
        events.add(
            Event.of(snapshot.at(), EventKind.LIMIT_CHANGED, device)
                .changed(words(was), words(is), by == null ? ELSEWHERE : by));
      }
    }
    return events;
  }

  private static boolean same(@Nullable LimitInForce was, @Nullable LimitInForce is) {
    if (was == null || is == null) {
      return was == null && is == null;
    }
    return Objects.equals(was.limit().download(), is.limit().download())
        && Objects.equals(was.limit().upload(), is.limit().upload());
  }

  private static Portrait portrait(Snapshot snapshot, @Nullable LimitInForce limit, DeviceKey key) {
    List<InetAddress> addresses = limit == null ? List.of() : limit.limit().addresses();
    for (DeviceState state : snapshot.devices()) {
      if (isOf(state.device(), key)) {
        return Portrait.of(state.device());
      }
    }
    return new Portrait(key, null, null, null, addresses.isEmpty() ? null : addresses.getFirst());
  }

  private static boolean isOf(Device device, DeviceKey key) {
    return device.key().equals(key)
        || (key instanceof DeviceKey.ByAddress(InetAddress address)
            && device.addresses().contains(address));
  }

  /** For people: {@code 30 Mbit/s down, 10 Mbit/s up}; null for no limit. */
  private static @Nullable String words(@Nullable LimitInForce inForce) {
    if (inForce == null) {
      return null;
    }
    Limit limit = inForce.limit();
    return words(limit.download()) + " down, " + words(limit.upload()) + " up";
  }

  private static String words(@Nullable BitRate rate) {
    return rate == null
        ? "unlimited"
        : BigDecimal.valueOf(rate.megabits()).stripTrailingZeros().toPlainString() + " Mbit/s";
  }
}
