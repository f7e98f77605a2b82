package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import dev.mhs.core.spi.BandwidthSource;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.Source;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a source keeps to that tells who moved how many bytes. The environment that {@link #open}
 * gives counts something: a device, the line or the router itself.
 *
 * @since 0.1
 */
public abstract class BandwidthSourceContract extends CapabilityContract<BandwidthReading> {
  /** For subclasses. */
  protected BandwidthSourceContract() {}

  @Override
  final Optional<Asked<BandwidthReading>> offered(Source source) {
    return source.bandwidth().map(Asking::new);
  }

  /** Something is measured, and the reading says how. */
  @Test
  public void theAnswerIsSound() {
    BandwidthReading reading = answer(asked(opened()));

    assertFalse(reading.method().isBlank(), "the reading does not say how it was measured");
    assertTrue(
        !reading.devices().isEmpty() || reading.wan() != null || reading.own() != null,
        "nothing was measured");
  }

  /** Readings are stamped with the moment at which they were taken, in order. */
  @Test
  public void readingsAreStampedInOrder() {
    Asked<BandwidthReading> asked = asked(opened());

    Moment first = answer(asked).at();
    Moment second = answer(asked).at();

    assertFalse(second.since(first).isNegative(), "the second reading is older than the first");
    assertFalse(
        context().time().moment().since(second).isNegative(), "a reading is from the future");
  }

  /** Counters that go back say so, by another epoch. */
  @Test
  public void countersDoNotGoBackWithoutSayingSo() {
    Asked<BandwidthReading> asked = asked(opened());

    BandwidthReading first = answer(asked);
    BandwidthReading second = answer(asked);

    first.devices().forEach((key, before) -> assertOnward(before, second.devices().get(key)));
    assertOnward(first.wan(), second.wan());
    assertOnward(first.own(), second.own());
  }

  private static void assertOnward(@Nullable Usage before, @Nullable Usage after) {
    if (before instanceof Usage.Totals one && after instanceof Usage.Totals two) {
      boolean onward =
          one.epoch() != two.epoch()
              || one.width() == CounterWidth.BITS_32
              || (two.downloadBytes() >= one.downloadBytes()
                  && two.uploadBytes() >= one.uploadBytes());
      assertTrue(onward, () -> "from " + one + " back to " + two);
    }
  }

  private record Asking(BandwidthSource bandwidth) implements Asked<BandwidthReading> {
    @Override
    public Poll<BandwidthReading> ask() throws InterruptedException {
      return bandwidth.bandwidth();
    }

    @Override
    public Cadence cadence() {
      return bandwidth.cadence();
    }
  }
}
