package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.CounterWidth;
import dev.mhs.api.Moment;
import dev.mhs.api.Port;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortMapperTest {
  private static final Wan NO_LINE = new Wan(Set.of(), Set.of(), "test");
  private static final Wan ETHER1 = new Wan(Set.of("ether1"), Set.of(), "test");

  @Test
  void recordedInterfacesBecomePortsWithTheirCounters() {
    List<Port> ports =
        PortMapper.ports(Samples.rows("interface.chr.json"), Map.of(), Map.of(), ETHER1, 3);

    assertEquals(List.of("ether1", "ether2"), ports.stream().map(Port::name).toList());
    Port first = ports.getFirst();
    assertEquals("ether", first.type());
    assertEquals(Port.Link.UP, first.link());
    assertTrue(first.wan());
    assertEquals(
        new Port.Counters(60_987, 2_781_511, CounterWidth.BITS_64, 3, 0L, 0L), first.counters());
    assertEquals("TO-R18M", ports.get(1).comment());
  }

  @Test
  void kindsComeFromTheMakersNameNotFromAListOfModels() {
    List<Row> rows =
        Samples.of(
            "[{'.id':'*B','name':'uplink','default-name':'sfp-sfpplus1','type':'ether','running':'true'},"
                + "{'.id':'*A','name':'c','default-name':'combo1','type':'ether'},"
                + "{'.id':'*2','name':'lan','default-name':'ether2','type':'ether','disabled':'true','running':'true'},"
                + "{'.id':'*1','name':'air','default-name':'wifi1','type':'wifi'},"
                + "{'.id':'*C','name':'bridge','type':'bridge','running':'true'},"
                + "{'.id':'*D','name':'pppoe-out1','type':'pppoe-out','running':'true'}]");
    Wan line = new Wan(Set.of("pppoe-out1"), Set.of("uplink"), "test");

    List<Port> ports =
        PortMapper.ports(rows, Map.of("uplink", BitRate.ofMegabits(2_500)), Map.of(), line, 0);

    assertEquals(
        List.of("lan", "c", "uplink", "air", "pppoe-out1"),
        ports.stream().map(Port::name).toList());
    assertEquals(
        List.of("ether", "combo", "sfp", "wifi", "pppoe-out"),
        ports.stream().map(Port::type).toList());
    assertEquals(Port.Link.DOWN, ports.get(0).link());
    assertEquals(Port.Link.UNKNOWN, ports.get(3).link());
    assertEquals(BitRate.ofMegabits(2_500), ports.get(2).linkSpeed());
    assertTrue(ports.get(2).wan());
    assertNull(ports.get(0).counters());
  }

  @Test
  void aSpeedThatIsNotToldIsNotKnown() {
    assertEquals(
        Map.of(), PortMapper.speeds(Samples.rows("interface-ethernet-monitor.once.chr.json")));
    assertEquals(
        Map.of("ether2", BitRate.ofMegabits(1_000)),
        PortMapper.speeds(
            Samples.of(
                "[{'name':'ether1','status':'no-link','rate':'10Mbps'},"
                    + "{'name':'ether2','status':'link-ok','rate':'1Gbps'}]")));
  }

  @Test
  void whatTheLineReceivesIsTheHouseholdsDownload() {
    Usage usage =
        new LineMeter()
            .read(Samples.of("[{'name':'ether1','rx-byte':'900','tx-byte':'100'}]"), ETHER1, 0);

    Usage.Totals totals = totals(usage);
    assertEquals(900, totals.downloadBytes());
    assertEquals(100, totals.uploadBytes());
  }

  @Test
  void severalLinesAreAddedAndOneThatBeganAnewBeginsANewEpoch() {
    Wan two = new Wan(Set.of("ether1", "lte1"), Set.of(), "test");
    LineMeter meter = new LineMeter();

    Usage.Totals first = read(meter, two, 100, 1_000);
    Usage.Totals second = read(meter, two, 200, 2_000);
    Usage.Totals third = read(meter, two, 5_000, 5);
    Usage.Totals fourth = read(meter, ETHER1, 6_000, 5);

    assertEquals(1_100, first.downloadBytes());
    assertEquals(first.epoch(), second.epoch());
    assertFalse(second.epoch() == third.epoch(), "the sum grew, but one of its parts began anew");
    assertFalse(third.epoch() == fourth.epoch(), "another interface is the line");
    assertNull(meter.read(List.of(), NO_LINE, 0));
  }

  @Test
  void aRestartIsNoticedByItsUptime() {
    SettableTime time = new SettableTime();
    BootWatch watch = new BootWatch();
    assertFalse(watch.restarted(Duration.ofHours(5), time.moment()));
    assertFalse(later(watch, time, Duration.ofSeconds(30), Duration.ofHours(5).plusSeconds(29)));
    assertTrue(later(watch, time, Duration.ofSeconds(30), Duration.ofSeconds(3)));
    assertEquals(1, watch.epoch());
    assertTrue(
        later(watch, time, Duration.ofMinutes(10), Duration.ofSeconds(60)),
        "up longer than at the last look, but not as long as that is ago");
    assertFalse(later(watch, time, Duration.ofSeconds(30), Duration.ofSeconds(88)));
    assertEquals(2, watch.epoch());
  }

  private static boolean later(BootWatch watch, SettableTime time, Duration by, Duration uptime) {
    time.advance(by);
    Moment now = time.moment();
    return watch.restarted(uptime, now);
  }

  private static Usage.Totals read(LineMeter meter, Wan line, long ether, long lte) {
    return totals(
        meter.read(
            Samples.of(
                "[{'name':'ether1','rx-byte':'%d','tx-byte':'0'},{'name':'lte1','rx-byte':'%d','tx-byte':'0'}]"
                    .formatted(ether, lte)),
            line,
            0));
  }

  private static Usage.Totals totals(@Nullable Usage usage) {
    if (usage instanceof Usage.Totals totals) {
      return totals;
    }
    throw new AssertionError("no totals: " + usage);
  }
}
