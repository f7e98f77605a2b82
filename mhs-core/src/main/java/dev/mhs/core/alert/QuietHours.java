package dev.mhs.core.alert;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The hours of each day in which nobody is to be disturbed.
 *
 * <p>They begin and end by the clock on the wall. Where that clock is set forward over one of them,
 * it counts as the moment of the change; where it is set back, the first of two counts.
 *
 * @param from when they begin
 * @param to when they end, on the next day if that is not later
 */
public record QuietHours(LocalTime from, LocalTime to) {
  /** Checks that they are not the whole day, or nothing of it. */
  public QuietHours {
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    if (from.equals(to)) {
      throw new IllegalArgumentException("quiet hours must end at another time than they begin");
    }
  }

  /**
   * Tells until when it is quiet.
   *
   * @param now the time
   * @param zone where the clock hangs
   * @return when the present quiet hours end, or empty when it is not quiet
   */
  public Optional<Instant> until(Instant now, ZoneId zone) {
    LocalDate today = now.atZone(zone).toLocalDate();
    for (LocalDate day : new LocalDate[] {today.minusDays(1), today}) {
      Instant end = end(day, zone);
      if (!now.isBefore(start(day, zone)) && now.isBefore(end)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }

  private Instant start(LocalDate day, ZoneId zone) {
    return at(day, from, zone);
  }

  private Instant end(LocalDate day, ZoneId zone) {
    return at(to.isAfter(from) ? day : day.plusDays(1), to, zone);
  }

  /** In a gap the change itself, in an overlap the earlier: {@link ZonedDateTime#of}. */
  private static Instant at(LocalDate day, LocalTime time, ZoneId zone) {
    var gap = zone.getRules().getTransition(day.atTime(time));
    return gap != null && gap.isGap()
        ? gap.getInstant()
        : day.atTime(time).atZone(zone).toInstant();
  }

  /** Returns them as they are written: {@code 22:00-07:00}. */
  @Override
  public String toString() {
    return from + "-" + to;
  }
}
