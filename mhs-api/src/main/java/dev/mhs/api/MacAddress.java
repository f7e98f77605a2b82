package dev.mhs.api;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A 48-bit link-layer address (IEEE 802, EUI-48), the identity of a device wherever one is visible.
 *
 * @param value the 48 bits, the first octet in the highest place; never negative
 * @since 0.1
 */
public record MacAddress(long value) implements Comparable<MacAddress> {
  private static final Pattern SPELLINGS =
      Pattern.compile(
          "[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}"
              + "|[0-9a-f]{4}(?:\\.[0-9a-f]{4}){2}|[0-9a-f]{12}",
          Pattern.CASE_INSENSITIVE);
  private static final long GROUP_BIT = 1L << 40; // IEEE 802-2014 §8.2.2: I/G
  private static final long LOCAL_BIT = 1L << 41; // IEEE 802-2014 §8.2.2: U/L

  /** Checks that the value has no more than 48 bits. */
  public MacAddress {
    if (value >>> 48 != 0) {
      throw new IllegalArgumentException("a MAC address has 48 bits");
    }
  }

  /**
   * Returns the address that a text spells, in any usual form: {@code aa:bb:cc:dd:ee:ff}, {@code
   * AA-BB-CC-DD-EE-FF}, {@code aabb.ccdd.eeff} or twelve digits.
   *
   * @param text the text; white space around it is not accepted
   * @return the address, or empty when the text spells none
   */
  public static Optional<MacAddress> parse(String text) {
    if (!SPELLINGS.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(new MacAddress(Long.parseLong(text.replaceAll("[:.-]", ""), 16)));
  }

  /**
   * Returns the address that a text spells.
   *
   * @param text a spelling that {@link #parse} accepts
   * @return the address
   * @throws IllegalArgumentException when the text spells no MAC address
   */
  public static MacAddress of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a MAC address: " + text));
  }

  /**
   * Tells whether the address was made up by the device itself, as phones do for privacy (the
   * locally administered bit of IEEE 802-2014 §8.2.2 on a unicast address).
   *
   * @return whether it is randomised
   */
  public boolean isRandomized() {
    return (value & LOCAL_BIT) != 0 && !isGroup();
  }

  /**
   * Tells whether the address names a group (multicast or broadcast), hence no device.
   *
   * @return whether it is a group address
   */
  public boolean isGroup() {
    return (value & GROUP_BIT) != 0;
  }

  /**
   * Tells whether the address can identify a device: it is neither all zeros nor a group.
   *
   * @return whether a device can have it
   */
  public boolean isDevice() {
    return value != 0 && !isGroup();
  }

  @Override
  public int compareTo(MacAddress other) {
    return Long.compare(value, other.value);
  }

  /** Returns the usual spelling, lower case with colons. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
      if (shift < 40) {
        text.append(':');
      }
      int octet = (int) (value >>> shift) & 0xff;
      text.append(Character.forDigit(octet >>> 4, 16)).append(Character.forDigit(octet & 15, 16));
    }
    return text.toString();
  }
}
