package dev.mhs.core.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.history.Period.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "DAY,   2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 23",
    "DAY,   2026-10-25T12:00:00Z, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
    "WEEK,  2026-03-25T12:00:00Z, 2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z, 167",
    "WEEK,  2026-10-25T22:59:59Z, 2026-10-18T22:00:00Z, 2026-10-25T23:00:00Z, 169",
    "WEEK,  2026-10-25T23:00:00Z, 2026-10-25T23:00:00Z, 2026-11-01T23:00:00Z, 168",
    "MONTH, 2026-03-31T21:59:59Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z, 743",
    "MONTH, 2026-10-01T00:00:00Z, 2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z, 745",
    "MONTH, 2028-02-29T12:00:00Z, 2028-01-31T23:00:00Z, 2028-02-29T23:00:00Z, 696",
  })
  void daysWeeksAndMonthsAreAsLongAsTheClockMakesThem(
      Kind kind, Instant now, Instant begin, Instant end, long hours) {
    Period period = kind.upTo(now, BERLIN, 1).getFirst();

    assertEquals(new Period(begin, end), period);
    assertEquals(Duration.ofHours(hours), Duration.between(period.begin(), period.end()));
  }

  /** In Havana and Beirut clocks are set forward at midnight: some days begin at 01:00. */
  @ParameterizedTest
  @ValueSource(
      strings = {"Europe/Berlin", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "UTC"})
  void noMomentOfTwoYearsIsInNoneOrInTwo(String name) {
    ZoneId zone = ZoneId.of(name);
    Instant now = Instant.parse("2026-11-05T09:30:00Z");
    for (Kind kind : Kind.values()) {
      List<Period> periods = kind.upTo(now, zone, kind == Kind.DAY ? 730 : 24);
      assertFalse(periods.getFirst().begin().isAfter(now));
      assertTrue(periods.getFirst().end().isAfter(now));
      for (int i = 1; i < periods.size(); i++) {
        assertEquals(periods.get(i - 1).begin(), periods.get(i).end(), kind + " in " + name);
      }
      long days =
          periods.stream().map(one -> LocalDate.ofInstant(one.begin(), zone)).distinct().count();
      assertEquals(periods.size(), days, kind + " in " + name);
    }
  }

  @Test
  void aWeekBeginsOnMondayAlsoWhereTheYearEndsInIt() {
    List<Period> weeks = Kind.WEEK.upTo(Instant.parse("2027-01-02T12:00:00Z"), BERLIN, 2);

    assertEquals(Instant.parse("2026-12-27T23:00:00Z"), weeks.getFirst().begin());
    assertEquals(Instant.parse("2026-12-20T23:00:00Z"), weeks.getLast().begin());
  }
}
