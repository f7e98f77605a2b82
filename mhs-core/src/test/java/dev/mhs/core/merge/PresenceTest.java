package dev.mhs.core.merge;

import static dev.mhs.core.merge.Scene.LOCAL;
import static dev.mhs.core.merge.Scene.ROUTER;
import static dev.mhs.core.merge.Scene.START;
import static dev.mhs.core.merge.Scene.evidence;
import static dev.mhs.core.merge.Scene.key;
import static dev.mhs.core.merge.Scene.mac;
import static dev.mhs.core.merge.Scene.sighting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Presence;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Scene scene = new Scene();

  @Test
  void aDeviceThatAnswersIsOnline() {
    seen();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
    assertEquals(START, scene.device(key(1)).lastSeen());
  }

  @Test
  void aDeviceThatFallsSilentIsIdleAndThenOffline() {
    seen();

    scene.lookFor(MINUTE, ROUTER);
    assertEquals(Presence.ONLINE, scene.presence(key(1)));
    scene.lookFor(MINUTE, ROUTER);
    assertEquals(Presence.IDLE, scene.presence(key(1)));
    scene.lookFor(MINUTE, ROUTER);
    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
    assertEquals(START, scene.device(key(1)).lastSeen());
  }

  @Test
  void aLeaseHintsThatASilentDeviceSleeps() {
    seen();

    for (int i = 0; i < 300; i++) {
      scene.says(ROUTER, sighting(1).evidence(hint()).build());
      scene.look();
    }
    assertEquals(Presence.IDLE, scene.presence(key(1)));
  }

  @Test
  void aDenialOutweighsAHint() {
    seen();

    for (int i = 0; i < 100; i++) {
      Evidence denial = evidence(Evidence.Kind.NEIGHBOR_FAILED, scene.now);
      scene.says(ROUTER, sighting(1).evidence(hint()).evidence(denial).build());
      scene.look();
    }
    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
  }

  @Test
  void aLeaseAloneDoesNotMakeADeviceOnline() {
    scene.says(ROUTER, sighting(1).evidence(hint()).build());
    scene.look();

    assertEquals(Presence.IDLE, scene.presence(key(1)));
    assertNull(scene.device(key(1)).lastSeen());
  }

  @Test
  void aDeviceThatIsNamedWithoutAnyEvidenceIsNotOnline() {
    scene.lookFor(MINUTE.multipliedBy(5), ROUTER, sighting(1).build());

    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
  }

  @Test
  void bytesThatItSentProveADeviceToBeThere() {
    scene.says(ROUTER, sighting(1).build());
    scene.traffic.put(key(1), scene.now);
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
  }

  @Test
  void clocksStandStillWhileNobodyLooksAndThenNothingIsKnown() {
    seen();

    scene.uses(null);
    scene.lookFor(MINUTE);
    assertEquals(Presence.ONLINE, scene.presence(key(1)));
    scene.lookFor(HOUR);
    assertEquals(Presence.UNKNOWN, scene.presence(key(1)));

    scene.uses(ROUTER);
    scene.says(ROUTER, sighting(1).build());
    scene.look();
    assertEquals(Presence.ONLINE, scene.presence(key(1)), "it is given the rest of its time");
  }

  @Test
  void whatWasOfflineStaysOfflineWhileNobodyLooks() {
    seen();
    scene.lookFor(MINUTE.multipliedBy(4), ROUTER);

    scene.uses(null);
    scene.lookFor(HOUR);

    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
  }

  @Test
  void aFailingSourceNeverEmptiesTheTable() {
    seen();

    scene.uses(null);
    scene.lookFor(HOUR.multipliedBy(2));

    Device still = scene.device(key(1));
    assertEquals(mac(1), still.mac());
    assertEquals(IpLiteral.of("192.168.88.1"), still.address());
  }

  @Test
  void aDeviceThatOnlyTheFailedSourceSeesIsNotAnnouncedGoneByTheOther() {
    scene.says(
        ROUTER,
        sighting(1).evidence(scene.answered()).build(),
        sighting(2).evidence(scene.answered()).build());
    scene.look();

    scene.uses(LOCAL);
    for (int i = 0; i < 300; i++) {
      scene.says(LOCAL, sighting(2).evidence(scene.answered()).build());
      scene.look();
      assertFalse(scene.presence(key(1)) == Presence.OFFLINE);
    }

    assertEquals(Presence.UNKNOWN, scene.presence(key(1)));
    assertEquals(Presence.ONLINE, scene.presence(key(2)));
  }

  @Test
  void aDeviceThatBothSeeGoesOfflineByEither() {
    seen();
    scene.uses(LOCAL);
    scene.says(LOCAL, sighting(1).evidence(scene.answered()).build());
    scene.look();

    scene.lookFor(MINUTE.multipliedBy(4), LOCAL);

    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
  }

  @Test
  void aWallClockThatIsSetForwardByADayTurnsNobodyOffline() {
    seen();

    scene.now = scene.now.plus(Duration.ofDays(1));
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
  }

  @Test
  void aDeviceThatRemainsIsOnlineAfterTheWallClockWasSetBack() {
    seen();

    scene.now = scene.now.minus(HOUR);
    for (int i = 0; i < 200; i++) {
      scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
      scene.look();
      assertEquals(Presence.ONLINE, scene.presence(key(1)));
    }
  }

  @Test
  void aDeviceThatLeftGoesOfflineInTimeAlthoughTheWallClockWasSetBack() {
    Sighting.Builder frozen = sighting(1).evidence(scene.answered());
    scene.says(ROUTER, frozen.build());
    scene.traffic.put(key(1), scene.now);
    scene.look();

    scene.now = scene.now.minus(HOUR);
    scene.lookFor(MINUTE.multipliedBy(4), ROUTER, frozen.build());

    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
  }

  @Test
  void theTimeItWasLastSeenIsNotLostWhenTheWallClockIsSetBack() {
    seen();

    scene.now = scene.now.minus(HOUR);
    scene.says(ROUTER);
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
    Instant lastSeen = scene.device(key(1)).lastSeen();
    assertNotNull(lastSeen);
    assertFalse(lastSeen.isAfter(scene.now));
    assertFalse(lastSeen.isBefore(scene.now.minusSeconds(10)));
  }

  @Test
  void aProofFromJustBeforeTheWallClockWasSetForwardTurnsNobodyOffline() {
    seen();

    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.now = scene.now.plus(Duration.ofDays(1));
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
  }

  @Test
  void aRememberedDeviceThatWasSeenInTheFutureIsNotOnlineWithoutProof() {
    remember(HOUR.negated(), null);

    scene.says(ROUTER);
    scene.look();

    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
    Instant lastSeen = scene.device(key(1)).lastSeen();
    assertNotNull(lastSeen);
    assertFalse(lastSeen.isBefore(START.minus(Duration.ofDays(1))));
  }

  @Test
  void aRememberedDeviceIsNotAnnouncedGoneByASourceThatNeverNamedIt() {
    remember(HOUR, ROUTER);

    scene.uses(LOCAL);
    scene.says(LOCAL);
    scene.look();
    assertEquals(Presence.UNKNOWN, scene.presence(key(1)));

    scene.uses(ROUTER);
    scene.says(ROUTER);
    scene.look();
    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
  }

  @Test
  void aRememberedDeviceIsUnknownUntilSomebodyLooks() {
    remember(HOUR, null);

    scene.uses(null);
    scene.look();
    assertEquals(Presence.UNKNOWN, scene.presence(key(1)));

    scene.uses(ROUTER);
    scene.says(ROUTER);
    scene.look();
    assertEquals(Presence.OFFLINE, scene.presence(key(1)));
    assertEquals(START.minus(HOUR), scene.device(key(1)).lastSeen());
  }

  @Test
  void aRememberedDeviceThatIsThereIsOnlineAtOnce() {
    remember(HOUR, null);

    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
    assertEquals(START.minus(Duration.ofDays(30)), scene.device(key(1)).firstSeen());
    assertNotNull(scene.device(key(1)).lastSeen());
  }

  @Test
  void aShortRestartTurnsNobodyOffline() {
    remember(Duration.ofSeconds(20), null);

    scene.says(ROUTER);
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
  }

  private void seen() {
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
  }

  private Evidence hint() {
    return evidence(Evidence.Kind.LEASE, scene.now);
  }

  private void remember(Duration ago, @Nullable SourceId namedBy) {
    Instant seen = START.minus(ago);
    Map<DeviceField, Sourced<String>> fields =
        namedBy == null
            ? Map.of()
            : Map.of(DeviceField.HOSTNAME, new Sourced<>("nas", namedBy, seen));
    scene.table =
        DeviceTable.of(
            List.of(
                new Device(
                    key(1),
                    mac(1),
                    List.of(IpLiteral.of("192.168.88.1")),
                    fields,
                    Presence.ONLINE,
                    START.minus(Duration.ofDays(30)),
                    seen,
                    List.of())),
            START);
  }
}
