package dev.mhs.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.core.history.History;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import dev.mhs.core.journal.EventQuery;
import dev.mhs.core.session.FoundSessions;
import dev.mhs.server.history.SqliteHistory;
import dev.mhs.simulator.world.Household;
import dev.mhs.simulator.world.Member;
import dev.mhs.simulator.world.Moved;
import dev.mhs.simulator.world.Scenario;
import dev.mhs.simulator.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastTest {
  private static final Instant NOW = Instant.parse("2026-08-01T19:00:00Z");
  private static final Duration BACK = Duration.ofHours(2);

  @TempDir Path folder;
  private final InstantSource real = InstantSource.fixed(NOW);
  private final PlayedClock clock = new PlayedClock(real, BACK);
  private final World world =
      new World(Scenario.usual().with(Household.EVERYDAY).withNights(ZoneOffset.UTC), clock);
  private History history;

  @BeforeEach
  void play() {
    new Past(world, clock).playInto(folder);
    history =
        new History(
            assertInstanceOf(
                SqliteHistory.class,
                SqliteHistory.open(folder, Retention.DEFAULT, ZoneOffset.UTC, real)),
            real);
  }

  @AfterEach
  void close() {
    history.close();
  }

  @Test
  void theHistoryHasTheBytesThatWereTrulyMoved() {
    Moved line = world.truth().line();
    assertTrue(line.allDown() > 100_000_000, line::toString);
    // The last step ends with the present, and is left to MHS.
    assertAlike(line.allDown(), downloaded(Subject.LINE));

    Member television = member(30);
    Moved seen = world.truth().device(television.mac());
    assertAlike(seen.allDown(), downloaded(Subject.of(Past.key(television))));
  }

  @Test
  void theWorldHasArrivedInThePresent() {
    assertEquals(NOW, clock.instant());
    assertEquals(NOW, world.time());
  }

  @Test
  void everybodyIsRememberedAndWhoCameAndWentHasSessionsAndEvents() {
    List<RememberedDevice> remembered = history.store().remembered();
    assertEquals(
        Household.EVERYDAY.stream().map(Past::key).collect(Collectors.toSet()),
        remembered.stream().map(RememberedDevice::key).collect(Collectors.toSet()));
    assertTrue(
        remembered.stream().allMatch(one -> one.firstSeen().equals(NOW.minus(BACK))),
        "a device would be new");

    Member guest = member(90);
    FoundSessions.Found sessions =
        assertInstanceOf(
            FoundSessions.Found.class, history.store().sessions(Past.key(guest), NOW.minus(BACK)));
    assertTrue(sessions.sessions().size() > 1, sessions::toString);
    SqliteHistory store = assertInstanceOf(SqliteHistory.class, history.store());
    assertTrue(
        store.journal().events(EventQuery.newest(100)).events().stream()
            .anyMatch(
                event -> event.device() != null && event.device().key().equals(Past.key(guest))),
        "nobody came or went");
  }

  private static Member member(int host) {
    return Household.EVERYDAY.stream().filter(one -> one.host() == host).findFirst().orElseThrow();
  }

  private long downloaded(Subject subject) {
    Series series = history.series(subject, NOW.minus(BACK), NOW, Duration.ofMinutes(5));
    return assertInstanceOf(Series.Measured.class, series).samples().stream()
        .mapToLong(Sample::downloadBytes)
        .sum();
  }

  private static void assertAlike(long expected, long actual) {
    assertEquals(1, (double) actual / expected, 0.02, actual + " instead of " + expected);
  }
}
