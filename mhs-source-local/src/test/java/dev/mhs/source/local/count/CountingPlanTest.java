package dev.mhs.source.local.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.source.local.count.CountingPlan.Sight;
import dev.mhs.source.local.read.InterfaceKind;
import dev.mhs.source.local.read.LocalInterface;
import dev.mhs.source.local.read.OwnAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountingPlanTest {
  private static final long UP = 0x1003;
  private static final long PROMISCUOUS = 0x1103;

  private final Map<String, LocalInterface> interfaces = new HashMap<>();
  private final List<OwnAddress> own = new ArrayList<>();

  private CountingPlanTest with(
      String name, InterfaceKind kind, long flags, Set<String> members, String... addresses) {
    interfaces.put(
        name,
        new LocalInterface(
            name,
            interfaces.size() + 1,
            kind,
            null,
            new LocalInterface.Flags(flags),
            null,
            members));
    for (String address : addresses) {
      String[] parts = address.split("/", 2);
      own.add(new OwnAddress(name, IpLiteral.of(parts[0]), Integer.parseInt(parts[1])));
    }
    return this;
  }

  private CountingPlan plan(
      boolean forwards, boolean named, Set<String> watched, String... uplink) {
    return CountingPlan.of(
        new CountingPlan.Place(
            interfaces, watched, own, Set.of(uplink), Set.of("eth0"), forwards, named));
  }

  private static List<String> texts(Set<Network> networks) {
    return networks.stream().sorted().map(Network::toString).toList();
  }

  @Test
  void aMachineAmongOthersCountsItselfOnly() {
    with("wlan0", InterfaceKind.WIFI, UP, Set.of(), "192.168.7.2/24", "fe80::1/64", "fd00::2/64");

    CountingPlan plan = plan(false, false, Set.of("wlan0"), "wlan0");

    assertEquals(Set.of("wlan0"), plan.entries());
    assertEquals(Set.of("wlan0"), plan.exits());
    assertEquals(List.of("192.168.7.0/24", "fd00::/64"), texts(plan.household()));
    assertEquals(List.of("192.168.7.2/32", "fd00::2/128"), texts(plan.counted()));
    assertEquals(Sight.OWN, plan.sight());
  }

  @Test
  void aRouterCountsItsHouseholdAtTheMembersOfTheBridgeAndNotTheUplink() {
    with("wan", InterfaceKind.ETHER, UP, Set.of(), "10.55.0.1/24")
        .with("br0", InterfaceKind.BRIDGE, UP, Set.of("lan1", "lan2"), "192.168.7.1/24")
        .with("guest", InterfaceKind.ETHER, UP, Set.of(), "192.168.9.1/25");

    CountingPlan plan = plan(true, false, Set.of("wan", "br0", "guest"), "wan");

    assertEquals(Set.of("lan1", "lan2", "guest"), plan.entries());
    assertEquals(Set.of("br0", "guest"), plan.exits());
    assertEquals(List.of("192.168.7.0/24", "192.168.9.0/25"), texts(plan.household()));
    assertEquals(plan.household(), plan.counted());
    assertEquals(Sight.ALL, plan.sight());
  }

  @Test
  void aMemberOfABridgeIsNoSideOfItsOwn() {
    with("br0", InterfaceKind.BRIDGE, UP, Set.of("lan1"), "192.168.7.1/24");
    interfaces.put(
        "lan1",
        new LocalInterface(
            "lan1", 9, InterfaceKind.VETH, null, new LocalInterface.Flags(UP), "br0", Set.of()));

    CountingPlan plan = plan(true, false, Set.of("br0", "lan1"));

    assertEquals(Set.of("lan1"), plan.entries());
    assertEquals(Set.of("br0"), plan.exits());
  }

  @Test
  void aBridgeInTheWaySeesEverybodyWithoutForwarding() {
    with("br0", InterfaceKind.BRIDGE, UP, Set.of("in", "out"), "192.168.7.2/24");

    CountingPlan plan = plan(false, false, Set.of("br0"), "br0");

    assertEquals(Set.of("in", "out"), plan.entries());
    assertEquals(Set.of("br0"), plan.exits());
    assertEquals(List.of("192.168.7.0/24"), texts(plan.counted()));
    assertEquals(Sight.ALL, plan.sight());
  }

  @Test
  void aMemberThatWasMadeAnewMakesAnotherPlan() {
    with("br0", InterfaceKind.BRIDGE, UP, Set.of("lan1"), "192.168.7.1/24")
        .with("lan1", InterfaceKind.VETH, UP, Set.of());
    CountingPlan before = plan(true, false, Set.of("br0"));
    assertEquals(before, plan(true, false, Set.of("br0")));

    with("away", InterfaceKind.VETH, UP, Set.of()).with("lan1", InterfaceKind.VETH, UP, Set.of());

    CountingPlan after = plan(true, false, Set.of("br0"));
    assertEquals(before.entries(), after.entries());
    assertNotEquals(before, after);
  }

  @Test
  void aMirrorPortIsOneThatAPersonNamedAndThatIsPromiscuous() {
    with("eth1", InterfaceKind.ETHER, PROMISCUOUS, Set.of(), "192.168.7.2/24");

    assertEquals(Sight.SOME, plan(false, true, Set.of("eth1"), "eth1").sight());
    assertEquals(Sight.OWN, plan(false, false, Set.of("eth1"), "eth1").sight());
  }

  @Test
  void theParentOfAVlanIsATrunkWhereItIsCountedToo() {
    with("eth0", InterfaceKind.ETHER, UP, Set.of(), "192.168.7.1/24")
        .with("eth0.9", InterfaceKind.VLAN, UP, Set.of(), "192.168.9.1/24");

    assertEquals(Set.of("eth0"), plan(true, false, Set.of("eth0", "eth0.9")).trunks());
    assertEquals(Set.of(), plan(true, false, Set.of("eth0.9")).trunks());
  }

  @Test
  void aVlanOnABridgeMakesItsMembersTrunksToo() {
    with("eth0", InterfaceKind.BRIDGE, UP, Set.of("lan1", "lan2"), "192.168.7.1/24")
        .with("eth0.9", InterfaceKind.VLAN, UP, Set.of(), "192.168.9.1/24");

    CountingPlan plan = plan(true, false, Set.of("eth0", "eth0.9"));

    assertEquals(Set.of("eth0", "lan1", "lan2"), plan.trunks());
    assertEquals(Set.of("eth0.9", "lan1", "lan2"), plan.entries());
    assertEquals(Set.of("eth0", "eth0.9"), plan.exits());
  }

  @Test
  void withoutANetworkThereIsNothingToCount() {
    with("eth0", InterfaceKind.ETHER, UP, Set.of(), "fe80::1/64");

    assertTrue(plan(false, false, Set.of("eth0")).isEmpty());
    assertTrue(plan(true, false, Set.of("eth0"), "eth0").isEmpty());
  }
}
