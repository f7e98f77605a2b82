package dev.mhs.source.routeros.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.traffic.FastTrackCalibration.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionLedgerTest {
  private static final Wan LINE = new Wan(Set.of("ether1"), Set.of(), "test");
  private static final Lan LAN =
      new Lan(
          List.of(
              Prefix.parse("192.168.88.1/24").orElseThrow(),
              Prefix.parse("10.9.0.1/24").orElseThrow(),
              Prefix.parse("2001:db8:1::1/64").orElseThrow()),
          Set.of(IpLiteral.of("192.168.88.1"), IpLiteral.of("203.0.113.5")),
          LINE);
  private static final DeviceKey LAPTOP = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:01"));
  private static final DeviceKey STRANGER = new DeviceKey.ByAddress(IpLiteral.of("10.9.0.7"));

  private final SettableTime time = new SettableTime();
  private final AddressBook book = new AddressBook();
  private final ConnectionLedger ledger = new ConnectionLedger();
  private final FastTrackCalibration inclusive = new FastTrackCalibration(Verdict.INCLUSIVE);

  ConnectionLedgerTest() {
    book.learn(
        List.of(),
        Samples.of(
            "[{'address':'192.168.88.10','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'stale'},"
                + "{'address':'2001:db8:1::10','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'stale'}]"),
        LINE,
        time.moment());
  }

  @ParameterizedTest(name = "{0} to {1}, answered by {2}: up {3}, down {4}")
  @CsvSource({
    "192.168.88.10, 198.51.100.1, 198.51.100.1, 100, 7000",
    "192.168.88.10:5000, 198.51.100.1:443, 198.51.100.1:443, 100, 7000",
    "198.51.100.1, 203.0.113.5, 192.168.88.10, 7000, 100", // a port forward
    "2001:db8:1::10, 2001:db8:9::1, 2001:db8:9::1, 100, 7000",
    "[2001:db8:1::10]:5000, [2001:db8:9::1]:443, [2001:db8:9::1]:443, 100, 7000",
    "192.168.88.10, 10.9.0.7, 10.9.0.7, 0, 0", // between the household's networks
    "192.168.88.10, 203.0.113.5, 10.9.0.7, 0, 0", // hairpin
    "192.168.88.10, 192.168.88.1, 192.168.88.1, 0, 0", // asks the router itself
    "192.168.88.10, 239.255.255.250, 239.255.255.250, 0, 0",
    "192.168.88.10, 192.168.88.255, 192.168.88.255, 0, 0",
    "198.51.100.1, 198.51.100.2, 198.51.100.2, 0, 0"
  })
  void bytesGoToWhoseTheyAre(String from, String to, String answeredBy, long up, long down) {
    enter("[]", inclusive);

    Traffic traffic = later(row("*1", from, to, answeredBy, 100, 7_000), inclusive);

    assertEquals(new Usage.Delta(down, up, Duration.ofSeconds(2)), traffic.devices().get(LAPTOP));
    assertEquals(new Usage.Delta(0, 0, Duration.ofSeconds(2)), traffic.own());
  }

  @Test
  void theRoutersOwnTrafficIsApart() {
    enter("[]", inclusive);

    Traffic begun =
        later(row("*1", "203.0.113.5", "198.51.100.1", "198.51.100.1", 100, 900), inclusive);
    Traffic reached =
        later(row("*2", "198.51.100.1", "203.0.113.5", "203.0.113.5", 5, 70), inclusive);

    assertEquals(new Usage.Delta(900, 100, Duration.ofSeconds(2)), begun.own());
    assertEquals(new Usage.Delta(5, 70, Duration.ofSeconds(2)), reached.own());
  }

  @Test
  void aDeviceWithoutAKnownMacGoesByItsAddress() {
    enter("[]", inclusive);

    Traffic traffic = later(row("*1", "10.9.0.7", "198.51.100.1", "198.51.100.1", 3, 4), inclusive);

    assertEquals(new Usage.Delta(4, 3, Duration.ofSeconds(2)), traffic.devices().get(STRANGER));
  }

  @Test
  void theFirstTableIsWhereCountingBegins() {
    assertNull(enter(laptop("*1", 1_000_000, 1_000_000), inclusive));

    assertEquals(
        down(30), later(laptop("*1", 1_000_000, 1_000_030), inclusive).devices().get(LAPTOP));
  }

  @Test
  void anIdThatIsUsedAgainIsANewConnection() {
    enter(laptop("*1", 500, 500), inclusive);

    Traffic other =
        later(row("*1", "10.9.0.7", "198.51.100.9", "198.51.100.9", 600, 700), inclusive);

    assertEquals(new Usage.Delta(700, 600, Duration.ofSeconds(2)), other.devices().get(STRANGER));
    assertEquals(down(0), other.devices().get(LAPTOP));
  }

  @Test
  void countersThatWentBackAreANewConnectionInFull() {
    enter(laptop("*1", 0, 5_000), inclusive);

    assertEquals(down(40), later(laptop("*1", 0, 40), inclusive).devices().get(LAPTOP));
  }

  @Test
  void connectionsThatEndTakeNothingBack() {
    enter(laptop("*1", 0, 5_000), inclusive);

    assertEquals(down(0), later("[]", inclusive).devices().get(LAPTOP));
    assertEquals(down(9), later(laptop("*1", 0, 9), inclusive).devices().get(LAPTOP));
  }

  @Test
  void aRestartIsANewBeginning() {
    enter(laptop("*1", 0, 5_000), inclusive);
    ledger.reset();
    time.advance(Duration.ofSeconds(60));

    assertNull(enter(laptop("*1", 0, 9_000), inclusive));
  }

  @Test
  void aGapIsMeasuredWithItsTrueLength() {
    enter(laptop("*1", 0, 0), inclusive);
    time.advance(Duration.ofSeconds(58));

    assertEquals(
        new Usage.Delta(1_000, 0, Duration.ofSeconds(60)),
        later(laptop("*1", 0, 1_000), inclusive).devices().get(LAPTOP));
  }

  @Test
  void recordedRowsAreReadInBothForms() {
    Connection.Reader reader = new Connection.Reader();
    List<Row> rows = Samples.rows("ip-firewall-connection.derived.json");
    List<Connection> table = rows.stream().flatMap(row -> reader.apply(row).stream()).toList();

    assertEquals(3, table.size());
    assertEquals(new Counters(25_675, 56_568, 5_395, 20_460), table.get(0).counters());
    Connection old =
        reader
            .apply(Samples.rows("ip-firewall-connection.old-form.derived.json").get(0))
            .orElseThrow();
    Lan home = new Lan(List.of(Prefix.parse("192.168.8.1/24").orElseThrow()), Set.of(), LINE);
    assertEquals(new Share.OfDevice(IpLiteral.of("192.168.8.59"), true), Share.of(old, home));
  }

  @Test
  void rowsWithoutCountersAreNotMeasured() {
    Connection.Reader reader = new Connection.Reader();
    assertTrue(reader.hasCounters());
    reader.apply(Samples.of("[{'src-address':'1.1.1.1','dst-address':'2.2.2.2'}]").get(0));

    assertFalse(reader.hasCounters());
    assertEquals(1, reader.rows());
  }

  @Test
  void moreBytesOnTheFastPathThanInAllProveThatTheyAreLeftOut() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
    enter("[]", calibration);

    Traffic traffic = later(fast(10_000, 50_000_000), calibration);

    assertEquals(Verdict.EXCLUSIVE, calibration.verdict());
    assertEquals(down(50_010_000), traffic.devices().get(LAPTOP));
  }

  @Test
  void aSkewOfAFewPacketsProvesNothing() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
    enter("[]", calibration);
    later(fast(5_000, 9_000), calibration);
    later(fast(500_000_000, 500_030_000), calibration);

    assertEquals(Verdict.UNKNOWN, calibration.verdict());
    assertTrue(calibration.isOpen());
  }

  @Test
  void fiveConnectionsThatGrowAlikeProveThatTheyAreIncluded() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
    enter("[]", calibration);
    for (int poll = 1; poll <= 6; poll++) {
      assertEquals(Verdict.UNKNOWN, calibration.verdict());
      later(fast(poll * 2_100_000L, poll * 2_000_000L), calibration);
    }

    assertEquals(Verdict.INCLUSIVE, calibration.verdict());
    assertFalse(calibration.isOpen());
  }

  @Test
  void growthOnTheFastPathAloneProvesThatItIsLeftOut() {
    FastTrackCalibration calibration = new FastTrackCalibration(Verdict.UNKNOWN);
    enter(fast(90_000_000, 1_000), calibration);

    later(fast(90_001_000, 3_000_000), calibration);

    assertEquals(Verdict.EXCLUSIVE, calibration.verdict());
  }

  @Test
  void kidControlRowsAreTotals() {
    Map<DeviceKey, Usage> usage = KidControl.usage(Samples.rows("ip-kid-control-device.json"), 4);

    assertEquals(2, usage.size());
    Usage.Totals first =
        (Usage.Totals) usage.get(new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:02")));
    assertNotNull(first);
    assertEquals(42_069, first.downloadBytes());
    assertEquals(2_137, first.uploadBytes());
  }

  @Test
  void theVerdictIsKeptByVersion(@TempDir Path folder) {
    VerdictFile file = new VerdictFile(folder);
    assertEquals(Verdict.UNKNOWN, file.read("7.16.2"));

    assertTrue(file.write("7.16.2", Verdict.EXCLUSIVE));

    assertEquals(Verdict.EXCLUSIVE, new VerdictFile(folder).read("7.16.2"));
    assertEquals(Verdict.UNKNOWN, file.read("7.20"));
    assertFalse(new VerdictFile(folder.resolve("missing")).write("7.20", Verdict.INCLUSIVE));
  }

  private @Nullable Traffic enter(String json, FastTrackCalibration calibration) {
    Connection.Reader reader = new Connection.Reader();
    List<Connection> table =
        Samples.of(json).stream().flatMap(row -> reader.apply(row).stream()).toList();
    return ledger.enter(
        List.of(new ConnectionLedger.Table("ip/firewall/connection", table)),
        time.moment(),
        LAN,
        book,
        calibration);
  }

  private Traffic later(String json, FastTrackCalibration calibration) {
    time.advance(Duration.ofSeconds(2));
    Traffic traffic = enter(json, calibration);
    if (traffic == null) {
      throw new AssertionError("no traffic");
    }
    return traffic;
  }

  private static Usage down(long bytes) {
    return new Usage.Delta(bytes, 0, Duration.ofSeconds(2));
  }

  private static String laptop(String id, long orig, long repl) {
    return row(id, "192.168.88.10", "198.51.100.1", "198.51.100.1", orig, repl);
  }

  private static String row(
      String id, String from, String to, String answeredBy, long orig, long repl) {
    return "[{'.id':'%s','protocol':'tcp','src-address':'%s','dst-address':'%s','reply-src-address':'%s','orig-bytes':'%d','repl-bytes':'%d'}]"
        .formatted(id, from, to, answeredBy, orig, repl);
  }

  private static String fast(long repl, long replFast) {
    return "[{'.id':'*1','protocol':'tcp','src-address':'192.168.88.10','dst-address':'198.51.100.1','reply-src-address':'198.51.100.1','orig-bytes':'0','repl-bytes':'%d','orig-fasttrack-bytes':'0','repl-fasttrack-bytes':'%d'}]"
        .formatted(repl, replFast);
  }
}
