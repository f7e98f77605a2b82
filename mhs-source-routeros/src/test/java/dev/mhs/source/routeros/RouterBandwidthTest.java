package dev.mhs.source.routeros;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BandwidthReading;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Poll;
import dev.mhs.api.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterBandwidthTest {
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final String CONNECTIONS = "ip/firewall/connection";

  @TempDir Path storage;
  private final SettableTime time = new SettableTime();
  private final FakeSession session =
      new FakeSession()
          .with("interface/list/member", "[{'list':'WAN','interface':'ether1'}]")
          .with(
              "ip/address",
              "[{'address':'203.0.113.5/24','interface':'ether1'},"
                  + "{'address':'192.168.88.1/24','interface':'bridge'}]")
          .with("ip/arp", arp(10))
          .with(CONNECTIONS, "[]");
  private final Router router = new Router(session, time, true);
  private long lineBytes;

  @BeforeEach
  void begin() {
    pass(Duration.ZERO);
  }

  /** A household of ten devices whose connections come and go, with most bytes on the fast path. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void totalsOverFiveMinutesAreTrueInBothKindsOfCounters(boolean inclusive) throws Exception {
    long seed = 20260301;
    Random random = new Random(seed);
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    List<Flow> flows = new ArrayList<>();
    Map<Integer, Long> truth = new HashMap<>();
    Map<Integer, Long> measured = new HashMap<>();
    int nextId = 1;
    ok(bandwidth.bandwidth());
    for (int poll = 0; poll < 150; poll++) {
      flows.removeIf(flow -> random.nextInt(12) == 0);
      while (flows.size() < 25) {
        flows.add(new Flow(nextId++, 1 + random.nextInt(10)));
      }
      for (Flow flow : flows) {
        long bytes = 1_000L + random.nextInt(4_000_000);
        flow.move(bytes, inclusive, random);
        truth.merge(flow.device, bytes, Long::sum);
        lineBytes += bytes;
      }
      session.with(CONNECTIONS, json(flows));
      pass(PAUSE);
      BandwidthReading reading = ok(bandwidth.bandwidth());
      for (int device = 1; device <= 10; device++) {
        if (reading.devices().get(key(device)) instanceof Usage.Delta delta) {
          measured.merge(device, delta.downloadBytes(), Long::sum);
          assertEquals(PAUSE, delta.over());
        }
      }
    }
    for (int device = 1; device <= 10; device++) {
      double ratio = measured.getOrDefault(device, 0L) / (double) truth.getOrDefault(device, 1L);
      assertTrue(
          ratio > 0.98 && ratio < 1.02,
          "device " + device + " was measured at " + ratio + ", seed " + seed);
    }
    assertEquals("conntrack", ok(bandwidth.bandwidth()).method());
    assertTrue(bandwidth.findings().toString().contains(inclusive ? "include" : "leave out"));
  }

  @Test
  void theLineIsReadTogetherWithTheDevices() throws Exception {
    lineBytes = 77;
    pass(PAUSE);
    BandwidthReading reading = ok(new RouterBandwidth(router, storage).bandwidth());

    Usage.Totals line = (Usage.Totals) reading.wan();
    assertNotNull(line);
    assertEquals(77, line.downloadBytes());
    assertEquals(Map.of(), reading.devices(), "the first table is where counting begins");
  }

  @Test
  void aTableThatIsTooLongStepsDownToTheLineAndSaysSo() throws Exception {
    session.failing(CONNECTIONS, FailureKind.REFUSED, "there are more than 20000 rows");
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);

    assertEquals("interface", ok(bandwidth.bandwidth()).method());
    assertTrue(
        bandwidth.findings().toString().contains("too long"), bandwidth.findings().toString());
    pass(PAUSE);
    ok(bandwidth.bandwidth());
    assertEquals(1, session.count(CONNECTIONS), "not asked again for a while");

    session.with(CONNECTIONS, "[]");
    pass(Duration.ofMinutes(6));
    assertEquals("conntrack", ok(bandwidth.bandwidth()).method());
    assertEquals(List.of(), bandwidth.findings());
  }

  @Test
  void withoutATableKidControlIsUsedWhereItHasRows() throws Exception {
    session.without(CONNECTIONS).withSample("ip/kid-control/device", "ip-kid-control-device.json");

    BandwidthReading reading = ok(new RouterBandwidth(router, storage).bandwidth());

    assertEquals("kid-control", reading.method());
    assertEquals(2, reading.devices().size());
  }

  @Test
  void aMissingPolicyIsNamedWithItsRemedy() throws Exception {
    session.failing(CONNECTIONS, FailureKind.NOT_PERMITTED, "lacks the policy \"read\"");
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);

    ok(bandwidth.bandwidth());

    assertTrue(bandwidth.findings().toString().contains("policy"), bandwidth.findings().toString());
  }

  @Test
  void anEmptyTableWhileTheLineIsInUseMeansThatNobodyTracks() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    assertEquals("conntrack", ok(bandwidth.bandwidth()).method());
    lineBytes += 5_000_000;
    pass(PAUSE);

    assertEquals("interface", ok(bandwidth.bandwidth()).method());
    assertTrue(bandwidth.findings().toString().contains("tracking"));
  }

  @Test
  void aTableThatIsSlowWhileTheRouterAnswersStepsDownAndSaysSo() throws Exception {
    session.failing(CONNECTIONS, FailureKind.TIMED_OUT, "slow");
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);

    assertEquals("interface", ok(bandwidth.bandwidth()).method());
    assertTrue(bandwidth.findings().toString().contains("longer than 10 s"));
  }

  @Test
  void aTableThatWasQuickIsNotWaitedForLongAndGetsMoreTimeBeforeItIsGivenUp() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    ok(bandwidth.bandwidth());
    session.failing(CONNECTIONS, FailureKind.TIMED_OUT, "slow");
    pass(PAUSE);

    BandwidthReading skipped = ok(bandwidth.bandwidth());

    assertEquals("conntrack", skipped.method());
    assertEquals(Map.of(), skipped.devices(), "no rate, rather than a wrong one");
    assertNotNull(skipped.wan());
    assertEquals(Duration.ofSeconds(4), session.last(CONNECTIONS).within());
    pass(PAUSE);
    assertEquals("interface", ok(bandwidth.bandwidth()).method());
    assertEquals(Duration.ofSeconds(10), session.last(CONNECTIONS).within());
  }

  @Test
  void aRouterThatHangsIsAFailure() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    ok(bandwidth.bandwidth());
    session
        .failing(CONNECTIONS, FailureKind.TIMED_OUT, "slow")
        .failing("system/resource", FailureKind.TIMED_OUT, "slow");
    time.advance(PAUSE);

    assertInstanceOf(Poll.Failed.class, bandwidth.bandwidth());
  }

  @Test
  void aRowThatVanishesIsAskedForOnceMoreAndThenCountedTheNextTime() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    Flow flow = new Flow(1, 1);
    session.with(CONNECTIONS, json(List.of(flow)));
    ok(bandwidth.bandwidth());
    session.failing(CONNECTIONS, FailureKind.REFUSED, "no such item (4)");
    pass(PAUSE);

    assertEquals(Map.of(), ok(bandwidth.bandwidth()).devices());
    assertEquals(3, session.count(CONNECTIONS));

    flow.move(5_000, true, new Random(1));
    session.with(CONNECTIONS, json(List.of(flow)));
    pass(PAUSE);
    assertEquals(
        new Usage.Delta(5_000, 0, PAUSE.multipliedBy(2)),
        ok(bandwidth.bandwidth()).devices().get(key(1)));
  }

  @Test
  void aTableThatIsKnownToBeTooLongIsNotEvenRead() throws Exception {
    session.with(CONNECTIONS + "/print", "{'ret':'48211'}");
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);

    assertEquals("interface", ok(bandwidth.bandwidth()).method());
    assertEquals(0, session.count(CONNECTIONS));
    assertTrue(bandwidth.findings().toString().contains("48211 rows"));

    pass(Duration.ofMinutes(6));
    ok(bandwidth.bandwidth());
    assertEquals(2, session.count(CONNECTIONS + "/print"), "asked again after a while");
    pass(Duration.ofMinutes(6));
    ok(bandwidth.bandwidth());
    assertEquals(2, session.count(CONNECTIONS + "/print"), "and the time after that later");

    session.with(CONNECTIONS + "/print", "{'ret':'312'}");
    pass(Duration.ofMinutes(6));
    assertEquals("conntrack", ok(bandwidth.bandwidth()).method());
    assertEquals(List.of(), bandwidth.findings());
  }

  @Test
  void connectionsThatTheSwitchChipMovesAreTold() throws Exception {
    session.with(
        CONNECTIONS,
        json(List.of(new Flow(1, 1))).replace("'protocol'", "'hw-offload':'true','protocol'"));
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    ok(bandwidth.bandwidth());

    assertTrue(bandwidth.findings().toString().contains("L3 hardware offloading"));
  }

  @Test
  void aTableThatIsReadAgainCountsFromThereOn() throws Exception {
    String six = "ipv6/firewall/connection";
    String row =
        "[{'.id':'*1','src-address':'2001:db8::5','dst-address':'2001:db8:9::1',"
            + "'orig-bytes':'7','repl-bytes':'%d'}]";
    session
        .with("ipv6/address", "[{'address':'2001:db8::1/64','interface':'bridge'}]")
        .with(
            "ipv6/neighbor",
            "[{'address':'2001:db8::5','mac-address':'00:00:5E:00:53:01','status':'stale'}]")
        .failing(six, FailureKind.NOT_PERMITTED, "no");
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    ok(bandwidth.bandwidth());
    session.with(six, row.formatted(900_000_000));
    pass(Duration.ofMinutes(6));

    assertEquals(0, FakeHousehold.downloadOf(1, ok(bandwidth.bandwidth())));
    session.with(six, row.formatted(900_000_800));
    pass(PAUSE);
    assertEquals(800, FakeHousehold.downloadOf(1, ok(bandwidth.bandwidth())));
  }

  @Test
  void ipv6WithoutCountersIsLeftOutAndSaidSo() throws Exception {
    session
        .with("ipv6/address", "[{'address':'2001:db8::1/64','interface':'bridge'}]")
        .with(
            "ipv6/firewall/connection",
            "[{'src-address':'2001:db8::5','dst-address':'2001:db8:9::1'}]");
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);

    assertEquals("conntrack", ok(bandwidth.bandwidth()).method());
    assertTrue(bandwidth.findings().toString().contains("IPv6"));
  }

  @Test
  void aRestartOfTheRouterMakesNoSpike() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    Flow flow = new Flow(1, 1);
    flow.move(1_000, true, new Random(1));
    session.with(CONNECTIONS, json(List.of(flow)));
    ok(bandwidth.bandwidth());

    flow.move(900_000_000, true, new Random(1));
    session.with(CONNECTIONS, json(List.of(flow)));
    time.advance(Duration.ofSeconds(70));
    session.with("system/resource", "{'uptime':'20s','version':'7.16.2'}");

    assertEquals(Map.of(), ok(bandwidth.bandwidth()).devices());
  }

  @Test
  void aLineThatCouldNotBeReadOnceIsNotHeldAgainstTheDevices() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    Flow flow = new Flow(1, 1);
    for (int poll = 0; poll < 80; poll++) {
      long bytes = poll == 3 ? 60_000_000 : 1_000_000;
      flow.move(bytes, true, new Random(poll));
      lineBytes += bytes;
      session.with(CONNECTIONS, json(List.of(flow)));
      pass(PAUSE);
      if (poll == 3) {
        session.failing("interface", FailureKind.UNREACHABLE, "gone");
      }
      bandwidth.bandwidth();
      assertFalse(bandwidth.findings().toString().contains("LACKING"), () -> said(bandwidth));
    }

    assertTrue(said(bandwidth).contains("100 % of the line"), () -> said(bandwidth));
  }

  private static String said(RouterBandwidth bandwidth) {
    return bandwidth.findings().toString();
  }

  @Test
  void slowAnswersAreAskedForLessOften() throws Exception {
    RouterBandwidth bandwidth = new RouterBandwidth(router, storage);
    assertEquals(PAUSE, bandwidth.cadence().watched());
    assertEquals(Duration.ofSeconds(10), bandwidth.cadence().idle());

    session.taking(() -> time.advance(Duration.ofSeconds(1)));
    ok(bandwidth.bandwidth());

    assertTrue(bandwidth.cadence().watched().compareTo(Duration.ofSeconds(10)) > 0);
  }

  private void pass(Duration by) {
    time.advance(by);
    long up = 86_400 + Duration.between(SettableTime.START, time.instant()).toSeconds();
    session.with("system/resource", "{'uptime':'" + up + "s','version':'7.16.2 (stable)'}");
    session.with(
        "interface",
        ("[{'name':'ether1','type':'ether','running':'true','rx-byte':'%d','tx-byte':'0'},"
                + "{'name':'bridge','type':'bridge','running':'true','rx-byte':'0','tx-byte':'0'}]")
            .formatted(lineBytes));
  }

  /** One connection of a device, which only downloads. */
  private static final class Flow {
    private final int id;
    private final int device;
    private long bytes;
    private long fast;

    Flow(int id, int device) {
      this.id = id;
      this.device = device;
    }

    void move(long moved, boolean inclusive, Random random) {
      long onFastPath = moved * (90 + random.nextInt(10)) / 100;
      bytes += inclusive ? moved : moved - onFastPath;
      fast += onFastPath;
    }
  }

  private static String json(List<Flow> flows) {
    StringBuilder json = new StringBuilder("[");
    for (Flow flow : flows) {
      json.append(json.length() > 1 ? "," : "")
          .append(
              String.format(
                  Locale.ROOT,
                  "{'.id':'*%X','protocol':'tcp','src-address':'192.168.88.%d','src-port':'%d',"
                      + "'dst-address':'198.51.100.1','dst-port':'443',"
                      + "'reply-src-address':'198.51.100.1','orig-bytes':'0','repl-bytes':'%d',"
                      + "'orig-fasttrack-bytes':'0','repl-fasttrack-bytes':'%d'}",
                  flow.id % 30,
                  10 + flow.device,
                  1_024 + flow.id,
                  flow.bytes,
                  flow.fast));
    }
    return json.append("]").toString();
  }

  private static String arp(int devices) {
    StringBuilder json = new StringBuilder("[");
    for (int device = 1; device <= devices; device++) {
      json.append(device > 1 ? "," : "")
          .append(
              String.format(
                  Locale.ROOT,
                  "{'address':'192.168.88.%d','mac-address':'00:00:5E:00:53:%02X','interface':'bridge','status':'stale'}",
                  10 + device,
                  device));
    }
    return json.append("]").toString();
  }

  private static DeviceKey key(int device) {
    return new DeviceKey.ByMac(
        MacAddress.of(String.format(Locale.ROOT, "00:00:5e:00:53:%02x", device)));
  }

  private static <T> T ok(Poll<T> poll) {
    if (poll instanceof Poll.Ok<T>(T value)) {
      return value;
    }
    throw new AssertionError(poll.toString());
  }
}
