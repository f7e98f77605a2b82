package dev.mhs.core.history;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A day, a week or a month as people of a time zone count them: a day has 23 or 25 hours where the
 * clock is changed, and a week begins on Monday.
 *
 * @param begin when it begins
 * @param end when the next one begins
 */
public record Period(Instant begin, Instant end) {
  /** Checks that it does not end before it begins. */
  public Period {
    requireNonNull(begin, "begin is null");
    requireNonNull(end, "end is null");
    if (!end.isAfter(begin)) {
      throw new IllegalArgumentException("no period: " + begin + " to " + end);
    }
  }

  /** What is counted together. */
  public enum Kind {
    /** From midnight to midnight. */
    DAY,
    /** From Monday to Sunday. */
    WEEK,
    /** A month of the calendar. */
    MONTH;

    /**
     * Returns the present period and those before it.
     *
     * @param now the time
     * @param zone the time zone
     * @param count how many
     * @return the periods, the present one first
     */
    public List<Period> upTo(Instant now, ZoneId zone, int count) {
      LocalDate first = first(LocalDate.ofInstant(now, zone));
      return IntStream.range(0, count)
          .mapToObj(back -> new Period(begin(first, -back, zone), begin(first, 1L - back, zone)))
          .toList();
    }

    private LocalDate first(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
      };
    }

    private Instant begin(LocalDate first, long further, ZoneId zone) {
      LocalDate day =
          switch (this) {
            case DAY -> first.plusDays(further);
            case WEEK -> first.plusWeeks(further);
            case MONTH -> first.plusMonths(further);
          };
      return day.atStartOfDay(zone).toInstant();
    }
  }
}
