package dev.mhs.source.local.read;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.MacAddress;
import dev.mhs.source.local.FixtureTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterfaceCatalogTest {
  private static final String MAC = "02:00:00:00:00:01";

  @TempDir Path folder;
  private FixtureTree tree;

  @BeforeEach
  void makeTree() {
    tree = new FixtureTree(folder);
  }

  private Map<String, LocalInterface> read() {
    return new InterfaceCatalog(tree.files()).read();
  }

  private InterfaceKind kind(String name) {
    return requireNonNull(read().get(name), name).kind();
  }

  @Test
  void anInterfaceIsDescribed() {
    tree.ethernet("eth0", MAC, FixtureTree.UP);

    var eth0 = read().get("eth0");

    assertEquals(
        new LocalInterface(
            "eth0",
            2,
            InterfaceKind.ETHER,
            MacAddress.of(MAC),
            new LocalInterface.Flags(FixtureTree.UP),
            null,
            Set.of()),
        eth0);
  }

  @Test
  void aBridgeKnowsItsMembersAndTheyKnowIt() {
    tree.ethernet("eth0", MAC, FixtureTree.UP).virtual("veth1", "02:00:00:00:00:02");
    tree.bridge("br0", MAC, List.of("eth0", "veth1"));

    var all = read();

    assertEquals(InterfaceKind.BRIDGE, kind("br0"));
    assertEquals(Map.of("br0", Set.of("eth0", "veth1")), membersOf(all));
    assertEquals("br0", requireNonNull(all.get("veth1")).master());
  }

  private static Map<String, Set<String>> membersOf(Map<String, LocalInterface> all) {
    return Map.of("br0", requireNonNull(all.get("br0")).members());
  }

  @Test
  void kindsAreToldApart() {
    tree.link("lo", 772, "00:00:00:00:00:00", 0x9)
        .link("wg0", 65534, "", 0x91)
        .link("ppp0", 512, "", 0x10d1)
        .link("ifb0", 1, MAC, 0x82)
        .virtual("veth0", MAC)
        .link("tap0", 1, MAC, FixtureTree.UP)
        .file("sys/class/net/tap0/tun_flags", "0x1002\n")
        .link("tun0", 65534, "", 0x1091)
        .link("wlan0", 1, MAC, FixtureTree.UP)
        .folder("sys/class/net/wlan0/wireless")
        .link("eth0.7", 1, MAC, FixtureTree.UP)
        .file("sys/class/net/eth0.7/uevent", "DEVTYPE=vlan\nINTERFACE=eth0.7\nIFINDEX=9\n")
        .link("bond0", 1, MAC, FixtureTree.UP)
        .file("sys/class/net/bond0/uevent", "DEVTYPE=bond\n")
        .link("mv0", 1, MAC, FixtureTree.UP)
        .file("sys/class/net/mv0/uevent", "DEVTYPE=macvlan\n");

    assertEquals(InterfaceKind.LOOPBACK, kind("lo"));
    assertEquals(InterfaceKind.TUNNEL, kind("wg0"));
    assertEquals(InterfaceKind.TUNNEL, kind("ppp0"));
    assertEquals(InterfaceKind.TUNNEL, kind("tun0"));
    assertEquals(InterfaceKind.OTHER, kind("ifb0"));
    assertEquals(InterfaceKind.VETH, kind("veth0"));
    assertEquals(InterfaceKind.TAP, kind("tap0"));
    assertEquals(InterfaceKind.WIFI, kind("wlan0"));
    assertEquals(InterfaceKind.VLAN, kind("eth0.7"));
    assertEquals(InterfaceKind.BOND, kind("bond0"));
    assertEquals(InterfaceKind.OTHER, kind("mv0"));
    assertNull(requireNonNull(read().get("wg0")).mac());
  }

  @Test
  void anInterfaceThatIsVanishingIsLeftOut() {
    tree.folder("sys/class/net/gone0");

    assertEquals(Map.of(), read());
  }

  @Test
  void withoutSysfsThereAreNoInterfaces() {
    tree.remove("sys");

    assertEquals(Map.of(), read());
  }

  @Test
  void thisMachineHasALoopback() {
    var here = new InterfaceCatalog(SystemFiles.HERE).read();

    assertTrue(here.containsKey("lo"), here::toString);
    assertEquals(InterfaceKind.LOOPBACK, requireNonNull(here.get("lo")).kind());
  }
}
