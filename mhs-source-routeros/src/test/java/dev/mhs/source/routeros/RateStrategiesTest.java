package dev.mhs.source.routeros;

import static dev.mhs.source.routeros.FakeHousehold.device;
import static dev.mhs.source.routeros.FakeHousehold.downloadOf;
import static dev.mhs.source.routeros.FakeHousehold.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateStrategiesTest {
  private static final String CONNECTIONS = "ip/firewall/connection";
  private static final String KIDS = "ip/kid-control/device";
  private static final String WIFI = "interface/wifi/registration-table";
  private static final String QUEUES = "queue/simple";
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @TempDir Path storage;
  private final FakeHousehold home = new FakeHousehold(4);
  private RouterBandwidth bandwidth;

  @BeforeEach
  void open() {
    bandwidth = new RouterBandwidth(home.router, storage);
  }

  @Test
  void theConnectionTableAloneIsAskedWhereItWorks() throws Exception {
    home.session.with(CONNECTIONS, "[]").with(KIDS, kid(1, 5_000)).with(WIFI, client(2, 6_000));

    assertEquals("conntrack", ask().method());
    assertEquals(0, home.session.count(KIDS));
    assertEquals(0, home.session.count("ip/accounting"));
    assertEquals(List.of(), home.session.writes());
  }

  @Test
  void eachDeviceIsMeasuredByTheStrongestWayThatKnowsIt() throws Exception {
    home.session
        .with(KIDS, kid(1, 1_000))
        .with(WIFI, "[" + client(1, 77) + "," + client(2, 2_000) + "]")
        .with(QUEUES, "[" + queue(2, 88) + "," + queue(3, 3_000) + "]");

    BandwidthReading reading = ask();

    assertEquals("kid-control + wireless + queue", reading.method());
    assertEquals(Set.of(device(1), device(2), device(3)), reading.devices().keySet());
    assertEquals(1_000, downloadOf(1, reading), "kid control, not the access point");
    assertEquals(2_000, downloadOf(2, reading), "the access point, not the queue");
    assertEquals(3_000, downloadOf(3, reading));
    assertTrue(said().contains("3 of 4 devices"), said());
    assertTrue(said().contains("within the house"), said());
  }

  @Test
  void aQueueThatFastTrackPassesByIsNoMeasure() throws Exception {
    home.session
        .with(QUEUES, "[" + queue(3, 3_000) + "]")
        .with("ip/firewall/filter", "[{'.id':'*1','action':'fasttrack-connection'}]");

    assertEquals("interface", ask().method());
    assertTrue(said().contains("only the line as a whole"), said());
  }

  @Test
  void aDeviceThatComesToAnotherWayBeginsAnew() throws Exception {
    home.session.with(KIDS, "[" + kid(1, 5_000) + "]");
    Usage.Totals before = totals(1, ask());
    home.session.with(CONNECTIONS, "[]");
    home.pass(Duration.ofMinutes(6), 0);
    assertEquals("conntrack", ask().method());
    home.pass(PAUSE, 0);
    assertEquals(0, downloadOf(1, ask()));

    home.session.without(CONNECTIONS).with(KIDS, "[" + kid(1, 900_000) + "]");
    home.pass(PAUSE, 0);
    Usage.Totals after = totals(1, ask());

    assertNotEquals(before.epoch(), after.epoch(), "else what conntrack counted would count twice");
    home.pass(PAUSE, 0);
    assertEquals(after.epoch(), totals(1, ask()).epoch());
  }

  @Test
  void anAssociationThatBeganAnewHasNewCounters() throws Exception {
    home.session.with(WIFI, "[" + client(2, 2_000) + "]");
    Usage.Totals first = totals(2, ask());
    home.pass(PAUSE, 0);
    home.session.with(WIFI, "[" + client(2, 9_000).replace("1h", "1s") + "]");

    assertNotEquals(first.epoch(), totals(2, ask()).epoch());
  }

  @Test
  void whatAnAccessPointSendsIsTheClientsDownload() throws Exception {
    home.session.withSample(
        "interface/wireless/registration-table", "interface-wireless-registration-table.json");
    BandwidthReading reading = ask();

    assertEquals("wireless", reading.method());
    Usage.Totals totals = (Usage.Totals) reading.devices().values().iterator().next();
    assertTrue(totals.downloadBytes() > 0 && totals.uploadBytes() > 0, totals.toString());
  }

  @Test
  void aQueueSeesUploadFirst() throws Exception {
    home.session.with(QUEUES, "[" + queue(3, 3_000) + "]");

    Usage.Totals totals = totals(3, ask());

    assertEquals(3_000, totals.downloadBytes());
    assertEquals(7, totals.uploadBytes());
  }

  @Test
  void theDevicesAreComparedWithTheLine() throws Exception {
    home.session.with(KIDS, "[" + kid(1, 0) + "]");
    ask();
    for (int poll = 1; poll <= 35; poll++) {
      home.session.with(KIDS, "[" + kid(1, poll * 400_000L) + "]");
      home.pass(PAUSE, 1_000_000);
      ask();
    }

    assertTrue(said().contains("account for 40 % of the line"), said());
  }

  @Test
  void withoutAnyWayTheLineIsMeasuredAndThatIsSaid() throws Exception {
    home.pass(PAUSE, 12_345);
    BandwidthReading reading = ask();

    assertEquals("interface", reading.method());
    assertEquals(Map.of(), reading.devices());
    assertEquals(12_345, ((Usage.Totals) Objects.requireNonNull(reading.wan())).downloadBytes());
    assertEquals(List.of(), home.session.writes(), "nothing is written where accounting is not");
    home.pass(PAUSE, 0);
    ask();
    assertEquals(1, home.session.count("ip/accounting"), "probed once");
  }

  @Test
  void accountingIsSwitchedOnWhereItExistsAndReadBySnapshots() throws Exception {
    home.session
        .with("ip/accounting", "{'enabled':'false','threshold':'256'}")
        .with("ip/accounting/set", "[]")
        .with("ip/accounting/snapshot/take", "[]")
        .with("ip/accounting/snapshot", pairs());
    assertEquals(Map.of(), ask().devices(), "the first snapshot is of an unknown time");
    assertEquals(
        Map.of("enabled", "yes"),
        home.session.writes().stream()
            .filter(request -> request.path().equals("ip/accounting/set"))
            .findFirst()
            .orElseThrow()
            .body());
    home.session.with("ip/accounting", "{'enabled':'true','threshold':'256'}");
    home.pass(PAUSE, 0);

    BandwidthReading reading = ask();

    assertEquals("ip-accounting", reading.method());
    assertEquals(new Usage.Delta(70_000, 500, PAUSE), reading.devices().get(device(1)));
    assertEquals(new Usage.Delta(0, 0, PAUSE), reading.devices().get(device(2)));
    assertEquals(
        1,
        home.session.writes().stream()
            .filter(request -> request.path().equals("ip/accounting/set"))
            .count());
  }

  @Test
  void accountingThatMayNotBeSwitchedOnIsNamedWithItsRemedy() throws Exception {
    home.session
        .with("ip/accounting", "{'enabled':'false'}")
        .failing("ip/accounting/set", FailureKind.NOT_PERMITTED, "lacks the policy \"write\"");

    assertEquals("interface", ask().method());
    assertTrue(said().contains("cannot be switched on"), said());
    for (int poll = 0; poll < 10; poll++) {
      home.pass(PAUSE, 0);
      ask();
    }
    assertEquals(1, home.session.count("ip/accounting/set"), "a refusal is not asked for again");

    home.session.with("ip/accounting/set", "[]").with("ip/accounting/snapshot/take", "[]");
    home.session.with("ip/accounting/snapshot", pairs());
    home.pass(Duration.ofMinutes(6), 0);
    assertEquals("ip-accounting", ask().method());
    assertFalse(said().contains("cannot be switched on"), said());
  }

  @Test
  void aSnapshotThatCannotBeTakenIsNotReadForThatWouldCountTheLastOneAgain() throws Exception {
    home.session
        .with("ip/accounting", "{'enabled':'true'}")
        .with("ip/accounting/snapshot", pairs());
    ask();
    home.pass(PAUSE, 0);

    assertEquals(Map.of(), ask().devices());
    assertTrue(said().contains("cannot be taken"), said());
  }

  @Test
  void aTableOfAccountingThatIsFullIsTold() throws Exception {
    home.session
        .with("ip/accounting", "{'enabled':'true'}")
        .with("ip/accounting/snapshot/take", "[]")
        .with("ip/accounting/snapshot", pairs())
        .with("ip/accounting/uncounted", "{'bytes':'9000000','packets':'10'}");
    ask();

    assertTrue(said().contains("threshold=8192"), said());
    assertFalse(said().contains("only the line as a whole"), said());
  }

  private BandwidthReading ask() throws InterruptedException {
    return reading(bandwidth.bandwidth());
  }

  private String said() {
    return bandwidth.findings().toString();
  }

  private static Usage.Totals totals(int number, BandwidthReading reading) {
    return (Usage.Totals) Objects.requireNonNull(reading.devices().get(device(number)));
  }

  private static String kid(int number, long down) {
    return "{'mac-address':'00:00:5E:00:53:%02X','bytes-down':'%d','bytes-up':'9'}"
        .formatted(number, down);
  }

  private static String client(int number, long down) {
    return "{'mac-address':'00:00:5E:00:53:%02X','interface':'wifi1','uptime':'1h','bytes':'%d,5'}"
        .formatted(number, down);
  }

  private static String queue(int number, long down) {
    return ("{'.id':'*%d','name':'nb-192.168.88.%d','target':'192.168.88.%d/32',"
            + "'max-limit':'0/9000000','bytes':'7/%d'}")
        .formatted(number, 10 + number, 10 + number, down);
  }

  private static String pairs() {
    return "[{'src-address':'192.168.88.11','dst-address':'198.51.100.1','bytes':'500'},"
        + "{'src-address':'198.51.100.1','dst-address':'192.168.88.11','bytes':'70000'},"
        + "{'src-address':'192.168.88.11','dst-address':'192.168.88.12','bytes':'4000'}]";
  }
}
