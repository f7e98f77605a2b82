package dev.mhs.server.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private static final InetAddress NAS = IpLiteral.of("192.0.2.7");
  private static final InetAddress TV = IpLiteral.of("192.0.2.8");

  @Test
  void oneAddressTakesNoMoreThanItsPlaces() {
    Crowd crowd = new Crowd(3, address -> false);

    for (int i = 0; i < 3; i++) {
      assertTrue(crowd.enter(NAS));
    }

    assertFalse(crowd.enter(NAS));
    assertTrue(crowd.enter(TV));
    crowd.leave(NAS);
    assertTrue(crowd.enter(NAS));
    assertFalse(crowd.enter(NAS));
  }

  @Test
  void whoSpeaksForOthersIsNotBounded() {
    Crowd crowd = new Crowd(1, InetAddress::isLoopbackAddress);

    for (int i = 0; i < 1000; i++) {
      assertTrue(crowd.enter(IpLiteral.of("127.0.0.1")));
    }
    assertTrue(crowd.enter(NAS));
    assertFalse(crowd.enter(NAS));
  }

  @Test
  void aNetworkOfIpv6TakesNoMoreThanAFewAddresses() {
    Crowd crowd = new Crowd(2, address -> false);

    int in = 0;
    for (int host = 1; host <= 1000; host++) {
      in += crowd.enter(IpLiteral.of("2001:db8:0:1::" + Integer.toHexString(host))) ? 1 : 0;
    }

    assertEquals(2 * Crowd.NETWORK_TIMES, in);
    assertTrue(crowd.enter(IpLiteral.of("2001:db8:0:2::1")));
  }

  @Test
  void nothingIsRememberedOfThoseWhoLeft() {
    Crowd crowd = new Crowd(2, address -> false);
    for (int host = 1; host <= 200; host++) {
      InetAddress six = IpLiteral.of("2001:db8:0:" + Integer.toHexString(host) + "::1");
      InetAddress four = IpLiteral.of("198.51.100." + host);
      crowd.enter(six);
      crowd.enter(four);
      crowd.leave(six);
      crowd.leave(four);
    }

    assertEquals(0, crowd.size());
  }
}
