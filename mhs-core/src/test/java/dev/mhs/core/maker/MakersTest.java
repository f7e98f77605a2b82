package dev.mhs.core.maker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceField;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MakersTest {
  private static final MacAddress ROUTER = MacAddress.of("18:fd:74:01:02:03");
  private static final MacAddress PHONE = MacAddress.of("00:17:f2:01:02:03");
  private static final MacAddress SMALL_MAKER = MacAddress.of("70:b3:d5:7e:61:23");
  private static final MacAddress NOBODY = MacAddress.of("00:00:5e:00:53:01");
  private static final MacAddress MADE_UP = MacAddress.of("da:a1:19:01:02:03");

  @Test
  void theListKnowsLargeAndSmallMakers() {
    assertEquals(
        Map.of(
            ROUTER, "Routerboard.com",
            PHONE, "Apple, Inc.",
            SMALL_MAKER, "11811347 CANADA Inc."),
        MakerList.lookUp(List.of(ROUTER, PHONE, SMALL_MAKER)));
  }

  @Test
  void whatIsNotRegisteredHasNoMaker() {
    // A block of MA-S whose owner is not public: the registry that holds the rest of it made
    // nothing.
    MacAddress hidden = MacAddress.of("70:b3:d5:ff:ff:ff");

    assertTrue(MakerList.lookUp(List.of(hidden)).isEmpty());
  }

  @Test
  void makersFollowInTheBackgroundAndAreLookedUpOnce() {
    List<Runnable> work = new ArrayList<>();
    Makers makers = new Makers(work::add);

    assertNull(makers.of(ROUTER));
    assertNull(makers.of(PHONE));
    assertEquals(1, work.size(), "one look for both");
    work.removeFirst().run();

    assertEquals("Routerboard.com", makers.of(ROUTER));
    assertEquals("Apple, Inc.", makers.of(PHONE));
    assertEquals(List.of(), work);
  }

  @Test
  void whatASourceSaysOfAMakerCounts() {
    Makers makers = new Makers(Runnable::run);
    makers.of(ROUTER);
    Sighting silent = Sighting.of(ROUTER).build();
    Sighting told = Sighting.of(ROUTER).field(DeviceField.VENDOR, "MikroTik").build();
    Sighting madeUp = Sighting.of(MADE_UP).build();

    List<Sighting> named = makers.named(List.of(silent, told, madeUp));

    assertEquals(
        List.of(
            Sighting.of(ROUTER).field(DeviceField.VENDOR, "Routerboard.com").build(), told, madeUp),
        named);
  }

  @Test
  void anAddressThatADeviceMadeUpIsNotLookedUp() {
    List<Runnable> work = new ArrayList<>();

    assertNull(new Makers(work::add).of(MADE_UP));

    assertEquals(List.of(), work);
  }

  @Test
  void aFloodOfAddressesLeavesTheMemoryBoundedAndStillAnswers() {
    List<Runnable> work = new ArrayList<>();
    Makers makers = new Makers(work::add);
    for (int round = 0; round < 3; round++) {
      for (int made = 0; made < Makers.MOST; made++) {
        makers.of(new MacAddress(0x0013_0000_0000L + round * 65_536L + made));
      }
      work.removeFirst().run();
    }

    assertNull(makers.of(ROUTER));
    work.removeFirst().run();
    assertEquals("Routerboard.com", makers.of(ROUTER));
    assertNull(makers.of(NOBODY));
  }
}
