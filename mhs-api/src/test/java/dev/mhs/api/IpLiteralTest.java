package dev.mhs.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.88.1, 192.168.88.1",
    "0:0:0:0:0:0:0:1, ::1",
    "::, ::",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "fe80:0:0:0:fc:ff:fe00:1, fe80::fc:ff:fe00:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1"
  })
  void anAddressIsToldInItsUsualSpelling(String given, String usual) {
    assertEquals(usual, IpLiteral.text(IpLiteral.of(given)));
  }

  @Test
  void whatIsToldIsUnderstoodAgain() throws Exception {
    long seed = 20260921;
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
      for (int octet = 0; octet < octets.length; octet++) {
        octets[octet] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0);
      }
      InetAddress address = InetAddress.getByAddress(octets);

      assertEquals(address, IpLiteral.of(IpLiteral.text(address)), "seed " + seed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "kitchen",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4.",
        ":",
        ":::",
        "fe80::1%eth0",
        "[::1]",
        "12345::1",
        "1:2:3:4:5:6:7:8:9",
        "dead:beef"
      })
  void whatIsNoAddressIsEmptyAndAsksNoNameServer(String text) {
    assertTrue(IpLiteral.parse(text).isEmpty(), text);
  }

  @Test
  void ipv4ComesFirstAndNumbersCountAsNumbers() {
    List<InetAddress> addresses = new ArrayList<>();
    for (String text : List.of("fd00::1", "192.168.1.10", "192.168.1.9", "10.0.0.1", "200.0.0.1")) {
      addresses.add(IpLiteral.of(text));
    }
    addresses.sort(IpLiteral.ORDER);

    assertEquals(
        List.of("10.0.0.1", "192.168.1.9", "192.168.1.10", "200.0.0.1", "fd00::1"),
        addresses.stream().map(IpLiteral::text).toList());
  }
}
