package dev.mhs.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How RouterOS reads what is written to it. */
final class Forms {
  private Forms() {}

  /** {@code yes} and {@code no} are kept as {@code true} and {@code false}. */
  static String flag(String key, String text) {
    return switch (text) {
      case "yes", "true" -> "true";
      case "no", "false", "" -> "false";
      default -> throw noMatch(key);
    };
  }

  /** A pair {@code up/down} in bits per second: {@code 30M/30M} is read back in digits. */
  static String ratePair(String text) {
    String[] halves = text.split("/", -1);
    if (halves.length > 2) {
      throw noMatch("max-limit");
    }
    return rate(halves[0]) + "/" + rate(halves[halves.length - 1]);
  }

  /** The two numbers of a pair. */
  static long[] pair(String text) {
    String[] halves = text.split("/", -1);
    return new long[] {Long.parseLong(halves[0]), Long.parseLong(halves[1])};
  }

  /** A single address in a list of targets gets its prefix length; a network loses its host. */
  static String targets(String text) {
    List<String> kept = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      kept.add(Net.parse(one).map(Net::toString).orElse(one));
    }
    return String.join(",", kept);
  }

  /** An address list keeps a single address without its prefix length. */
  static String listed(String text) {
    return Net.parse(text)
        .map(net -> net.isSingle() && !net.isSix() ? net.base().getHostAddress() : net.toString())
        .orElseGet(
            () -> {
              if (text.isBlank()) {
                throw noMatch("address");
              }
              return text;
            });
  }

  private static long rate(String text) {
    String word = text.toUpperCase(Locale.ROOT);
    long factor =
        switch (word.isEmpty() ? ' ' : word.charAt(word.length() - 1)) {
          case 'K' -> 1_000;
          case 'M' -> 1_000_000;
          case 'G' -> 1_000_000_000;
          default -> 1;
        };
    try {
      long number = Long.parseLong(factor == 1 ? word : word.substring(0, word.length() - 1));
      if (number < 0) {
        throw noMatch("max-limit");
      }
      return Math.multiplyExact(number, factor);
    } catch (NumberFormatException | ArithmeticException wrong) {
      throw noMatch("max-limit");
    }
  }

  private static RefusedException noMatch(String key) {
    return RefusedException.bad("input does not match any value of " + key);
  }
}
