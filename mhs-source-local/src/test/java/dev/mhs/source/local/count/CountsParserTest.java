package dev.mhs.source.local.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CountsParserTest {
  private static final String CAPTURED = captured();

  private static String captured() {
    try (InputStream file =
        CountsParserTest.class.getResourceAsStream("/captured/nft-table.json")) {
      assertNotNull(file);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void everyAddressHasItsBytesWithTheHeadersOfTheLink() {
    Map<InetAddress, Counts> counts = CountsParser.parse(CAPTURED).orElseThrow();

    assertEquals(
        Map.of(
            IpLiteral.of("192.168.90.10"),
            new Counts(25_075_557, 19_135_824 + 14 * 13_657), // leaving has its headers already
            IpLiteral.of("fd90::10"),
            new Counts(1_588, 5_184_508 + 14 * 3_859)),
        counts);
  }

  @Test
  void anythingElseIsNoReading() {
    for (String text :
        new String[] {"", "nft: error", "[]{}", "{\"nftables\": [", "{\"a\":1e99}"}) {
      assertEquals(Optional.empty(), CountsParser.parse(text), text);
    }
  }

  @Test
  void aTableWithoutCountersIsOneWhereNothingMoved() {
    assertEquals(Optional.of(Map.of()), CountsParser.parse("{\"nftables\": []}"));
  }

  @Test
  void noPrefixEscapes() {
    for (int length = 0; length < CAPTURED.stripTrailing().length(); length++) {
      assertTrue(CountsParser.parse(CAPTURED.substring(0, length)).isEmpty());
    }
  }
}
