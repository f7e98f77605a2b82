package dev.mhs.source.local.parse;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the hexadecimal numbers that the kernel prints. */
public final class Hex {
  private static final Pattern DIGITS = Pattern.compile("(?:0x)?([0-9a-fA-F]{1,8})");

  private Hex() {}

  /**
   * Returns the number that a text spells.
   *
   * @param text up to eight hexadecimal digits, with or without {@code 0x}
   * @return the number, not negative, or empty when the text spells none
   */
  public static Optional<Long> parse(String text) {
    var match = DIGITS.matcher(text);
    return match.matches() ? Optional.of(Long.parseLong(match.group(1), 16)) : Optional.empty();
  }
}
