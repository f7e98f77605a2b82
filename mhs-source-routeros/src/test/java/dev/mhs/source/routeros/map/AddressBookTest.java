package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressBookTest {
  private static final Wan LINE = new Wan(Set.of("ether1"), Set.of(), "test");
  private static final InetAddress SIX = IpLiteral.of("2001:db8:1::77");
  private static final DeviceKey LAPTOP = new DeviceKey.ByMac(MacAddress.of("00:00:5e:00:53:01"));

  private final SettableTime time = new SettableTime();
  private final AddressBook book = new AddressBook();

  @Test
  void anAddressOutlivesItsNeighborEntryByAnHour() {
    learn(
        "[{'address':'2001:db8:1::77','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'stale'}]");
    time.advance(Duration.ofMinutes(59));
    learn("[]");
    assertEquals(LAPTOP, book.owner(SIX), "a privacy address whose connections still run");

    time.advance(Duration.ofMinutes(2));
    learn("[]");
    assertEquals(new DeviceKey.ByAddress(SIX), book.owner(SIX));
  }

  @Test
  void anAddressBelongsToWhoeverAnsweredThereLast() {
    learn(
        "[{'address':'2001:db8:1::77','mac-address':'00:00:5E:00:53:02','interface':'bridge','status':'stale'}]");
    learn(
        "[{'address':'2001:db8:1::77','mac-address':'00:00:5E:00:53:01','interface':'bridge','status':'reachable'}]");

    assertEquals(LAPTOP, book.owner(SIX));
  }

  @Test
  void theProvidersSideIsNobodysDevice() {
    learn(
        "[{'address':'2001:db8:1::77','mac-address':'00:00:5E:00:53:01','interface':'ether1','status':'reachable'}]");

    assertEquals(Set.of(), book.devices());
  }

  private void learn(String neighbors) {
    book.learn(List.of(), Samples.of(neighbors), LINE, time.moment());
  }
}
