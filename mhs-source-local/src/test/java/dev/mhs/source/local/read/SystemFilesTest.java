package dev.mhs.source.local.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.source.local.FixtureTree;
import dev.mhs.source.local.parse.Captured;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
  @TempDir Path folder;
  private FixtureTree tree;

  @BeforeEach
  void makeTree() {
    tree = new FixtureTree(folder);
  }

  @Test
  void theWanIsBehindTheDefaultRouteWithTheLowestMetric() {
    tree.file("proc/net/route", Captured.ROUTES);

    assertEquals("eth0", tree.files().wanInterface());
  }

  @Test
  void withoutIpv4TheWanIsBehindTheIpv6Route() {
    tree.file("proc/net/route", "Iface\tDestination\n")
        .file("proc/net/ipv6_route", Captured.IPV6_ROUTES);

    assertEquals("eth0", tree.files().wanInterface());
  }

  @Test
  void withoutARouteThereIsNoWan() {
    assertNull(tree.files().wanInterface());
  }

  @Test
  void forwardingOfEitherFamilyIsForwarding() {
    assertFalse(tree.files().forwards());
    tree.file("proc/sys/net/ipv6/conf/all/forwarding", "1\n");
    assertTrue(tree.files().forwards());
  }

  @Test
  void theModelIsWhatTheMakerWrote() {
    assertNull(tree.files().model());
    tree.file("sys/class/dmi/id/product_name", "To Be Filled By O.E.M.\n");
    assertNull(tree.files().model());
    tree.file("sys/class/dmi/id/product_name", "OptiPlex 7050\n");
    assertEquals("OptiPlex 7050", tree.files().model());
    tree.file("proc/device-tree/model", "Raspberry Pi 4 Model B Rev 1.4\0");
    assertEquals("Raspberry Pi 4 Model B Rev 1.4", tree.files().model());
  }

  @Test
  void aRebootChangesTheEpoch() {
    long before = tree.files().bootEpoch();
    tree.file("proc/sys/kernel/random/boot_id", "6f1c54e7-6b2d-4a55-9b0e-2f6f0f7a9f11\n");

    assertNotEquals(before, tree.files().bootEpoch());
  }

  @Test
  void anEmptyMachineGivesAbsentValues() {
    tree.remove("proc").remove("sys").remove("etc");

    assertEquals(Optional.empty(), tree.files().hostName());
    assertEquals(List.of(), tree.files().localDomains());
    assertEquals(0, tree.files().bootEpoch());
    assertFalse(tree.files().forwards());
    assertNull(tree.files().wanInterface());
  }
}
