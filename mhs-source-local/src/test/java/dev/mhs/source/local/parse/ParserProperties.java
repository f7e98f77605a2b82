package dev.mhs.source.local.parse;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file, no parser throws. */
class ParserProperties {
  private static final List<String> TEXTS =
      List.of(
          Captured.IP_WITH_AGES,
          Captured.BUSYBOX,
          Captured.ARP,
          Captured.ROUTES,
          Captured.IPV6_ROUTES,
          "search home.arpa. fritz.box\n");

  private static final List<Function<String, List<?>>> PARSERS =
      List.of(
          text -> IpNeighborParser.parse(text, true),
          text -> IpNeighborParser.parse(text, false),
          ArpTableParser::parse,
          RouteTableParser::ipv4,
          RouteTableParser::ipv6,
          ResolverConfig::domains);

  @Test
  void everyPrefixOfEveryCaptureIsReadByEveryParser() {
    for (String text : TEXTS) {
      for (int end = 0; end <= text.length(); end++) {
        readByAll(text.substring(0, end), "prefix of " + end);
      }
    }
  }

  @Test
  void spoiltCapturesAreRead() {
    long seed = 20261124;
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      char[] text = TEXTS.get(random.nextInt(TEXTS.size())).toCharArray();
      for (int spot = random.nextInt(6); spot >= 0; spot--) {
        text[random.nextInt(text.length)] =
            (char) random.nextInt(random.nextBoolean() ? 128 : 65536);
      }
      readByAll(new String(text), "seed " + seed);
    }
  }

  @Test
  void aPrefixOfWholeLinesGivesAPrefixOfTheEntries() {
    List<Neighbor> whole = IpNeighborParser.parse(Captured.IP_WITH_AGES, true);
    String[] lines = Captured.IP_WITH_AGES.split("\n", -1);
    for (int count = 0; count < lines.length; count++) {
      String part = String.join("\n", Arrays.copyOf(lines, count));

      List<Neighbor> read = IpNeighborParser.parse(part, true);

      assertTrue(whole.size() >= read.size() && whole.subList(0, read.size()).equals(read), part);
    }
  }

  private static void readByAll(String text, String which) {
    for (var parser : PARSERS) {
      assertDoesNotThrow(() -> parser.apply(text), which);
    }
  }
}
