package dev.mhs.source.routeros.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.traffic.ConnectionLedger.Table;
import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every household: connections come, move bytes, end, and their ids are reused. */
class ConnectionLedgerProperties {
  private static final int DEVICES = 6;
  private static final int LOOKS = 60;
  private static final Wan LINE = new Wan(Set.of("ether1"), Set.of(), "test");
  private static final Lan LAN =
      new Lan(
          List.of(Prefix.parse("192.168.88.1/24").orElseThrow()),
          Set.of(IpLiteral.of("192.168.88.1"), IpLiteral.of("203.0.113.5")),
          LINE);

  private final SettableTime time = new SettableTime();
  private final AddressBook book = new AddressBook();

  /** A connection as the router sees it; the kinds are all that the table of a household shows. */
  private static final class Flow {
    private final int id;
    private final int port;
    private final int kind;
    private final int device;
    private long orig;
    private long repl;
    private long fast;

    Flow(int id, int port, Random random) {
      this.id = id;
      this.port = port;
      this.kind = random.nextInt(5);
      this.device = random.nextInt(DEVICES);
    }

    Connection row(boolean inclusive) {
      String lan = "192.168.88." + (10 + device);
      String key = "*" + Integer.toHexString(id) + " tcp " + kind + lan + ":" + port;
      Counters counters = new Counters(orig, inclusive ? repl : repl - fast, 0, fast);
      return switch (kind) {
        case 0, 1 -> new Connection(key, lan, "198.51.100.1", "198.51.100.1", counters);
        case 2 -> new Connection(key, "198.51.100.9", "203.0.113.5", lan, counters); // forwarded
        case 3 -> new Connection(key, lan, "203.0.113.5", "192.168.88.200", counters); // hairpin
        default -> new Connection(key, "203.0.113.5", "198.51.100.1", "198.51.100.1", counters);
      };
    }
  }

  /**
   * What was measured of each device is what it moved over the line while its connections could be
   * seen, to the byte, however often one looks and whichever way the router counts.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 20260301, 77_777, 424_242})
  void everyByteThatCouldBeSeenIsCountedOnceAndForTheRightDevice(long seed) {
    for (boolean inclusive : new boolean[] {true, false}) {
      Map<String, Long> often = measured(seed, inclusive, 1);
      Map<String, Long> seldom = measured(seed, inclusive, 3);
      assertEquals(often.get("truth"), often.get("sum"), "seed " + seed);
      often.forEach(
          (key, bytes) ->
              assertTrue(
                  bytes >= 0 && seldom.getOrDefault(key, 0L) <= bytes,
                  key + " with seed " + seed + ": looking seldom can only miss ends"));
    }
  }

  /** Looks at every {@code each}th state of the same household, and returns bytes by device. */
  private Map<String, Long> measured(long seed, boolean inclusive, int each) {
    Random random = new Random(seed);
    ConnectionLedger ledger = new ConnectionLedger();
    FastTrackCalibration calibration =
        new FastTrackCalibration(inclusive ? Verdict.INCLUSIVE : Verdict.EXCLUSIVE);
    learn();
    List<Flow> flows = new ArrayList<>();
    Map<String, Long> bytes = new HashMap<>(Map.of("truth", 0L, "sum", 0L));
    ledger.enter(List.of(), time.moment(), LAN, book, calibration);
    ledger.enter(table(flows, inclusive), time.moment(), LAN, book, calibration);
    int port = 0;
    for (int state = 1; state <= LOOKS; state++) {
      flows.removeIf(flow -> random.nextInt(8) == 0);
      while (flows.size() < 12) {
        flows.add(new Flow(random.nextInt(16), ++port, random));
      }
      for (Flow flow : flows) {
        long up = random.nextInt(50_000);
        long down = random.nextInt(3_000_000);
        flow.orig += up;
        flow.repl += down;
        flow.fast += down * 9 / 10;
        bytes.merge("truth", flow.kind == 3 ? 0 : up + down, Long::sum);
      }
      time.advance(Duration.ofSeconds(2));
      if (state % each == 0) {
        add(bytes, ledger.enter(table(flows, inclusive), time.moment(), LAN, book, calibration));
      }
    }
    return bytes;
  }

  private static void add(Map<String, Long> bytes, @Nullable Traffic traffic) {
    if (traffic == null) {
      throw new AssertionError("no traffic after the first look");
    }
    traffic.devices().forEach((key, usage) -> add(bytes, key.toString(), usage));
    add(bytes, "own", traffic.own());
  }

  private static void add(Map<String, Long> bytes, String who, Usage usage) {
    Usage.Delta delta = (Usage.Delta) usage;
    bytes.merge(who, delta.downloadBytes() + delta.uploadBytes(), Long::sum);
    bytes.merge("sum", delta.downloadBytes() + delta.uploadBytes(), Long::sum);
  }

  private static List<Table> table(List<Flow> flows, boolean inclusive) {
    return List.of(
        new Table("ip/firewall/connection", flows.stream().map(f -> f.row(inclusive)).toList()));
  }

  private void learn() {
    StringBuilder arp = new StringBuilder("[");
    for (int device = 0; device < DEVICES; device++) {
      arp.append(device > 0 ? "," : "")
          .append(
              String.format(
                  Locale.ROOT,
                  "{'address':'192.168.88.%d','mac-address':'%s','status':'stale'}",
                  10 + device,
                  MacAddress.of("00:00:5e:00:53:0" + device)));
    }
    book.learn(List.of(), Samples.of(arp.append("]").toString()), LINE, time.moment());
  }
}
