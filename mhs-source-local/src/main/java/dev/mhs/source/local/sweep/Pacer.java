package dev.mhs.source.local.sweep;

import java.time.Duration;

/**
 * A bucket of permissions to send: a burst at first, then a steady rate, because the kernel's
 * neighbor cache is small and every address that nobody has takes a place in it. From 512 entries
 * on (Linux net/ipv4/arp.c, gc_thresh2) it throws out old ones, good ones among them, once in 5 s;
 * at 1024 (gc_thresh3) it refuses. A sweep of a /20 held 1005 entries at 100 a second (Linux 6.18),
 * so the rate is half of that. For one thread.
 */
public final class Pacer {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int burst;
  private final int perSecond;
  private double permissions;
  private long filledAt;

  /**
   * Makes a full bucket.
   *
   * @param burst how many permissions it holds
   * @param perSecond how many are added in a second
   * @param nanos the monotonic clock now
   */
  public Pacer(int burst, int perSecond, long nanos) {
    this.burst = burst;
    this.perSecond = perSecond;
    permissions = burst;
    filledAt = nanos;
  }

  /**
   * Takes a permission.
   *
   * @param nanos the monotonic clock now
   * @return how long to wait before it holds; zero when it holds at once
   */
  public Duration take(long nanos) {
    double added = (nanos - filledAt) / NANOS_PER_SECOND * perSecond;
    permissions = Math.min(burst, permissions + added) - 1;
    filledAt = nanos;
    return permissions >= 0
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil(-permissions / perSecond * NANOS_PER_SECOND));
  }
}
