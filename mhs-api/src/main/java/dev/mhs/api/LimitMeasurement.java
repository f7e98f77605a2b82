package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a limited device was measured to move lately, and what follows for its limit. Made by the
 * core.
 *
 * <p>Viewpoint: the device's.
 *
 * @param download the mean rate at which it received
 * @param upload the mean rate at which it sent
 * @param over the measured time
 * @param biting true when the device moved about as much as it may and no more, false when it moved
 *     clearly more for some time; null when nothing follows, for instance because it rests
 * @since 0.1
 */
public record LimitMeasurement(
    BitRate download, BitRate upload, Duration over, @Nullable Boolean biting) {
  /** Checks that nothing is missing. */
  public LimitMeasurement {
    requireNonNull(download, "download is null");
    requireNonNull(upload, "upload is null");
    requireNonNull(over, "over is null");
  }
}
