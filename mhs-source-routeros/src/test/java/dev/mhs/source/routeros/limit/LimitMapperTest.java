package dev.mhs.source.routeros.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Row;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitMapperTest {
  private static final FastTrack OFF = fastTrack(List.of(), List.of(), List.of());
  private static final List<Row> RULE =
      Samples.of("[{'.id':'*1','action':'fasttrack-connection'}]");
  private static final DeviceKey NAS = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:42"));
  private final AddressBook book = new AddressBook();

  LimitMapperTest() {
    book.learn(
        List.of(),
        Samples.of(
            "[{'address':'192.168.88.42','mac-address':'00:00:5E:00:53:42','interface':'bridge','status':'reachable'}]"),
        new Wan(Set.of(), Set.of(), "test"),
        new SettableTime().moment());
  }

  @Test
  void theQueueOfThePredecessorIsOursAndItsLimitIsRead() {
    LimitInForce limit = only("queue-simple.mhs-limit.constructed.json");

    assertTrue(limit.ours());
    assertTrue(limit.enforced());
    assertNull(limit.reason());
    assertEquals(NAS, limit.limit().device());
    assertEquals(BitRate.ofMegabits(30), limit.limit().download());
    assertEquals(List.of(IpLiteral.of("192.168.88.42")), limit.limit().addresses());
  }

  @Test
  void aQueueForANetworkOrWithoutALimitIsNoLimit() {
    assertEquals(List.of(), limits(OFF, Samples.rows("queue-simple.json")));
  }

  @Test
  void uploadStandsFirst() {
    LimitInForce limit = one(OFF, queue("nb-192.168.88.42", "192.168.88.42/32", "10M/512k", ""));

    assertEquals(BitRate.ofMegabits(10), limit.limit().upload());
    assertEquals(new BitRate(512_000), limit.limit().download());
  }

  @Test
  void oneDirectionMayBeFree() {
    LimitInForce limit = one(OFF, queue("nb-192.168.88.42", "192.168.88.42/32", "0/5000000", ""));

    assertNull(limit.limit().upload());
    assertEquals(BitRate.ofMegabits(5), limit.limit().download());
  }

  @Test
  void whatOthersMadeIsShownAsTheirs() {
    assertFalse(one(OFF, queue("kids", "192.168.88.42/32", "1M/1M", "")).ours());
    assertFalse(
        one(OFF, queue("nb-192.168.88.42", "192.168.88.42/32", "1M/1M", "'comment':'mine!',"))
            .ours());
    assertFalse(
        one(OFF, queue("nb-192.168.88.42", "192.168.88.42/32", "1M/1M", "'dynamic':'true',"))
            .ours());
    assertFalse(one(OFF, queue("nb-tv", "192.168.88.42/32", "1M/1M", "")).ours());
  }

  @Test
  void theMarkNamesTheDeviceEvenWhenItsAddressChanged() {
    LimitInForce limit =
        one(
            OFF,
            queue(
                "nb-192.168.88.9",
                "192.168.88.9/32",
                "1M/1M",
                "'comment':'mhs: 00:00:5e:00:53:42',"));

    assertEquals(NAS, limit.limit().device());
    assertFalse(limit.enforced());
    assertTrue(reason(limit).contains("another address"));
  }

  @Test
  void aQueueThatIsOffIsNotInForce() {
    LimitInForce limit =
        one(OFF, queue("nb-192.168.88.42", "192.168.88.42/32", "1M/1M", "'disabled':'true',"));

    assertFalse(limit.enforced());
    assertEquals(
        List.of(),
        limits(
            OFF,
            Samples.of("[" + queue("x", "192.168.88.42/32", "1M/1M", "'disabled':'true',") + "]")));
  }

  @Test
  void anEarlierQueueWithAnOverlappingTargetTakesTheTraffic() {
    String ours = queue("nb-192.168.88.42", "192.168.88.42/32", "1M/1M", "");
    for (String target :
        List.of("192.168.88.0/24", "bridge", "0.0.0.0/0", "10.0.0.0/8,192.168.88.42/32")) {
      LimitInForce limit = last(OFF, queue("all", target, "100M/100M", ""), ours);
      assertFalse(limit.enforced(), target);
      assertTrue(reason(limit).contains("\"all\""), target);
    }
    assertTrue(last(OFF, queue("all", "192.168.89.0/24", "1M/1M", ""), ours).enforced());
    assertTrue(last(OFF, queue("all", "bridge", "1M/1M", "'disabled':'true',"), ours).enforced());
    assertTrue(
        last(OFF, queue("all", "bridge", "1M/1M", "'packet-marks':'voip',"), ours).enforced());
    assertTrue(last(OFF, queue("all", "bridge", "1M/1M", "'parent':'line',"), ours).enforced());
    assertTrue(
        reason(last(OFF, queue("all", "bridge", "1M/1M", "'dynamic':'true',"), ours))
            .contains("by itself"));
  }

  @Test
  void aLaterQueueDoesNoHarm() {
    List<LimitInForce> limits =
        limits(
            OFF,
            Samples.of(
                "["
                    + queue("nb-192.168.88.42", "192.168.88.42/32", "1M/1M", "")
                    + ","
                    + queue("all", "bridge", "9M/9M", "")
                    + "]"));

    assertTrue(limits.getFirst().enforced());
  }

  @Test
  void fastTrackMakesAQueueUseless() {
    FastTrack on =
        fastTrack(Samples.rows("ip-firewall-filter.fasttrack.json"), List.of(), List.of());
    assertTrue(on.isOn());

    LimitInForce limit = one(on, queue("nb-192.168.88.42", "192.168.88.42/32", "1M/1M", ""));

    assertFalse(limit.enforced());
    assertTrue(reason(limit).contains("FastTrack"));
  }

  @Test
  void rulesThatAreOffOrForShowAndAForbiddenFastPathDoNotCount() {
    var dummy = Samples.of("[{'.id':'*1','action':'fasttrack-connection','dynamic':'true'}]");
    var off = Samples.of("[{'.id':'*1','action':'fasttrack-connection','disabled':'true'}]");
    var forbidden = Samples.of("{'allow-fast-path':'false'}");

    assertFalse(fastTrack(dummy, off, List.of()).isOn());
    assertFalse(fastTrack(RULE, List.of(), forbidden).isOn());
    assertTrue(fastTrack(RULE, RULE, Samples.rows("ip-settings.json")).isOn());
  }

  @Test
  void ipv6TargetsAreHeldToTheirOwnFastTrack() {
    String both =
        queue(
            "nb-192.168.88.42",
            "192.168.88.42/32,2001:db8::42/128",
            "1M/1M",
            "'comment':'mhs: 00:00:5e:00:53:42',");

    assertTrue(reason(one(fastTrack(List.of(), RULE, List.of()), both)).contains("IPv6"));
    assertTrue(one(OFF, both).enforced());
  }

  private LimitInForce only(String sample) {
    List<LimitInForce> limits = limits(OFF, Samples.rows(sample));
    assertEquals(1, limits.size());
    return limits.getFirst();
  }

  private LimitInForce one(FastTrack fastTrack, String queue) {
    List<LimitInForce> limits = limits(fastTrack, Samples.of("[" + queue + "]"));
    assertEquals(1, limits.size());
    return limits.getFirst();
  }

  private LimitInForce last(FastTrack fastTrack, String first, String second) {
    return limits(fastTrack, Samples.of("[" + first + "," + second + "]")).getLast();
  }

  private List<LimitInForce> limits(FastTrack fastTrack, List<Row> rows) {
    return new LimitMapper(Queue.of(rows), fastTrack, book, 1, Map.of()).limits();
  }

  private static FastTrack fastTrack(List<Row> four, List<Row> six, List<Row> settings) {
    return FastTrack.of(
        new FastTrack.Rows(four, six, List.of(), List.of(), settings, List.of(), List.of()),
        FastTrack.Mode.EXPLAIN);
  }

  private static String reason(LimitInForce limit) {
    String reason = limit.reason();
    assertNotNull(reason);
    return reason;
  }

  private static String queue(String name, String target, String limit, String more) {
    return "{%s'.id':'*1','name':'%s','target':'%s','max-limit':'%s'}"
        .formatted(more, name, target, limit);
  }
}
