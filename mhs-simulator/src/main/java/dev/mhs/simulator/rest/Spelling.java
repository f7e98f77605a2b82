package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.Release;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How RouterOS writes times and durations. */
final class Spelling {
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("MMM/dd/yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Spelling() {}

  /** Such as {@code 1w2d3h4m5s}; whole seconds. */
  static String duration(double seconds) {
    long left = (long) Math.max(0, seconds);
    StringBuilder text = new StringBuilder();
    long[] sizes = {604_800, 86_400, 3_600, 60, 1};
    String units = "wdhms";
    for (int unit = 0; unit < sizes.length; unit++) {
      long count = left / sizes[unit];
      left %= sizes[unit];
      if (count > 0) {
        text.append(count).append(units.charAt(unit));
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }

  static String date(Instant time, Release release) {
    return release.writesMonths() ? WORDS.format(time).toLowerCase(Locale.ROOT) : DATE.format(time);
  }

  static String timeOfDay(Instant time) {
    return TIME.format(time);
  }

  static String dateTime(Instant time, Release release) {
    return date(time, release) + " " + timeOfDay(time);
  }
}
