package dev.mhs.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a source measured about somebody's traffic. A source reports; only the core divides by time.
 *
 * <p>Viewpoint: the household device's (or the household's, for the WAN). Download is what arrives
 * there, upload what it sends.
 *
 * @since 0.1
 */
public sealed interface Usage {
  /**
   * Cumulative counters since an unknown start.
   *
   * @param downloadBytes bytes received by the device
   * @param uploadBytes bytes sent by the device
   * @param width the width of both counters
   * @param epoch changes whenever the counters began anew (a reboot, a new counter); any number
   */
  record Totals(long downloadBytes, long uploadBytes, CounterWidth width, long epoch)
      implements Usage {
    /** Checks the counters. */
    public Totals {
      requireNonNull(width, "width is null");
      requireNotNegative(downloadBytes, uploadBytes);
    }
  }

  /**
   * Bytes within a measured time that ended at the reading's moment.
   *
   * @param downloadBytes bytes received by the device
   * @param uploadBytes bytes sent by the device
   * @param over the measured time, longer than zero
   */
  record Delta(long downloadBytes, long uploadBytes, Duration over) implements Usage {
    /** Checks the counts and the time. */
    public Delta {
      requireNotNegative(downloadBytes, uploadBytes);
      if (!over.isPositive()) {
        throw new IllegalArgumentException("a delta needs a time: " + over);
      }
    }
  }

  /**
   * Rates that the source was told and cannot check; used only where it sees no bytes.
   *
   * @param download what the device receives
   * @param upload what the device sends
   */
  record Rates(BitRate download, BitRate upload) implements Usage {
    /** Checks that both are there. */
    public Rates {
      requireNonNull(download, "download is null");
      requireNonNull(upload, "upload is null");
    }
  }

  private static void requireNotNegative(long downloadBytes, long uploadBytes) {
    if (downloadBytes < 0 || uploadBytes < 0) {
      throw new IllegalArgumentException(
          "negative bytes: " + downloadBytes + " down, " + uploadBytes + " up");
    }
  }
}
