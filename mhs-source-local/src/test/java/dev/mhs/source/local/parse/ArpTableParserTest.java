package dev.mhs.source.local.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArpTableParserTest {
  private final List<Neighbor> all = ArpTableParser.parse(Captured.ARP);

  @Test
  void theHeadingIsNoEntry() {
    assertEquals(4, all.size());
  }

  @Test
  void flagsBecomeStates() {
    assertEquals(
        List.of(
            NeighborState.UNRESOLVED,
            NeighborState.COMPLETE,
            NeighborState.PERMANENT,
            NeighborState.UNRESOLVED),
        all.stream().map(Neighbor::state).toList());
  }

  @Test
  void aFailedEntryKeepsTheAddressItHad() {
    assertEquals(MacAddress.of("2a:83:82:1a:cd:42"), all.getFirst().mac());
  }

  @Test
  void allZerosAreNoAddress() {
    assertNull(all.getLast().mac());
  }

  @Test
  void otherHardwareIsLeftOut() {
    String infiniband = "10.0.0.1 0x20 0x2 80:00:02:08:fe:80 * ib0";

    assertEquals(List.of(), ArpTableParser.parse(infiniband));
  }
}
