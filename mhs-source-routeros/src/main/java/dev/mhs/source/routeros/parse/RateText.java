package dev.mhs.source.routeros.parse;

import dev.mhs.api.BitRate;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the forms in which RouterOS writes a rate: {@code 30000000}, {@code 30M}, {@code 512k},
 * {@code 2.5Gbps}, {@code 6.4kbps}.
 */
public final class RateText {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([kmgt]?)(?:bps)?");

  private RateText() {}

  /**
   * Reads a rate.
   *
   * @param text one of the forms
   * @return the rate, or empty when the text is none
   */
  public static Optional<BitRate> parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    BigDecimal bits = new BigDecimal(form.group(1)).movePointRight(power(form.group(2)));
    return bits.precision() - bits.scale() > 18
        ? Optional.empty()
        : Optional.of(new BitRate(bits.longValue()));
  }

  private static int power(String unit) {
    return switch (unit) {
      case "k" -> 3;
      case "m" -> 6;
      case "g" -> 9;
      case "t" -> 12;
      default -> 0;
    };
  }
}
