package dev.mhs.core.alert;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is told, and when.
 *
 * @param isTold whether anything is: somebody hears it
 * @param newDevices whether devices that were never met are told
 * @param returns whether the return of a device that was told to be gone is told
 * @param grace for how long a watched device must be gone
 * @param learning for how long after its first answer all that a source names was there before
 * @param quiet when nobody is to be disturbed, or null
 * @param zone where the clock on the wall hangs
 */
public record AlertSettings(
    boolean isTold,
    boolean newDevices,
    boolean returns,
    Duration grace,
    Duration learning,
    @Nullable QuietHours quiet,
    ZoneId zone) {
  /** Checks that nothing needed is missing. */
  public AlertSettings {
    requireNonNull(grace, "grace is null");
    requireNonNull(learning, "learning is null");
    requireNonNull(zone, "zone is null");
  }

  /**
   * Tells until when nobody is to be disturbed.
   *
   * @param now the time
   * @return the end of the present quiet hours, or empty when it is not quiet
   */
  public Optional<Instant> quietUntil(Instant now) {
    return quiet == null ? Optional.empty() : quiet.until(now, zone);
  }
}
