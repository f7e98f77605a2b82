package dev.mhs.source.routeros.traffic;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.api.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a person how the devices together compare with the household's line, by whatever way they
 * are measured. For one thread; the findings for any.
 */
public final class LineCheck {
  private static final double TOO_LITTLE = 0.8;
  private static final double TOO_MUCH = 1.15;

  private final CrossCheck check = new CrossCheck();
  private Map<DeviceKey, Usage.Totals> totals = Map.of();
  private @Nullable Moment last;
  private volatile @Nullable Finding finding;

  /** Makes one that has compared nothing. */
  public LineCheck() {}

  /**
   * Compares one more reading.
   *
   * @param at when the devices were measured
   * @param devices what each moved, or has moved
   * @param own what the router itself moved, or null
   * @param line what the line moved since the last reading, both ways, or null
   */
  public void compare(
      Moment at, Map<DeviceKey, Usage> devices, @Nullable Usage own, @Nullable Long line) {
    long moved = own == null ? 0 : moved(own, null);
    Map<DeviceKey, Usage.Totals> now = new HashMap<>();
    for (Map.Entry<DeviceKey, Usage> entry : devices.entrySet()) {
      moved += moved(entry.getValue(), totals.get(entry.getKey()));
      if (entry.getValue() instanceof Usage.Totals counters) {
        now.put(entry.getKey(), counters);
      }
    }
    totals = now;
    Moment begin = last;
    last = devices.isEmpty() ? null : at; // what was skipped comes later, in one step with more
    if (devices.isEmpty() || line == null || begin == null) {
      check.reset();
    } else {
      check.add(begin, at, moved, 0, line).ifPresent(minute -> tell(minute.plain()));
    }
    if (devices.isEmpty() && line != null) {
      finding = null; // nobody is measured: what was true of another way is past
    }
  }

  /**
   * Returns how it compared in the last minute in which enough was moved. Any thread.
   *
   * @return one finding, or none
   */
  public List<Finding> findings() {
    return Optional.ofNullable(finding).stream().toList();
  }

  private void tell(double ratio) {
    String share = "the devices and the router itself account for " + percent(ratio);
    if (ratio < TOO_LITTLE) {
      finding =
          new Finding(
              Finding.Level.LACKING,
              share
                  + " of the line's bytes: the rest is moved without being counted by device (by"
                  + " the switch chip, through a tunnel, or past connection tracking)",
              null);
    } else if (ratio > TOO_MUCH) {
      finding =
          new Finding(
              Finding.Level.LACKING,
              share
                  + " of the line's bytes: traffic within the house is counted too, or a second"
                  + " line is not known",
              "/interface/list/member/add list=WAN interface=<the other line's interface>");
    } else {
      finding = new Finding(Finding.Level.GOOD, share + " of the line's bytes", null);
    }
  }

  private static String percent(double ratio) {
    return Math.round(ratio * 100) + " %";
  }

  private static long moved(Usage usage, Usage.@Nullable Totals before) {
    return switch (usage) {
      case Usage.Delta delta -> delta.downloadBytes() + delta.uploadBytes();
      case Usage.Totals now ->
          before == null || before.epoch() != now.epoch()
              ? 0
              : Math.max(0, now.downloadBytes() - before.downloadBytes())
                  + Math.max(0, now.uploadBytes() - before.uploadBytes());
      case Usage.Rates rates -> 0; // no bytes were seen
    };
  }
}
