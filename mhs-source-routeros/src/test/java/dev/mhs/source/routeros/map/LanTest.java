package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanTest {
  private static final Wan LINE = new Wan(Set.of("ether1"), Set.of(), "test");
  private static final Lan LAN =
      Lan.of(
          Samples.of(
              "[{'name':'ether1','type':'ether'},{'name':'bridge','type':'bridge'},"
                  + "{'name':'iot','type':'vlan'},{'name':'wg0','type':'wg'},"
                  + "{'name':'wg1','type':'wg'}]"),
          Samples.of("[{'list':'LAN','interface':'wg1'}]"),
          Samples.of(
              "[{'address':'192.168.1.2/24','interface':'ether1'},"
                  + "{'address':'192.168.88.1/24','interface':'bridge'},"
                  + "{'address':'10.9.0.1/16','interface':'iot','actual-interface':'iot'},"
                  + "{'address':'10.20.0.1/24','interface':'wg0'},"
                  + "{'address':'10.21.0.1/24','interface':'wg1'},"
                  + "{'address':'172.16.0.1/24','interface':'bridge','disabled':'true'},"
                  + "{'address':'172.17.0.1/24','interface':'bridge','invalid':'true'},"
                  + "{'address':'fe80::1/64','interface':'bridge'},"
                  + "{'address':'2001:db8::1/64','interface':'bridge'}]"),
          LINE);

  @Test
  void networksOfTheHouseholdAreInAndTheLineIsOut() {
    assertTrue(LAN.has(IpLiteral.of("192.168.88.77")));
    assertTrue(LAN.has(IpLiteral.of("10.9.200.1")));
    assertTrue(LAN.has(IpLiteral.of("2001:db8::abcd")));
    assertFalse(LAN.has(IpLiteral.of("192.168.1.1")), "the provider's gateway");
    assertFalse(LAN.has(IpLiteral.of("172.16.0.5")), "switched off");
    assertFalse(LAN.has(IpLiteral.of("172.17.0.5")), "invalid");
  }

  @Test
  void aTunnelIsOutUnlessTheListLanHasIt() {
    assertFalse(LAN.has(IpLiteral.of("10.20.0.9")));
    assertTrue(LAN.has(IpLiteral.of("10.21.0.9")));
  }

  @Test
  void theRoutersOwnAddressesIncludeThoseOfTheLine() {
    assertTrue(LAN.own().contains(IpLiteral.of("192.168.1.2")));
    assertTrue(LAN.own().contains(IpLiteral.of("192.168.88.1")));
    assertFalse(LAN.own().contains(IpLiteral.of("172.16.0.1")));
  }

  @Test
  void multicastBroadcastAndThisMachineAreNobody() {
    for (String text :
        List.of(
            "224.0.0.251",
            "255.255.255.255",
            "192.168.88.255",
            "127.0.0.1",
            "ff02::1",
            "fe80::5")) {
      assertTrue(LAN.isNobody(IpLiteral.of(text)), text);
    }
    assertFalse(LAN.isNobody(IpLiteral.of("192.168.88.254")));
  }

  @Test
  void theAddressBookBelievesTheNeighborTableAndRemembersAnHour() {
    SettableTime time = new SettableTime();
    AddressBook book = new AddressBook();
    MacAddress old = MacAddress.of("00:00:5e:00:53:01");
    MacAddress young = MacAddress.of("00:00:5e:00:53:02");

    book.learn(
        Samples.of(
            "[{'mac-address':'00:00:5E:00:53:01','active-address':'192.168.88.10','status':'bound'}]"),
        Samples.of(
            "[{'mac-address':'00:00:5E:00:53:02','address':'192.168.88.10','interface':'bridge','status':'reachable'},"
                + "{'mac-address':'00:00:5E:00:53:02','address':'192.168.88.11','interface':'bridge','status':'failed'},"
                + "{'mac-address':'00:00:5E:00:53:09','address':'192.168.1.1','interface':'ether1','status':'reachable'}]"),
        LINE,
        time.moment());

    assertEquals(new DeviceKey.ByMac(young), book.owner(IpLiteral.of("192.168.88.10")));
    assertEquals(Set.of(), book.addresses(old));
    assertEquals(Set.of(IpLiteral.of("192.168.88.10")), book.addresses(young));
    assertEquals(
        new DeviceKey.ByAddress(IpLiteral.of("192.168.1.1")),
        book.owner(IpLiteral.of("192.168.1.1")));

    time.advance(Duration.ofMinutes(59));
    book.learn(List.of(), List.of(), LINE, time.moment());
    assertEquals(new DeviceKey.ByMac(young), book.owner(IpLiteral.of("192.168.88.10")));
    time.advance(Duration.ofMinutes(2));
    book.learn(List.of(), List.of(), LINE, time.moment());
    assertEquals(Set.of(), book.addresses(young));
  }
}
