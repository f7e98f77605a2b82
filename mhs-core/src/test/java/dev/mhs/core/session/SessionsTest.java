package dev.mhs.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Moment;
import dev.mhs.api.Presence;
import dev.mhs.api.Session;
import dev.mhs.core.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final MacAddress MAC = MacAddress.of("aa:bb:cc:00:00:01");
  private static final DeviceKey PHONE = new DeviceKey.ByMac(MAC);
  private static final DeviceKey NAMELESS = new DeviceKey.ByAddress(IpLiteral.of("10.0.0.7"));
  private static final List<Presence> PRESENCES = List.of(Presence.values());
  private static final Duration LOOK = Duration.ofSeconds(2);

  private Sessions sessions = Sessions.NONE;
  private Moment now = new Moment(START, 5_000_000_000L);
  private final List<SessionChange> changes = new ArrayList<>();

  @Test
  void aSessionOpensWithTheFirstProofAndEndsWithTheLastToTheSecond() {
    look(phone(Presence.ONLINE, START.plusSeconds(1)));
    pass(Duration.ofSeconds(62));
    look(phone(Presence.ONLINE, START.plusSeconds(63)));
    pass(Duration.ofSeconds(100));
    look(phone(Presence.IDLE, START.plusSeconds(63)));
    pass(Duration.ofSeconds(90));
    look(phone(Presence.OFFLINE, START.plusSeconds(63)));

    Session whole = new Session(PHONE, START.plusSeconds(1), START.plusSeconds(63), false);
    assertEquals(
        List.of(
            new SessionChange.Opened(
                new Session(PHONE, START.plusSeconds(1), START.plusSeconds(1), true)),
            new SessionChange.Closed(whole)),
        changes);
    assertEquals(Duration.ofSeconds(62), whole.duration());
    assertEquals(List.of(whole), sessions.recent());
    assertTrue(sessions.open().isEmpty());
  }

  @Test
  void whoIsIdleOrCannotBeSeenKeepsItsSession() {
    look(phone(Presence.ONLINE, START));
    for (Presence presence : List.of(Presence.IDLE, Presence.UNKNOWN, Presence.ONLINE)) {
      pass(Duration.ofHours(5));
      look(phone(presence, START));
    }

    assertEquals(1, changes.size());
    assertEquals(1, sessions.open().size());
  }

  @Test
  void whoWasNeverProvenHasNoSession() {
    for (Presence presence : List.of(Presence.IDLE, Presence.UNKNOWN, Presence.OFFLINE)) {
      look(phone(presence, null));
    }

    assertEquals(List.of(), changes);
  }

  @Test
  void whoComesBackHasANewSession() {
    look(phone(Presence.ONLINE, START));
    look(phone(Presence.OFFLINE, START));
    pass(Duration.ofHours(1));
    look(phone(Presence.ONLINE, now.at()));

    assertEquals(3, changes.size());
    assertEquals(
        List.of(new Session(PHONE, now.at(), now.at(), true)), List.copyOf(sessions.open()));
  }

  @Test
  void fiveMinutesAreNoVisitInPassing() {
    look(phone(Presence.ONLINE, START));
    pass(Duration.ofMinutes(5));
    look(phone(Presence.ONLINE, START.plus(Duration.ofMinutes(5))));
    look(phone(Presence.OFFLINE, START.plus(Duration.ofMinutes(5))));

    assertEquals(List.of(), sessions.recent());
    assertEquals(2, changes.size());
  }

  @Test
  void aVisitInPassingIsForgottenAfterADay() {
    look(phone(Presence.ONLINE, START));
    look(phone(Presence.OFFLINE, START));
    assertEquals(1, sessions.recent().size());

    pass(Duration.ofHours(24));
    look();

    assertEquals(List.of(), sessions.recent());
  }

  @Test
  void afterARestartASessionGoesOnIfTheDeviceIsStillThere() {
    sessions =
        Sessions.of(List.of(new Session(PHONE, START, START.plusSeconds(900), true)), at(20));
    pass(Duration.ofMinutes(40));
    look(phone(Presence.UNKNOWN, START.plusSeconds(900)));
    look(phone(Presence.OFFLINE, START.plusSeconds(900))); // nobody has swept yet
    pass(LOOK);
    look(phone(Presence.ONLINE, now.at()));

    assertEquals(List.of(), changes);
    assertEquals(List.of(new Session(PHONE, START, now.at(), true)), List.copyOf(sessions.open()));
  }

  @Test
  void afterARestartASessionEndsWhenTheDeviceWasLastSeenIfItIsGone() {
    sessions = Sessions.of(List.of(new Session(PHONE, START, START.plusSeconds(90), true)), at(5));
    Duration looked = Duration.ZERO;
    while (changes.isEmpty()) {
      assertTrue(looked.compareTo(Sessions.PATIENCE) < 0);
      pass(LOOK);
      looked = looked.plus(LOOK);
      look(phone(Presence.OFFLINE, START.plusSeconds(90)));
    }

    assertEquals(
        List.of(new SessionChange.Closed(new Session(PHONE, START, START.plusSeconds(90), false))),
        changes);
    assertEquals(Sessions.PATIENCE, looked);
  }

  @Test
  void afterARestartNothingEndsWhileNobodyCanLook() {
    sessions = Sessions.of(List.of(new Session(PHONE, START, START.plusSeconds(90), true)), at(5));
    for (int i = 0; i < 1_000; i++) {
      pass(LOOK);
      turn(List.of(phone(Presence.OFFLINE, START.plusSeconds(90))), false);
    }

    assertEquals(List.of(), changes);
  }

  @Test
  void aSessionFromAFutureThatNeverCameIsMovedBeforeThePresent() {
    sessions = Sessions.of(List.of(new Session(PHONE, at(60), at(90), true)), START);

    Session moved = new Session(PHONE, START.minusSeconds(1_800), START, true);
    assertEquals(List.of(moved), List.copyOf(sessions.open()));
    look(phone(Presence.UNKNOWN, null));
    look(phone(Presence.UNKNOWN, null));
    assertEquals(
        List.of(new SessionChange.Corrected(new Session(PHONE, at(60), at(90), true), moved)),
        changes);
  }

  @Test
  void twoOpenSessionsOfADeviceBecomeOneAndWhoeverKeepsThemHearsOfIt() {
    Session earlier = new Session(PHONE, at(-60), at(-30), true);
    Session later = new Session(PHONE, at(-20), at(-10), true);
    sessions = Sessions.of(List.of(later, earlier), START);
    look(phone(Presence.UNKNOWN, null));

    Session whole = new Session(PHONE, at(-60), at(-10), true);
    assertEquals(List.of(whole), List.copyOf(sessions.open()));
    assertEquals(
        List.of(
            new SessionChange.Corrected(later, whole), new SessionChange.Corrected(earlier, whole)),
        changes);
  }

  @Test
  void theSessionOfAnAddressBecomesThatOfItsMac() {
    look(device(NAMELESS, Presence.ONLINE, START));
    pass(LOOK);
    look(phone(Presence.ONLINE, now.at()));

    Session whole = new Session(PHONE, START, START, true);
    assertEquals(
        new SessionChange.Corrected(new Session(NAMELESS, START, START, true), whole),
        changes.getLast());
    assertEquals(2, changes.size());
    assertEquals(List.of(whole.until(now.at())), List.copyOf(sessions.open()));
  }

  @Test
  void whoIsForgottenHasLeft() {
    look(phone(Presence.ONLINE, START));
    look();

    assertEquals(
        new SessionChange.Closed(new Session(PHONE, START, START, false)), changes.getLast());
  }

  @Test
  void aClockThatIsSetBackMovesOpenSessionsAlong() {
    look(phone(Presence.ONLINE, START));
    pass(Duration.ofMinutes(10));
    look(phone(Presence.ONLINE, now.at()));

    now = new Moment(now.at().minus(Duration.ofHours(1)), now.nanos());
    look(phone(Presence.ONLINE, now.at()));

    Session session = sessions.open().iterator().next();
    assertEquals(Duration.ofMinutes(10), session.duration());
    assertEquals(now.at(), session.lastSeen());
    assertTrue(changes.getLast() instanceof SessionChange.Corrected);
  }

  @Test
  void whateverHappensASessionOpensOnceAndClosesOnce() {
    Seeds.check(
        300,
        random -> {
          sessions = Sessions.NONE;
          changes.clear();
          now = new Moment(START, 0);
          Duration online = Duration.ZERO;
          Instant seen = START;
          for (int i = 0; i < 100; i++) {
            disturb(random);
            Presence presence = PRESENCES.get(random.nextInt(PRESENCES.size()));
            seen = presence == Presence.ONLINE || seen.isAfter(now.at()) ? now.at() : seen;
            look(phone(presence, seen));
            if (random.nextInt(10) == 0) {
              List<Session> stored = new ArrayList<>(sessions.open());
              stored.addAll(sessions.recent());
              sessions = Sessions.of(stored, now.at());
            }
            online = online.plus(LOOK);
          }
          assertAlternating(online);
        });
  }

  private void disturb(Random random) {
    pass(LOOK);
    if (random.nextInt(20) == 0) {
      now = new Moment(now.at().minus(Duration.ofHours(1)), now.nanos());
    }
  }

  /** Opened, closed, opened, closed; and no longer online than there was time. */
  private void assertAlternating(Duration longest) {
    Session open = null;
    Duration online = Duration.ZERO;
    for (SessionChange change : changes) {
      switch (change) {
        case SessionChange.Opened opened -> {
          assertEquals(null, open);
          open = opened.session();
        }
        case SessionChange.Corrected corrected -> open = corrected.session();
        case SessionChange.Closed closed -> {
          assertFalse(closed.session().open());
          assertTrue(open != null);
          online = online.plus(closed.session().duration());
          open = null;
        }
      }
    }
    assertTrue(online.compareTo(longest) <= 0, online + " of " + longest);
  }

  private void look(Device... devices) {
    turn(List.of(devices), true);
  }

  private void turn(List<Device> devices, boolean looking) {
    Sessions.Turn turn = sessions.next(devices, looking, LOOK, now);
    sessions = turn.after();
    changes.addAll(turn.changes());
  }

  private void pass(Duration time) {
    now = new Moment(now.at().plus(time), now.nanos() + time.toNanos());
  }

  private static Instant at(int minutes) {
    return START.plusSeconds(minutes * 60L);
  }

  private static Device phone(Presence presence, @Nullable Instant seen) {
    return new Device(
        PHONE, MAC, List.of(IpLiteral.of("10.0.0.7")), Map.of(), presence, START, seen, List.of());
  }

  private static Device device(DeviceKey key, Presence presence, @Nullable Instant seen) {
    return new Device(
        key, null, List.of(IpLiteral.of("10.0.0.7")), Map.of(), presence, START, seen, List.of());
  }
}
