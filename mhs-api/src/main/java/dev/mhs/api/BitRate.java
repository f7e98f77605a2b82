package dev.mhs.api;

import java.time.Duration;

/**
 * A rate in bits per second over a stated interval, or the capacity of a link.
 *
 * <p>The factor 8 between bytes and bits stands here and nowhere else.
 *
 * @param bitsPerSecond bits per second, never negative
 * @since 0.1
 */
public record BitRate(long bitsPerSecond) implements Comparable<BitRate> {
  /** No bits at all: a measured zero, not an unknown. */
  public static final BitRate ZERO = new BitRate(0);

  private static final long BITS_PER_BYTE = 8;
  private static final long PER_MEGA = 1_000_000;

  /** Checks that the rate is not negative. */
  public BitRate {
    if (bitsPerSecond < 0) {
      throw new IllegalArgumentException("negative rate: " + bitsPerSecond);
    }
  }

  /**
   * Returns the mean rate of some bytes over an interval.
   *
   * @param bytes how many bytes, not negative
   * @param over the measured interval, longer than zero
   * @return the rate, rounded to whole bits per second
   */
  public static BitRate of(long bytes, Duration over) {
    double seconds = over.toNanos() / 1e9;
    if (bytes < 0 || seconds <= 0) {
      throw new IllegalArgumentException("no rate from " + bytes + " bytes over " + over);
    }
    return new BitRate(Math.round(bytes * (double) BITS_PER_BYTE / seconds));
  }

  /**
   * Returns a rate in megabits (10⁶ bits) per second, as link speeds and limits are written.
   *
   * @param megabits megabits per second, not negative
   * @return the rate
   */
  public static BitRate ofMegabits(double megabits) {
    return new BitRate(Math.round(megabits * PER_MEGA));
  }

  /**
   * Returns this rate in megabits (10⁶ bits) per second.
   *
   * @return megabits per second
   */
  public double megabits() {
    return bitsPerSecond / (double) PER_MEGA;
  }

  /**
   * Returns how many bytes this rate moves in a time.
   *
   * @param over the time
   * @return bytes, rounded down
   */
  public long bytesIn(Duration over) {
    return (long) (bitsPerSecond / (double) BITS_PER_BYTE * (over.toNanos() / 1e9));
  }

  /**
   * Returns the sum of two rates.
   *
   * @param other the other rate
   * @return both together
   */
  public BitRate plus(BitRate other) {
    return new BitRate(Math.addExact(bitsPerSecond, other.bitsPerSecond));
  }

  @Override
  public int compareTo(BitRate other) {
    return Long.compare(bitsPerSecond, other.bitsPerSecond);
  }

  /** Returns the rate with its unit, such as {@code 1500 bit/s}. */
  @Override
  public String toString() {
    return bitsPerSecond + " bit/s";
  }
}
