package dev.mhs.core.merge;

import static dev.mhs.core.merge.Scene.ROUTER;
import static dev.mhs.core.merge.Scene.key;
import static dev.mhs.core.merge.Scene.sighting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.Device;
import dev.mhs.api.DeviceField;
import dev.mhs.api.Presence;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import dev.mhs.api.Sourced;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The port at which a device is, when several boxes see it. */
class PortsTest {
  private static final SourceId HALL = new SourceId("hall");
  private static final SourceId ATTIC = new SourceId("attic");

  private final Scene scene = new Scene();

  @Test
  void theSwitchKnowsThePortBehindTheRoutersUplink() {
    routerSays(at(1, "ether2"), at(2, "ether2"), at(3, "ether5"));
    places(HALL, at(1, "ether7"), at(2, "ether8"));
    scene.look();

    assertPort(1, "ether7", HALL);
    assertPort(2, "ether8", HALL);
    assertPort(3, "ether5", ROUTER);
  }

  @Test
  void behindTwoSwitchesTheOneWithFewerDevicesAtThePortIsNearer() {
    routerSays(at(1, "ether2"), at(2, "ether2"));
    places(HALL, at(1, "sfp1"), at(2, "sfp1"), at(9, "sfp1"));
    places(ATTIC, at(1, "ether1"), at(2, "ether2"));
    scene.look();

    assertPort(1, "ether1", ATTIC);
    assertPort(2, "ether2", ATTIC);
  }

  @Test
  void aSwitchAddsNoDeviceAndProvesNobody() {
    routerSays(sighting(1).build());
    places(
        HALL,
        Sighting.of(Scene.mac(1)).field(DeviceField.PORT, "e1").evidence(scene.answered()).build(),
        at(2, "e2"));
    scene.look();

    assertEquals(1, scene.table.devices().size());
    assertEquals(Presence.IDLE, scene.presence(key(1)));
    assertEquals(List.of(), scene.device(key(1)).evidence());
    assertPort(1, "e1", HALL);
  }

  @Test
  void whatASwitchSaidLongAgoGivesWayToTheRouter() {
    places(HALL, at(1, "ether7"));
    scene.now = scene.now.plus(Merge.STALE_AFTER);
    routerSays(at(1, "wifi1"));
    scene.look();

    assertPort(1, "wifi1", ROUTER);
  }

  @Test
  void aRouterThatNamesNoPortTakesNothingAway() {
    routerSays(sighting(1).build());
    places(HALL, Sighting.of(Scene.mac(1)).build());
    places(ATTIC, at(1, "ether3"));
    scene.look();

    assertPort(1, "ether3", ATTIC);
  }

  private void routerSays(Sighting... sightings) {
    scene.says(ROUTER, sightings);
  }

  private void places(SourceId source, Sighting... sightings) {
    scene.reports.put(source, new Report(source, 100, scene.now, List.of(sightings), true));
  }

  private static Sighting at(int number, String port) {
    return sighting(number).field(DeviceField.PORT, port).build();
  }

  private void assertPort(int number, String port, SourceId source) {
    Device device = scene.device(key(number));
    Sourced<String> field = Objects.requireNonNull(device.fields().get(DeviceField.PORT));
    assertEquals(port, field.value());
    assertEquals(source, field.source());
  }
}
