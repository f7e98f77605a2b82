package dev.mhs.source.local.read;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.Port.Link;
import dev.mhs.source.local.FixtureTree;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountersTest {
  @TempDir Path folder;

  private static OshiCounters oshi() {
    InterfaceCatalog catalog = new InterfaceCatalog(SystemFiles.HERE);
    return new OshiCounters(catalog::names, names -> Map.of());
  }

  @Test
  void sysfsTellsBytesErrorsSpeedAndLink() {
    FixtureTree tree = new FixtureTree(folder).ethernet("eth0", "02:00:00:00:00:01", 0x1003);
    tree.moved("eth0", 5_000_000_000L, 7).file("sys/class/net/eth0/speed", "2500\n");

    var read = new SysfsCounters(tree.files()).read(Set.of("eth0", "gone0"));

    assertEquals(
        Map.of(
            "eth0",
            new InterfaceCounters(5_000_000_000L, 7, 0, 0, BitRate.ofMegabits(2500), Link.UP)),
        read);
  }

  @Test
  void anUnknownSpeedIsNone() {
    FixtureTree tree = new FixtureTree(folder).ethernet("eth0", "02:00:00:00:00:01", 0x1002);
    tree.file("sys/class/net/eth0/speed", "-1\n");

    var eth0 = new SysfsCounters(tree.files()).read(Set.of("eth0")).get("eth0");

    assertNull(requireNonNull(eth0).speed());
    assertEquals(Link.DOWN, eth0.link());
  }

  @Test
  void oshiCountsWhatPassesTheLoopback() throws Exception {
    OshiCounters counters = oshi();
    long before = requireNonNull(counters.read(Set.of("lo")).get("lo")).rxBytes();
    try (DatagramSocket socket = new DatagramSocket()) {
      var loopback = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(new byte[9000], 9000, loopback, socket.getLocalPort()));
    }

    long after = requireNonNull(counters.read(Set.of("lo")).get("lo")).rxBytes();

    assertTrue(after - before >= 9000, before + " to " + after);
  }

  @Test
  void oshiAndSysfsAgree() {
    var fromSysfs = new SysfsCounters(SystemFiles.HERE);
    long before = requireNonNull(fromSysfs.read(Set.of("lo")).get("lo")).rxBytes();
    var fromOshi = requireNonNull(oshi().read(Set.of("lo")).get("lo"));
    long after = requireNonNull(fromSysfs.read(Set.of("lo")).get("lo")).rxBytes();

    assertTrue(before <= fromOshi.rxBytes() && fromOshi.rxBytes() <= after);
    assertEquals(Link.UNKNOWN, fromOshi.link());
  }

  @Test
  void whatOshiDoesNotListIsReadByTheOther() {
    var other = new InterfaceCounters(1, 2, 0, 0, null, Link.UP);
    OshiCounters counters =
        new OshiCounters(
            () -> Set.of("lo", "member0"),
            missing -> {
              assertEquals(Set.of("member0"), missing);
              return Map.of("member0", other);
            });

    var read = counters.read(Set.of("lo", "member0"));

    assertEquals(other, read.get("member0"));
    assertEquals(Set.of("lo", "member0"), read.keySet());
    assertNull(counters.trouble());
  }
}
