package dev.mhs.core.merge;

import static dev.mhs.core.merge.Scene.LOCAL;
import static dev.mhs.core.merge.Scene.ROUTER;
import static dev.mhs.core.merge.Scene.evidence;
import static dev.mhs.core.merge.Scene.key;
import static dev.mhs.core.merge.Scene.mac;
import static dev.mhs.core.merge.Scene.sighting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.Evidence;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Presence;
import dev.mhs.api.Sighting;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeviceTableTest {
  private static final InetAddress ADDRESS = IpLiteral.of("192.168.88.7");

  private final Scene scene = new Scene();

  @Test
  void aMacThatBecomesVisibleLaterJoinsTheDeviceKnownByItsAddress() {
    scene.says(ROUTER, Sighting.of(ADDRESS).evidence(scene.answered()).build());
    scene.look();
    Instant first = scene.device(key("192.168.88.7")).firstSeen();

    scene.lookFor(Duration.ofMinutes(1));
    scene.says(ROUTER, sighting(7).evidence(scene.answered()).build());
    scene.look();

    assertEquals(1, scene.table.devices().size());
    assertEquals(first, scene.device(key(7)).firstSeen());
    assertEquals(key(7), scene.table.resolve(key("192.168.88.7")));
  }

  @Test
  void whoIsNewOrHasComeOnlineIsLackingBefore() {
    DeviceTable nobody = scene.table;
    scene.says(ROUTER, sighting(1).build());
    scene.look();
    DeviceTable idle = scene.table;
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
    DeviceTable online = scene.table;

    assertTrue(nobody.lacks(idle));
    assertTrue(idle.lacks(online));
    assertFalse(online.lacks(online));
    assertFalse(online.lacks(idle), "who went needs no hurry");
    assertFalse(online.lacks(nobody));
  }

  @Test
  void whomOnlyAnotherSourceKnowsIsNotLacking() {
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
    DeviceTable before = scene.table;
    scene.says(LOCAL, sighting(2).evidence(scene.answered()).build());
    scene.look();

    assertFalse(before.lacks(scene.table));
  }

  @Test
  void ofTwoMacsWithOneAddressWhoWasProvenLastHoldsIt() {
    Evidence old = evidence(Evidence.Kind.ANSWERED, scene.now.minusSeconds(60));
    scene.says(
        ROUTER,
        Sighting.of(mac(1)).address(ADDRESS).evidence(old).build(),
        Sighting.of(mac(2)).address(ADDRESS).evidence(scene.answered()).build());
    scene.look();

    assertEquals(List.of(), scene.device(key(1)).addresses());
    assertEquals(List.of(ADDRESS), scene.device(key(2)).addresses());
    assertEquals(key(2), scene.table.resolve(key("192.168.88.7")));
  }

  @Test
  void anAddressThatMovesToAnotherDeviceLeavesTheRememberedOne() {
    scene.says(ROUTER, sighting(7).evidence(scene.answered()).build());
    scene.look();

    scene.says(ROUTER, Sighting.of(mac(8)).address(ADDRESS).evidence(scene.answered()).build());
    scene.look();

    assertEquals(List.of(), scene.device(key(7)).addresses());
    assertEquals(key(8), scene.table.resolve(key("192.168.88.7")));
  }

  @Test
  void aNameThatNobodySaysAnyMoreIsKept() {
    scene.says(ROUTER, sighting(1).field(DeviceField.HOSTNAME, "nas").build());
    scene.look();
    scene.says(ROUTER, sighting(1).build());
    scene.look();
    assertEquals("nas", scene.device(key(1)).text(DeviceField.HOSTNAME));

    scene.says(ROUTER, sighting(1).field(DeviceField.HOSTNAME, "tv").build());
    scene.look();
    assertEquals("tv", scene.device(key(1)).text(DeviceField.HOSTNAME));
  }

  @Test
  void aSourceThatIsNotInUseFillsBlanksButAddsNoDevice() {
    scene.says(ROUTER, sighting(1).field(DeviceField.COMMENT, "mine").build());
    scene.says(
        LOCAL,
        sighting(1)
            .field(DeviceField.COMMENT, "other")
            .field(DeviceField.VENDOR, "Acme")
            .evidence(scene.answered())
            .build(),
        sighting(2).evidence(scene.answered()).build());
    scene.look();

    Device only = scene.table.devices().getFirst();
    assertEquals(1, scene.table.devices().size());
    assertEquals("mine", only.text(DeviceField.COMMENT));
    assertEquals("Acme", only.text(DeviceField.VENDOR));
    assertEquals(List.of(), only.evidence());
    assertNull(only.lastSeen());
  }

  @Test
  void whatIsToldByAHigherPriorityWins() {
    scene.says(LOCAL, sighting(1).field(DeviceField.HOSTNAME, "local").build());
    scene.look();
    scene.says(ROUTER, sighting(1).field(DeviceField.HOSTNAME, "router").build());
    scene.look();

    assertEquals("router", scene.device(key(1)).text(DeviceField.HOSTNAME));
  }

  @Test
  void aFloodOfMadeUpAddressesIsBounded() {
    scene.says(
        ROUTER,
        IntStream.range(0, 64_000)
            .mapToObj(i -> Sighting.of(mac(i)).evidence(scene.answered()).build())
            .toArray(Sighting[]::new));
    scene.look();
    scene.look();

    assertEquals(DeviceTable.MOST, scene.table.devices().size());
  }

  @Test
  void aFloodThatIsOnlyClaimedDrivesNobodyOutWhoWasProven() {
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
    Sighting[] flood =
        IntStream.range(1, 10_000)
            .mapToObj(
                i ->
                    Sighting.of(mac(i))
                        .evidence(evidence(Evidence.Kind.BRIDGE_HOST, scene.now))
                        .build())
            .toArray(Sighting[]::new);
    scene.says(ROUTER, flood);
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(1)));
  }

  @Test
  void aFloodOfDevicesThatAnswerDrivesNobodyOutWhoIsKnownForLonger() {
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
    scene.now = scene.now.plusSeconds(600);
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
    scene.says(ROUTER);
    scene.lookFor(PresenceRules.DEFAULT.offlineAfter());
    assertEquals(Presence.OFFLINE, scene.presence(key(1)));

    for (int flood = 1; flood <= 3; flood++) {
      scene.says(
          ROUTER,
          IntStream.range(flood * 10_000, (flood + 1) * 10_000)
              .mapToObj(i -> Sighting.of(mac(i)).evidence(scene.answered()).build())
              .toArray(Sighting[]::new));
      scene.look();
    }

    assertEquals(DeviceTable.MOST, scene.table.devices().size());
    assertEquals(1, scene.devices(key(1)).size());
  }

  @Test
  void aDeviceThatWasGoneForMonthsIsForgotten() {
    scene.says(ROUTER, sighting(1).evidence(scene.answered()).build());
    scene.look();
    scene.says(ROUTER);
    scene.lookFor(Duration.ofMinutes(5));

    scene.now = scene.now.plus(Duration.ofDays(89));
    scene.look();
    assertEquals(1, scene.table.devices().size());
    scene.now = scene.now.plus(Duration.ofDays(2));
    scene.look();
    assertTrue(scene.table.devices().isEmpty());
  }

  @Test
  void devicesComeInTheOrderOfTheirAddresses() {
    scene.says(
        ROUTER,
        Sighting.of(mac(3)).build(),
        sighting(10).build(),
        sighting(9).build(),
        Sighting.of(IpLiteral.of("fd00::1")).build());
    scene.look();

    assertEquals(
        List.of(key(9), key(10), key("fd00::1"), key(3)),
        scene.table.devices().stream().map(Device::key).toList());
    assertNotNull(scene.table.devices().getFirst().address());
  }

  @Test
  void aSourceThatIsNotInUseTakesNoAddressAway() {
    Evidence old = evidence(Evidence.Kind.ANSWERED, scene.now.minusSeconds(60));
    scene.says(ROUTER, Sighting.of(mac(1)).address(ADDRESS).evidence(old).build());
    scene.says(LOCAL, Sighting.of(mac(2)).address(ADDRESS).evidence(scene.answered()).build());
    scene.look();

    assertEquals(List.of(ADDRESS), scene.device(key(1)).addresses());
  }

  @Test
  void aDeviceStaysOnlineWhenItsMacBecomesVisible() {
    scene.says(ROUTER, Sighting.of(ADDRESS).build());
    scene.traffic.put(key("192.168.88.7"), scene.now);
    scene.look();
    Instant seen = scene.device(key("192.168.88.7")).lastSeen();
    assertEquals(Presence.ONLINE, scene.presence(key("192.168.88.7")));

    scene.says(ROUTER, sighting(7).build());
    scene.look();

    assertEquals(Presence.ONLINE, scene.presence(key(7)));
    assertEquals(seen, scene.device(key(7)).lastSeen());
  }
}
