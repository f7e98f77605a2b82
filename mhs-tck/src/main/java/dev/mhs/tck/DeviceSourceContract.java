package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Evidence;
import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.core.spi.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a source keeps to that tells who is on the network. The environment that {@link #open} gives
 * holds at least one device.
 *
 * @since 0.1
 */
public abstract class DeviceSourceContract extends CapabilityContract<List<Sighting>> {
  /** For subclasses. */
  protected DeviceSourceContract() {}

  @Override
  final Optional<Asked<List<Sighting>>> offered(Source source) {
    return source.devices().map(Asking::new);
  }

  /** The answer holds a device, no null, and cannot be changed by whoever gets it. */
  @Test
  public void theAnswerIsSound() {
    List<Sighting> answer = answer(asked(opened()));

    assertFalse(answer.isEmpty(), "the environment holds no device");
    assertSound("devices()", answer);
  }

  /** What identifies a device does not change from one question to the next. */
  @Test
  public void keysAreStable() {
    Asked<List<Sighting>> asked = asked(opened());

    assertEquals(keys(answer(asked)), keys(answer(asked)));
  }

  /** No evidence is stamped in the future. */
  @Test
  public void evidenceIsNotFromTheFuture() {
    List<Sighting> answer = answer(asked(opened()));

    Instant now = context().time().instant();
    for (Sighting sighting : answer) {
      for (Evidence evidence : sighting.evidence()) {
        assertFalse(evidence.at().isAfter(now), () -> evidence + " of " + sighting.key());
      }
    }
  }

  /** Asking for a rescan returns at once. */
  @Test
  public void rescanningReturnsAtOnce() {
    Source source = opened();
    DeviceSource devices = source.devices().orElseThrow();

    boolean done =
        atOnce(
            "rescan()",
            () -> {
              devices.rescan();
              return true;
            });
    assertTrue(done);
    assertFalse(answer(asked(source)).isEmpty(), "there is no device after a rescan");
  }

  private static Set<DeviceKey> keys(List<Sighting> answer) {
    return answer.stream().map(Sighting::key).collect(Collectors.toSet());
  }

  private record Asking(DeviceSource devices) implements Asked<List<Sighting>> {
    @Override
    public Poll<List<Sighting>> ask() throws InterruptedException {
      return devices.devices();
    }

    @Override
    public Cadence cadence() {
      return devices.cadence();
    }
  }
}
