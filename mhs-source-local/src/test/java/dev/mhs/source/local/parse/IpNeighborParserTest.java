package dev.mhs.source.local.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpNeighborParserTest {
  private static Neighbor first(String line) {
    return IpNeighborParser.parse(line, true).getFirst();
  }

  @Test
  void everyLineOfACaptureIsRead() {
    List<Neighbor> all = IpNeighborParser.parse(Captured.IP_WITH_AGES, true);

    assertEquals(
        List.of(
            NeighborState.REACHABLE,
            NeighborState.FAILED,
            NeighborState.INCOMPLETE,
            NeighborState.DELAY,
            NeighborState.PROBE,
            NeighborState.STALE,
            NeighborState.REACHABLE,
            NeighborState.STALE,
            NeighborState.PERMANENT),
        all.stream().map(Neighbor::state).toList());
  }

  @Test
  void agesAreReadWithAndWithoutABlankBehindThem() {
    var glued = first("10.77.0.9 dev v0  used 4/64/1probes 6 FAILED ");
    var apart = first("192.0.2.1 dev eth0 lladdr 02:fc:00:00:00:05 used 31/3600/28 probes 4 STALE");

    assertEquals(new Neighbor.Ages(Duration.ofSeconds(64), Duration.ofSeconds(1)), glued.ages());
    assertEquals(new Neighbor.Ages(Duration.ofHours(1), Duration.ofSeconds(28)), apart.ages());
  }

  @Test
  void anEntryWithoutALinkLayerAddressHasNone() {
    assertNull(first("10.77.0.9 dev v0  used 4/64/0probes 6 FAILED ").mac());
  }

  @Test
  void ipv6EntriesOfRoutersAreRead() {
    var router =
        first("fd00::1 dev eth0 lladdr 02:fc:00:00:00:05 router ref 1 used 0/12/12 probes 1 STALE");

    assertEquals(IpLiteral.of("fd00::1"), router.address());
    assertEquals(MacAddress.of("02:fc:00:00:00:05"), router.mac());
    assertEquals("eth0", router.interfaceName());
  }

  @Test
  void theAgesOfBusyboxAreNotBelieved() {
    List<Neighbor> all = IpNeighborParser.parse(Captured.BUSYBOX, false);

    assertEquals(2, all.size());
    assertNull(all.getFirst().ages());
  }

  @Test
  void wordsOfTheProcTableAreNoStatesHere() {
    assertEquals(List.of(), IpNeighborParser.parse("10.0.0.1 dev eth0 COMPLETE", true));
  }

  @Test
  void linesThatMakeNoSenseAreLeftOut() {
    String text = "RTNETLINK answers: no\n\n10.0.0.999 dev eth0 STALE\n10.0.0.1 dev\n";

    assertEquals(List.of(), IpNeighborParser.parse(text, true));
  }
}
