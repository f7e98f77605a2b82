package dev.mhs.source.routeros.parse;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the forms in which RouterOS writes a time span: {@code 1w2d3h4m5s}, {@code 4s750ms}, {@code
 * 453us}, {@code 00:03:12}, {@code 1d 00:03:12}, and seconds alone.
 */
public final class RouterDuration {
  private static final Pattern UNITS =
      Pattern.compile(
          "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m(?!s))?(?:(\\d{1,9})s)?"
              + "(?:(\\d{1,9})ms)?(?:(\\d{1,9})us)?");
  private static final Pattern CLOCK =
      Pattern.compile(
          "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?\\s*(\\d{1,4}):(\\d{2}):(\\d{2})(?:\\.\\d+)?");
  private static final long[] MICROS_PER_UNIT = {
    604_800_000_000L, 86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L
  };

  private RouterDuration() {}

  /**
   * Reads a time span.
   *
   * @param text one of the forms
   * @return the span, or empty for {@code never} and for anything else
   */
  public static Optional<Duration> parse(String text) {
    String span = text.strip();
    if (span.isEmpty()) {
      return Optional.empty();
    }
    if (span.matches("\\d{1,12}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(span)));
    }
    Matcher clock = CLOCK.matcher(span);
    if (clock.matches()) {
      return Optional.of(sum(clock));
    }
    Matcher units = UNITS.matcher(span);
    return units.matches() ? Optional.of(sum(units)) : Optional.empty();
  }

  private static Duration sum(Matcher groups) {
    Duration sum = Duration.ZERO;
    for (int unit = 0; unit < groups.groupCount(); unit++) {
      String count = groups.group(unit + 1);
      if (count != null) {
        long micros = Math.multiplyExact(Long.parseLong(count), MICROS_PER_UNIT[unit]);
        sum = sum.plusNanos(Math.multiplyExact(micros % 1_000_000L, 1_000L));
        sum = sum.plusSeconds(micros / 1_000_000L);
      }
    }
    return sum;
  }
}
