package dev.mhs.source.local;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.local.count.CountLedger;
import dev.mhs.source.local.count.CountingPlan;
import dev.mhs.source.local.count.CountingPlan.Sight;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.count.KernelCounting;
import dev.mhs.source.local.count.Way;
import dev.mhs.source.local.limit.Passages;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the kernel counted for addresses into what devices moved. Where it cannot count, it
 * looks again now and then, since a package may be installed meanwhile, and as soon as interfaces
 * or networks change. For one thread, but for {@link #close}.
 */
final class DeviceCounting implements AutoCloseable {
  private static final Duration TRIED_AGAIN_AFTER = Duration.ofSeconds(60);

  private final LocalSettings settings;
  private final PlaceReader places;
  private final KernelCounting counting;
  private final Passages passages;
  private final KnownDevices known;
  private final TimeSource time;
  private final LimitedTraffic limited = new LimitedTraffic();
  private final CountLedger ledger = new CountLedger();
  private @Nullable Refusal refusal;

  /** That, when and why there was no counting by a plan. */
  private record Refusal(CountingPlan plan, Moment at, Result.NotCounted result) {}

  /** What a reading led to. */
  sealed interface Result {
    /**
     * It was counted.
     *
     * @param at when
     * @param sight whose traffic is seen here
     * @param devices what each moved; empty when counting has just begun
     * @param total what all moved together, or null when counting has just begun
     * @param how how it was counted
     */
    record Counted(
        Moment at, Sight sight, Map<DeviceKey, Usage> devices, @Nullable Usage total, How how)
        implements Result {}

    /**
     * How it was counted.
     *
     * @param way the way
     * @param missed packets that went by uncounted
     * @param passedOver why it is not counted in the best way, or null when it is
     */
    record How(Way way, long missed, KernelCounting.Look.@Nullable Unavailable passedOver) {
      String method() {
        return missed > 0 ? way.word() + " (estimated)" : way.word();
      }
    }

    /**
     * It is not counted.
     *
     * @param why one clause, or null when a person switched it off
     * @param remedy the command that mends it, or null
     */
    record NotCounted(@Nullable String why, @Nullable String remedy) implements Result {}
  }

  DeviceCounting(
      LocalSettings settings,
      PlaceReader places,
      Kernel kernel,
      KnownDevices known,
      TimeSource time) {
    this.settings = settings;
    this.places = places;
    this.counting = kernel.counting();
    this.passages = kernel.shaping().passages();
    this.known = known;
    this.time = time;
  }

  Result read() throws InterruptedException {
    if (!settings.counting()) {
      return new Result.NotCounted(null, null);
    }
    CountingPlan plan;
    try {
      plan = places.read();
    } catch (IOException untold) {
      return inVain("the kernel does not tell its addresses: " + untold.getMessage(), null);
    }
    if (plan.isEmpty()) {
      return inVain("this machine has no interface with a network behind it", null);
    }
    Refusal last = refusal;
    if (last != null
        && last.plan().equals(plan)
        && time.moment().since(last.at()).compareTo(TRIED_AGAIN_AFTER) < 0) {
      return last.result();
    }
    return switch (counting.look(plan)) {
      case KernelCounting.Look.Unavailable(String why, String remedy) -> {
        Result.NotCounted result = inVain(why, remedy);
        refusal = new Refusal(plan, time.moment(), result);
        yield result;
      }
      case KernelCounting.Look.Counted look -> counted(look, plan);
    };
  }

  private Result.NotCounted inVain(String why, @Nullable String remedy) {
    ledger.reset();
    refusal = null;
    return new Result.NotCounted(why, remedy);
  }

  private Result counted(KernelCounting.Look.Counted look, CountingPlan plan)
      throws InterruptedException {
    refusal = null;
    Sight sight = plan.sight();
    Moment now = time.moment();
    Result.How how = new Result.How(look.way(), look.missed(), look.passedOver());
    CountLedger.Moved counted = ledger.enter(look, now);
    Map<InetAddress, Counts> right =
        limited.enter(
            counted == null ? Map.of() : counted.counts(),
            passages.read(plan.exits()),
            known::addresses);
    if (counted == null) {
      return new Result.Counted(now, sight, Map.of(), null, how);
    }
    CountLedger.Moved moved = new CountLedger.Moved(right, counted.over());
    Map<DeviceKey, Usage> devices = new HashMap<>();
    if (sight == Sight.ALL) {
      known.keys().forEach(key -> devices.put(key, usage(Counts.NONE, moved.over())));
    }
    right.forEach(
        (address, counts) ->
            devices.put(new DeviceKey.ByAddress(address), usage(counts, moved.over())));
    return new Result.Counted(now, sight, devices, usage(moved.total(), moved.over()), how);
  }

  private static Usage usage(Counts counts, Duration over) {
    return new Usage.Delta(counts.downloadBytes(), counts.uploadBytes(), over);
  }

  @Override
  public void close() {
    counting.close();
  }
}
