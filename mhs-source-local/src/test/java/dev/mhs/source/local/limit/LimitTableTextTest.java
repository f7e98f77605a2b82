package dev.mhs.source.local.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.local.count.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitTableTextTest {
  /** Printed by nftables 1.0.6 on Linux 6.18. */
  private static final String LISTED =
      """
      table netdev mhs_limits {
      	comment "00abcdef"
      	map up {
      		type ether_addr : classid
      		elements = { 02:66:00:00:00:11 comment "5000000" : 4d02:10,
      			     02:66:00:00:00:12 comment "7000000" : 4d02:1f }
      	}

      	map up6 {
      		type ipv6_addr : classid
      		elements = { fd00::1 comment "777000" : 4d02:12 }
      	}

      	set household4 {
      		type ipv4_addr
      		flags interval
      		auto-merge
      		elements = { 10.66.0.0/24, 224.0.0.0/3 }
      	}

      	chain entering {
      		type filter hook ingress devices = { lan0, lan1 } priority -400; policy accept;
      		ip daddr != @household4 meta priority set ether saddr map @up fwd to "mhs-up"
      	}
      }
      """;

  @Test
  void whatNftPrintsIsUnderstood() {
    LimitTable table = LimitTableText.parse(LISTED);

    assertEquals("00abcdef", table.signature());
    assertEquals(Map.of(Direction.UP, Set.of("lan0", "lan1")), table.hooked());
    assertTrue(table.reachesWaitingRoom());
    assertEquals(
        List.of(
            new LimitEntry(mac("02:66:00:00:00:11"), Direction.UP, 0x10, BitRate.ofMegabits(5)),
            new LimitEntry(mac("02:66:00:00:00:12"), Direction.UP, 0x1f, BitRate.ofMegabits(7)),
            new LimitEntry(
                new DeviceKey.ByAddress(IpLiteral.of("fd00::1")),
                Direction.UP,
                0x12,
                new BitRate(777_000))),
        table.entries());
  }

  @Test
  void anInterfaceThatWentIsNoticed() {
    String gone = LISTED.replace("fwd to \"mhs-up\"", "fwd to 4");

    assertFalse(LimitTableText.parse(gone).reachesWaitingRoom());
  }

  @Test
  void whatIsWrittenIsReadBack() {
    ShapingPlace place =
        new ShapingPlace(
            Set.of("br-lan", "wlan0"),
            Set.of(),
            Set.of(Network.of(IpLiteral.of("192.168.1.1"), 24)));
    List<LimitEntry> entries =
        List.of(
            new LimitEntry(mac("02:00:00:00:00:01"), Direction.DOWN, 0x10, new BitRate(1)),
            new LimitEntry(
                new DeviceKey.ByAddress(IpLiteral.of("192.168.1.9")),
                Direction.UP,
                0xfffe,
                BitRate.ofMegabits(100_000)));

    LimitTable read = LimitTableText.parse(LimitTableText.script(place, entries));

    assertEquals(entries, read.entries().stream().sorted((a, b) -> a.minor() - b.minor()).toList());
    assertTrue(read.fits(place));
    assertFalse(read.fits(new ShapingPlace(Set.of("br-lan"), Set.of(), place.household())));
    assertFalse(read.fits(new ShapingPlace(place.sides(), Set.of(), Set.of())));
  }

  @Test
  void whatComesByAVlanWaitsOnlyAtTheInterfaceOfTheVlan() {
    Set<Network> household = Set.of(Network.of(IpLiteral.of("192.168.1.1"), 24));
    ShapingPlace trunk =
        new ShapingPlace(Set.of("br0", "br0.20"), Set.of("br0", "eth7"), household);
    ShapingPlace plain = new ShapingPlace(trunk.sides(), Set.of(), household);
    List<LimitEntry> entries =
        List.of(
            new LimitEntry(mac("02:00:00:00:00:01"), Direction.UP, 1, BitRate.ofMegabits(5)),
            new LimitEntry(mac("02:00:00:00:00:01"), Direction.DOWN, 1, BitRate.ofMegabits(5)));

    String script = LimitTableText.script(trunk, entries);

    assertEquals(
        List.of("    iifname \"br0\" vlan id 1-4094 accept"),
        script.lines().filter(line -> line.contains("vlan")).toList());
    assertTrue(script.indexOf("vlan id") < script.indexOf("fwd to"), script);
    assertTrue(LimitTableText.parse(script).fits(trunk));
    assertFalse(LimitTableText.parse(script).fits(plain));
  }

  private static DeviceKey mac(String text) {
    return new DeviceKey.ByMac(MacAddress.of(text));
  }
}
