package dev.mhs.source.routeros.parse;

import java.util.OptionalLong;

/** Reads a counter or another number that cannot be negative. */
public final class CounterText {
  private CounterText() {}

  /**
   * Reads a number.
   *
   * @param text decimal digits alone
   * @return the number, or empty when the text is none or it is beyond 63 bits
   */
  public static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > 19) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int at = 0; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalLong.empty();
      }
      number = number * 10 + digit;
    }
    return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
  }
}
