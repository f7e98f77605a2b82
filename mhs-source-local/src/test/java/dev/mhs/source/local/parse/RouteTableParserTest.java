package dev.mhs.source.local.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.IpLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableParserTest {
  @Test
  void theLowestMetricComesFirst() {
    List<DefaultRoute> routes = RouteTableParser.ipv4(Captured.ROUTES);

    assertEquals(
        List.of(
            new DefaultRoute("eth0", IpLiteral.of("192.0.2.1"), 100),
            new DefaultRoute("wlan0", IpLiteral.of("10.77.0.2"), 600)),
        routes);
  }

  @Test
  void aRouteIntoATunnelHasNoGateway() {
    String tunnel = "wg0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0";

    assertEquals(List.of(new DefaultRoute("wg0", null, 0)), RouteTableParser.ipv4(tunnel));
  }

  @Test
  void aHalfOfTheInternetIsNoDefaultRoute() {
    String half = "tun0\t00000000\t0100080A\t0003\t0\t0\t0\t00000080\t0\t0\t0";

    assertEquals(List.of(), RouteTableParser.ipv4(half));
  }

  @Test
  void anUnreachableRouteIsNoWay() {
    String unreachable = "*\t00000000\t00000000\t0200\t0\t0\t0\t00000000\t0\t0\t0";

    assertEquals(List.of(), RouteTableParser.ipv4(unreachable));
  }

  @Test
  void theKernelsOwnIpv6RejectRoutesAreLeftOut() {
    assertEquals(
        List.of(new DefaultRoute("eth0", IpLiteral.of("fd00::1"), 0x400)),
        RouteTableParser.ipv6(Captured.IPV6_ROUTES));
  }
}
