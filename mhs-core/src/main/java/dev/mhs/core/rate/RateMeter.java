package dev.mhs.core.rate;

import dev.mhs.api.BitRate;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings of one source into throughput. A value: {@link #next} makes the next one.
 *
 * <p>A gap is not a zero: the first reading, a reset, a reboot and an implausible step give nothing
 * for that interval. Bytes are conserved: between two readings without a reset, however many others
 * lie between them, exactly the difference of the counters is told. Only the monotonic clock
 * divides.
 *
 * @param <K> what tells one counter from another
 * @param marks the last totals of each counter and when they were read
 * @param throughput what the last reading yielded; a counter that yielded nothing is absent
 * @param at when the last reading was, or null before the first
 * @param implausible how many steps were dropped because no link is so fast
 */
public record RateMeter<K>(
    Map<K, Mark> marks, Map<K, Throughput> throughput, @Nullable Moment at, long implausible) {
  /** Two readings closer than this are one: their difference would be noise. */
  static final Duration SHORTEST = Duration.ofMillis(100);

  /** A counter not read for so long is forgotten. */
  static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(30);

  /** A rate that was told stands for no more than this since the last reading. */
  static final Duration LONGEST_TOLD = Duration.ofMinutes(2);

  private static final long WRAP = 1L << 32;
  private static final BitRate GIGABIT = BitRate.ofMegabits(1000);
  private static final double TOLERANCE = 1.1; // clocks of two boxes, framing overhead
  private static final long BURST_BYTES = 1 << 16; // what a counter that lags may catch up at once

  /**
   * Totals and when they were read.
   *
   * @param at when
   * @param totals the counters
   */
  record Mark(Moment at, Usage.Totals totals) {}

  /** Copies the maps. */
  public RateMeter {
    marks = Map.copyOf(marks);
    throughput = Map.copyOf(throughput);
  }

  /** Returns a meter that has read nothing yet. */
  public static <K> RateMeter<K> fresh() {
    return new RateMeter<>(Map.of(), Map.of(), null, 0);
  }

  /**
   * Returns the meter after one more reading. A reading at the moment of the last one, or before
   * it, changes nothing.
   *
   * @param now when the counters were read
   * @param usages what was measured
   * @param fastest the link speed of each counter; more than that is implausible
   */
  public RateMeter<K> next(Moment now, Map<K, Usage> usages, Function<K, BitRate> fastest) {
    if (at != null && now.since(at).compareTo(SHORTEST) < 0) {
      return this;
    }
    Reading<K> reading = new Reading<>(this, now);
    usages.forEach((key, usage) -> reading.add(key, usage, fastest.apply(key)));
    return reading.meter();
  }

  /** What one reading yields, being collected. */
  private static final class Reading<K> {
    private final RateMeter<K> before;
    private final Moment now;
    private final Map<K, Mark> marks = new HashMap<>();
    private final Map<K, Throughput> throughput = new HashMap<>();
    private long implausible;

    Reading(RateMeter<K> before, Moment now) {
      this.before = before;
      this.now = now;
      this.implausible = before.implausible;
      before.marks.forEach(
          (key, mark) -> {
            if (now.since(mark.at()).compareTo(FORGOTTEN_AFTER) < 0) {
              marks.put(key, mark);
            }
          });
    }

    void add(K key, Usage usage, BitRate fastest) {
      Optional<Throughput> moved =
          switch (usage) {
            case Usage.Totals totals -> step(key, totals, fastest);
            case Usage.Delta delta ->
                Optional.of(
                    new Throughput(
                        delta.downloadBytes(), delta.uploadBytes(), now.at(), delta.over()));
            case Usage.Rates rates -> told(rates);
          };
      moved.ifPresent(one -> keep(key, one, fastest));
    }

    private Optional<Throughput> step(K key, Usage.Totals totals, BitRate fastest) {
      Mark mark = marks.put(key, new Mark(now, totals));
      if (mark == null
          || mark.totals().epoch() != totals.epoch()
          || mark.totals().width() != totals.width()) {
        return Optional.empty();
      }
      Duration over = now.since(mark.at());
      long wrap = mostOfWrap(fastest, over);
      OptionalLong down =
          grown(mark.totals().downloadBytes(), totals.downloadBytes(), totals.width(), wrap);
      OptionalLong up =
          grown(mark.totals().uploadBytes(), totals.uploadBytes(), totals.width(), wrap);
      if (down.isEmpty() || up.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(new Throughput(down.getAsLong(), up.getAsLong(), now.at(), over));
    }

    private Optional<Throughput> told(Usage.Rates rates) {
      if (before.at == null) {
        return Optional.empty(); // it is not known for how long they held
      }
      Duration over = now.since(before.at);
      if (over.compareTo(LONGEST_TOLD) > 0) {
        return Optional.empty(); // nobody told what was in the gap
      }
      return Optional.of(
          new Throughput(
              rates.download().bytesIn(over), rates.upload().bytesIn(over), now.at(), over));
    }

    private void keep(K key, Throughput moved, BitRate fastest) {
      boolean endless = moved.over().compareTo(FORGOTTEN_AFTER) > 0; // sums would overflow
      long most = endless ? 0 : most(fastest, moved.over());
      if (endless || moved.downloadBytes() > most || moved.uploadBytes() > most) {
        implausible++;
      } else {
        throughput.put(key, moved);
      }
    }

    RateMeter<K> meter() {
      return new RateMeter<>(marks, throughput, now, implausible);
    }

    private static long most(BitRate fastest, Duration over) {
      return (long) (fastest.bytesIn(over) * TOLERANCE) + BURST_BYTES;
    }

    /**
     * How far a 32-bit counter may have gone past its end. In a time in which it may have gone
     * around altogether a wrap cannot be told from a reset, so it is none. Where the link is not
     * known to be slower, a gigabit is assumed: boxes with such counters have no faster ones.
     */
    private static long mostOfWrap(BitRate fastest, Duration over) {
      long most = most(fastest.compareTo(GIGABIT) < 0 ? fastest : GIGABIT, over);
      return most < WRAP ? most : 0;
    }

    /** How far a counter went, or empty when it began anew. RFC 2863 §3.1.6 on 32-bit wraps. */
    private static OptionalLong grown(long before, long now, CounterWidth width, long mostOfWrap) {
      if (now >= before) {
        return OptionalLong.of(now - before);
      }
      long wrapped = now + WRAP - before;
      return width == CounterWidth.BITS_32 && before < WRAP && wrapped <= mostOfWrap
          ? OptionalLong.of(wrapped)
          : OptionalLong.empty();
    }
  }
}
