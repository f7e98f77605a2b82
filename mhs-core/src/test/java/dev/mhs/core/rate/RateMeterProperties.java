package dev.mhs.core.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Moment;
import dev.mhs.api.Throughput;
import dev.mhs.api.Usage;
import dev.mhs.core.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateMeterProperties {
  private static final BitRate GIGABIT = BitRate.ofMegabits(1000);
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final long TOP = 1L << 32;

  /** A counter, polled at times that come as they please. */
  private static final class Counter {
    private final Random random;
    private final CounterWidth width;
    private long nanos = -5_000_000_000L;
    private long bytes;
    private long epoch;

    Counter(Random random) {
      this.random = random;
      this.width = random.nextBoolean() ? CounterWidth.BITS_32 : CounterWidth.BITS_64;
      this.bytes = random.nextLong(TOP);
    }

    /** Lets time pass and moves as much as the link can carry at most. */
    void run() {
      long millis = random.nextInt(10) == 0 ? random.nextLong(60_000) : random.nextLong(4000);
      nanos += millis * 1_000_000;
      bytes += random.nextLong(1 + millis * 125_000);
    }

    /** Begins anew; the box tells so mostly, but not always. */
    void reboot() {
      bytes = random.nextLong(1000);
      epoch += random.nextInt(3);
    }

    Usage.Totals totals() {
      long shown = width == CounterWidth.BITS_32 ? bytes % TOP : bytes;
      return new Usage.Totals(shown, 0, width, epoch);
    }

    Moment moment() {
      return new Moment(START.plusNanos(nanos), nanos);
    }
  }

  @Test
  void resetsGapsDuplicatesRebootsAndWrapsNeverGiveASpikeOrANegativeRate() {
    Seeds.check(
        500,
        random -> {
          Counter counter = new Counter(random);
          RateMeter<String> meter = RateMeter.fresh();
          for (int step = 0; step < 100; step++) {
            switch (random.nextInt(12)) {
              case 0 -> counter.reboot();
              case 1 -> meter = meter.next(counter.moment(), Map.of(), key -> GIGABIT);
              case 2 -> meter = read(meter, counter);
              default -> {
                counter.run();
                meter = read(meter, counter);
              }
            }
            meter.throughput().values().forEach(RateMeterProperties::assertPlausible);
          }
        });
  }

  private static void assertPlausible(Throughput moved) {
    long most = (long) (GIGABIT.bytesIn(moved.over()) * 1.1) + 65_536;
    assertTrue(moved.downloadBytes() >= 0, moved::toString);
    assertTrue(moved.downloadBytes() <= most, moved::toString);
  }

  @Test
  void splittingAnIntervalKeepsTheBytes() {
    Seeds.check(
        500,
        random -> {
          Counter counter = new Counter(random);
          long first = counter.bytes;
          long firstNanos = counter.nanos;
          RateMeter<String> meter = read(RateMeter.fresh(), counter);
          long sum = 0;
          Duration time = Duration.ZERO;
          long told = counter.bytes;
          long toldNanos = counter.nanos;
          int readings = 1 + random.nextInt(40);
          for (int step = 0; step < readings; step++) {
            long since = counter.nanos;
            counter.nanos += 100_000_000L + random.nextLong(3_000_000_000L);
            counter.bytes += random.nextLong((counter.nanos - since) / 8);
            RateMeter<String> next = read(meter, counter);
            Throughput moved = next.throughput().get("a");
            if (moved != null) {
              sum += moved.downloadBytes();
              time = time.plus(moved.over());
              told = counter.bytes;
              toldNanos = counter.nanos;
            }
            meter = next;
          }
          assertEquals(told - first, sum);
          assertEquals(Duration.ofNanos(toldNanos - firstNanos), time);
          assertEquals(counter.bytes, told, "the last reading was told too");
        });
  }

  private static RateMeter<String> read(RateMeter<String> meter, Counter counter) {
    return meter.next(counter.moment(), Map.of("a", counter.totals()), key -> GIGABIT);
  }
}
