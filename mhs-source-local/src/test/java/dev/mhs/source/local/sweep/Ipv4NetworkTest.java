package dev.mhs.source.local.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Ipv4NetworkTest {
  private static Ipv4Network network(String own, int prefix) {
    return new Ipv4Network("eth0", (Inet4Address) IpLiteral.of(own), prefix);
  }

  private static List<String> texts(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).toList();
  }

  @Test
  void aWholeNetworkIsAllItsHostsButOurselves() {
    List<String> all = texts(network("192.168.1.2", 29).nearest(4096));

    assertEquals(
        List.of("192.168.1.1", "192.168.1.3", "192.168.1.4", "192.168.1.5", "192.168.1.6"), all);
  }

  @Test
  void theRealPrefixCounts() {
    assertEquals(1021, network("192.168.4.1", 22).nearest(4096).size());
    assertTrue(network("192.168.4.1", 22).contains(IpLiteral.of("192.168.7.254")));
    assertFalse(network("192.168.4.1", 22).contains(IpLiteral.of("192.168.8.1")));
    assertEquals("192.168.4.0/22", network("192.168.6.9", 22).toString());
  }

  @Test
  void aLargeNetworkIsTakenFromTheMiddleOut() {
    assertEquals(
        List.of("10.1.0.0", "10.1.0.2", "10.0.255.255"), texts(network("10.1.0.1", 8).nearest(3)));
    assertEquals(4096, network("10.1.0.1", 8).nearest(4096).size());
  }

  @Test
  void networksOfTwoAndOneHaveNoOthers() {
    assertEquals(0, network("10.0.0.1", 31).hosts());
    assertEquals(0, network("10.0.0.1", 32).hosts());
    assertEquals(List.of(), network("10.0.0.1", 31).nearest(4096));
    assertEquals(List.of(), network("10.0.0.1", 32).nearest(4096));
  }

  @Test
  void theUpperHalfOfTheAddressesIsNotNegative() {
    assertEquals(List.of("250.0.0.1", "250.0.0.3"), texts(network("250.0.0.2", 24).nearest(2)));
    assertEquals(4294967294L, network("250.0.0.2", 0).hosts());
  }

  @Test
  void whatIsAskedIsInsideDistinctAndNotOurselves() {
    long seed = 20261124;
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      String own = random.nextInt(256) + "." + random.nextInt(256) + ".7." + random.nextInt(256);
      int prefix = random.nextInt(33);
      Ipv4Network network = network(own, prefix);
      int most = 1 + random.nextInt(300);

      List<InetAddress> asked = network.nearest(most);

      String which = network + " most " + most + " seed " + seed;
      assertTrue(asked.stream().allMatch(network::contains), which);
      assertFalse(asked.contains(network.own()), which);
      assertEquals(asked.size(), new HashSet<>(asked).size(), which);
      assertTrue(asked.size() <= most && asked.size() <= network.hosts(), which);
      assertTrue(asked.size() >= Math.min(most, network.hosts() - 1), which);
    }
  }
}
