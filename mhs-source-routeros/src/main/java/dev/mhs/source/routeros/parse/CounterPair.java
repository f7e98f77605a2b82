package dev.mhs.source.routeros.parse;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Two counters that RouterOS writes as one text: {@code 123,456} in registration tables, {@code
 * 123/456} in queues.
 *
 * @param first the one before the separator
 * @param second the other one
 */
public record CounterPair(long first, long second) {
  /**
   * Reads a pair.
   *
   * @param text the text
   * @return the pair, or empty when the text is none
   */
  public static Optional<CounterPair> parse(String text) {
    String[] parts = text.split("[,/]", -1);
    if (parts.length != 2) {
      return Optional.empty();
    }
    OptionalLong first = CounterText.parse(parts[0].strip());
    OptionalLong second = CounterText.parse(parts[1].strip());
    return first.isEmpty() || second.isEmpty()
        ? Optional.empty()
        : Optional.of(new CounterPair(first.getAsLong(), second.getAsLong()));
  }
}
