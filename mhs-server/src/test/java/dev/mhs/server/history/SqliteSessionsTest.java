package dev.mhs.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Session;
import dev.mhs.core.history.RememberedDevice;
import dev.mhs.core.history.Retention;
import dev.mhs.core.session.FoundSessions;
import dev.mhs.core.session.SessionChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionsTest {
  private static final Instant START = SqliteHistoryTest.START;
  private static final MacAddress MAC = MacAddress.of("aa:bb:cc:00:00:01");
  private static final DeviceKey PHONE = new DeviceKey.ByMac(MAC);
  private static final DeviceKey GUEST = new DeviceKey.ByAddress(IpLiteral.of("10.0.0.9"));

  @TempDir private Path folder;

  @Test
  void sessionsAreThereBeforeAndAfterARestart() {
    Session evening = session(PHONE, 0, 3_600, false);
    Session night = session(PHONE, 7_200, 7_200, true);
    try (SqliteHistory history = open()) {
      history.record(new SessionChange.Opened(session(PHONE, 0, 0, true)));
      history.record(new SessionChange.Closed(evening));
      history.record(new SessionChange.Opened(night));
      assertEquals(List.of(night, evening), found(history.sessions(PHONE, START)));
      history.remember(List.of(seen(START.plusSeconds(9_000))));
    }

    try (SqliteHistory history = open()) {
      Session goesOn = session(PHONE, 7_200, 9_000, true);
      assertEquals(List.of(goesOn, evening), found(history.sessions(PHONE, START)));
      assertEquals(List.of(goesOn), found(history.sessions(PHONE, START.plusSeconds(4_000))));
      assertEquals(List.of(goesOn), history.inherited(START));
      assertEquals(List.of(), found(history.sessions(GUEST, START)));
    }
  }

  @Test
  void visitsInPassingAreFoundNewestFirst() {
    Session visit = session(GUEST, 100, 162, false);
    Session later = session(PHONE, 500, 799, false);
    try (SqliteHistory history = open()) {
      history.record(new SessionChange.Closed(visit));
      history.record(new SessionChange.Closed(session(PHONE, 0, 300, false)));
      history.record(new SessionChange.Closed(later));
      assertEquals(List.of(later, visit), found(history.transients(START)));
    }

    try (SqliteHistory history = open()) {
      assertEquals(List.of(later, visit), found(history.transients(START)));
      assertEquals(List.of(later), found(history.transients(START.plusSeconds(163))));
      assertEquals(List.of(later, visit), history.inherited(START));
      assertEquals(Duration.ofSeconds(62), visit.duration());
    }
  }

  @Test
  void aCorrectedSessionReplacesTheOneBefore() {
    Session nameless = session(GUEST, 0, 0, true);
    Session named = session(PHONE, 0, 60, true);
    try (SqliteHistory history = open()) {
      history.record(new SessionChange.Opened(nameless));
    }
    try (SqliteHistory history = open()) {
      history.record(new SessionChange.Corrected(nameless, named));
      assertEquals(List.of(), found(history.sessions(GUEST, START)));
    }

    try (SqliteHistory history = open()) {
      assertEquals(List.of(), found(history.sessions(GUEST, START)));
      assertEquals(List.of(session(PHONE, 0, 0, true)), history.inherited(START));
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    SqliteHistory history = open();
    history.close();

    assertInstanceOf(FoundSessions.Unreadable.class, history.sessions(PHONE, START));
    assertEquals(List.of(), history.inherited(START));
  }

  private SqliteHistory open() {
    return switch (SqliteHistory.open(folder, Retention.DEFAULT, ZoneOffset.UTC, () -> START)) {
      case SqliteHistory history -> history;
      case Refused refused -> fail(refused.sentence());
    };
  }

  private static List<Session> found(FoundSessions answer) {
    return switch (answer) {
      case FoundSessions.Found(List<Session> sessions) -> sessions;
      case FoundSessions.Unreadable(String sentence) -> fail(sentence);
    };
  }

  private static RememberedDevice seen(Instant lastSeen) {
    return new RememberedDevice(PHONE, MAC, List.of(), Map.of(), START, lastSeen);
  }

  private static Session session(DeviceKey device, int began, int ended, boolean open) {
    return new Session(device, START.plusSeconds(began), START.plusSeconds(ended), open);
  }
}
