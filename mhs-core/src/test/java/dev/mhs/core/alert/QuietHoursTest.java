package dev.mhs.core.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuietHoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final List<ZoneId> ZONES =
      List.of(
          BERLIN,
          ZoneOffset.UTC,
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"), // half an hour
          ZoneId.of("America/Santiago")); // at midnight

  @Test
  void theyReachAcrossMidnight() {
    assertEquals(Optional.empty(), until("22:00", "07:00", "2026-01-10T21:59:59+01:00"));
    assertUntil("2026-01-11T07:00:00+01:00", "22:00", "07:00", "2026-01-10T22:00:00+01:00");
    assertUntil("2026-01-11T07:00:00+01:00", "22:00", "07:00", "2026-01-11T06:59:59+01:00");
    assertEquals(Optional.empty(), until("22:00", "07:00", "2026-01-11T07:00:00+01:00"));
  }

  @Test
  void theyMayLieWithinADay() {
    assertUntil("2026-01-10T15:00:00+01:00", "13:00", "15:00", "2026-01-10T13:00:00+01:00");
    assertEquals(Optional.empty(), until("13:00", "15:00", "2026-01-10T15:00:00+01:00"));
    assertEquals(Optional.empty(), until("13:00", "15:00", "2026-01-10T12:59:59+01:00"));
  }

  @Test
  void theNightInWhichTheClockIsSetForwardIsAnHourShorter() {
    assertUntil("2026-03-29T07:00:00+02:00", "22:00", "07:00", "2026-03-28T22:00:00+01:00");
    assertUntil("2026-03-29T03:00:00+02:00", "22:00", "02:30", "2026-03-29T01:59:00+01:00");
    assertEquals(Optional.empty(), until("22:00", "02:30", "2026-03-29T03:00:00+02:00"));
    assertUntil("2026-03-29T07:00:00+02:00", "02:30", "07:00", "2026-03-29T03:00:00+02:00");
  }

  @Test
  void theNightInWhichTheClockIsSetBackEndsOnce() {
    assertUntil("2026-10-25T07:00:00+01:00", "22:00", "07:00", "2026-10-25T02:30:00+02:00");
    assertUntil("2026-10-25T02:30:00+02:00", "22:00", "02:30", "2026-10-25T02:29:00+02:00");
    assertEquals(Optional.empty(), until("22:00", "02:30", "2026-10-25T02:10:00+01:00"));
  }

  @Test
  void onceADayItGetsQuietAndNoLongerThanItSays() {
    Seeds.check(200, QuietHoursTest::oneStretchADay);
  }

  private static void oneStretchADay(Random random) {
    LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
    LocalTime to = from.plusMinutes(1 + random.nextInt(24 * 60 - 1));
    QuietHours hours = new QuietHours(from, to);
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    ZonedDateTime start =
        ZonedDateTime.of(2026, 1, 1, 12, 0, 0, 0, zone).plusDays(random.nextInt(365));
    Duration most = Duration.between(from, to);
    most = (most.isNegative() ? most.plusDays(1) : most).plusHours(1);
    for (Instant now = start.toInstant();
        now.isBefore(start.plusDays(3).toInstant());
        now = now.plus(Duration.ofMinutes(7))) {
      Optional<Instant> until = hours.until(now, zone);
      if (until.isPresent()) {
        Instant end = until.get();
        assertTrue(end.isAfter(now), hours + " " + now + " " + end);
        assertTrue(Duration.between(now, end).compareTo(most) <= 0, hours + " " + now + " " + end);
        assertEquals(Optional.of(end), hours.until(end.minusSeconds(1), zone), hours.toString());
      }
    }
  }

  private static Optional<Instant> until(String from, String to, String now) {
    return new QuietHours(LocalTime.parse(from), LocalTime.parse(to))
        .until(ZonedDateTime.parse(now).toInstant(), BERLIN);
  }

  private static void assertUntil(String end, String from, String to, String now) {
    assertEquals(Optional.of(ZonedDateTime.parse(end).toInstant()), until(from, to, now));
  }
}
