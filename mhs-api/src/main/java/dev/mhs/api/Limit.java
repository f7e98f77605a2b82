package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast a device may be. Viewpoint: the device's.
 *
 * @param device which device
 * @param addresses the addresses it has now, by which a router recognises it; may be empty when a
 *     limit is removed
 * @param download the most it may receive, or null for no limit
 * @param upload the most it may send, or null for no limit
 * @since 0.1
 */
public record Limit(
    DeviceKey device,
    List<InetAddress> addresses,
    @Nullable BitRate download,
    @Nullable BitRate upload) {
  /** Copies the addresses and checks that a limit of zero is not asked for. */
  public Limit {
    requireNonNull(device, "device is null");
    addresses = List.copyOf(addresses);
    if (BitRate.ZERO.equals(download) || BitRate.ZERO.equals(upload)) {
      throw new IllegalArgumentException("a limit of zero; null means unlimited");
    }
  }

  /**
   * Tells whether nothing is limited, so that the limit is to be removed.
   *
   * @return whether both directions are unlimited
   */
  public boolean isUnlimited() {
    return download == null && upload == null;
  }
}
