package dev.mhs.source.routeros.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Usage;
import org.junit.jupiter.api.Test;

/** Counters of different ways never meet, and the memory of it has an end. */
class TurnsTest {
  private static final Usage.Totals COUNTED = new Usage.Totals(10, 20, CounterWidth.BITS_64, 0);

  private final Turns turns = new Turns();

  @Test
  void aDeviceKeepsItsEpochAsLongAsItsWayOfBeingMeasured() {
    long first = epoch(1, "conntrack");

    assertEquals(first, epoch(1, "conntrack"));
    long second = epoch(1, "kid-control");
    assertNotEquals(first, second);
    assertNotEquals(first, epoch(1, "conntrack"), "what it counted meanwhile is not counted twice");
  }

  @Test
  void amongManyDevicesTheOneLongestUnmeasuredIsForgotten() {
    long often = epoch(0, "conntrack");
    long seldom = epoch(1, "conntrack");
    for (int device = 2; device < 20_000; device++) {
      epoch(device, "conntrack");
      assertEquals(often, epoch(0, "conntrack"));
    }

    assertNotEquals(seldom, epoch(1, "conntrack"));
  }

  private long epoch(int device, String method) {
    String mac = "02:00:00:00:%02x:%02x".formatted(device >> 8, device & 0xff);
    DeviceKey key = new DeviceKey.ByMac(MacAddress.of(mac));
    return ((Usage.Totals) turns.stamped(key, method, COUNTED)).epoch();
  }
}
