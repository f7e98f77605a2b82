package dev.mhs.simulator.world;

/** The one place where bits and bytes meet: RouterOS limits in bits and counts in bytes. */
public final class Bits {
  private static final double BITS_OF_A_BYTE = 8;

  private Bits() {}

  /**
   * Returns how many bytes a rate lets through.
   *
   * @param bitsPerSecond the rate
   * @param seconds for how long
   * @return the bytes
   */
  public static double bytes(double bitsPerSecond, double seconds) {
    return bitsPerSecond * seconds / BITS_OF_A_BYTE;
  }

  /**
   * Returns the rate at which bytes went.
   *
   * @param bytes how many
   * @param seconds in what time
   * @return bits per second
   */
  public static long rate(double bytes, double seconds) {
    return Math.round(bytes * BITS_OF_A_BYTE / seconds);
  }
}
