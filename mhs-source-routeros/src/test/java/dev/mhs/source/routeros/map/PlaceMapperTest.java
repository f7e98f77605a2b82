package dev.mhs.source.routeros.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Moment;
import dev.mhs.api.Sighting;
import dev.mhs.source.routeros.Samples;
import dev.mhs.source.routeros.SettableTime;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PlaceMapperTest {
  private static final String HOSTS =
      """
      [{'mac-address':'00:00:5E:00:53:01','on-interface':'ether24','bridge':'bridge'},
       {'mac-address':'00:00:5E:00:53:02','on-interface':'ether24','bridge':'bridge'},
       {'mac-address':'00:00:5E:00:53:03','on-interface':'ether3','bridge':'bridge'},
       {'mac-address':'00:00:5E:00:53:04','on-interface':'ether4','bridge':'bridge'},
       {'mac-address':'00:00:5E:00:53:99','on-interface':'bridge','local':'true'},
       {'mac-address':'00:00:5E:00:53:98','on-interface':'ether5','invalid':'true'}]
      """;
  private static final String ROUTE =
      "[{'dst-address':'0.0.0.0/0','active':'true','immediate-gw':'192.168.88.1%bridge'}]";
  private static final String ARP =
      "[{'address':'192.168.88.1','mac-address':'00:00:5E:00:53:03'}]";

  @Test
  void whoIsBehindTheRoutersPortIsNotHere() {
    assertEquals(
        Map.of("01", "ether24", "02", "ether24", "04", "ether4"),
        ports(PlaceMapper.sightings(read(HOSTS), List.of(), Samples.of(ROUTE), Samples.of(ARP))));
  }

  @Test
  void withoutAKnownRouterTheFullestPortIsTheUplink() {
    assertEquals(
        Map.of("03", "ether3", "04", "ether4"),
        ports(PlaceMapper.sightings(read(HOSTS), List.of(), List.of(), List.of())));
    assertEquals(
        Map.of("03", "ether3", "04", "ether4"),
        ports(PlaceMapper.sightings(read(HOSTS), List.of(), Samples.of(ROUTE), List.of())));
  }

  @Test
  void withoutAFullestPortNobodyIsLeftOut() {
    String even =
        """
        [{'mac-address':'00:00:5E:00:53:01','on-interface':'ether1'},
         {'mac-address':'00:00:5E:00:53:02','on-interface':'ether2'}]
        """;

    assertEquals(
        Map.of("01", "ether1", "02", "ether2"),
        ports(PlaceMapper.sightings(read(even), List.of(), List.of(), List.of())));
  }

  @Test
  void aRadioIsAPlaceWhateverIsBehindIt() {
    String clients =
        """
        [{'mac-address':'00:00:5E:00:53:01','interface':'wifi1','ssid':'home','authorized':'true'},
         {'mac-address':'00:00:5E:00:53:05','interface':'wifi1','authorized':'false'},
         {'mac-address':'00:00:5E:00:53:06','interface':'wlan1','ap':'true'}]
        """;

    List<Sighting> sightings =
        PlaceMapper.sightings(
            read(HOSTS), List.of(read(clients)), Samples.of(ROUTE), Samples.of(ARP));

    assertEquals(Map.of("01", "wifi1", "02", "ether24", "04", "ether4"), ports(sightings));
    assertEquals("home", sightings.getFirst().fields().get(DeviceField.SSID));
  }

  @Test
  void theBoxItselfIsNobody() {
    Reading hosts = reading(Samples.rows("interface-bridge-host.json"));

    assertEquals(List.of(), PlaceMapper.sightings(hosts, List.of(), List.of(), List.of()));
  }

  private static Reading read(String json) {
    return reading(Samples.of(json));
  }

  private static Reading reading(List<Row> rows) {
    return new Reading(new Moment(SettableTime.START, 0), rows);
  }

  private static Map<String, String> ports(List<Sighting> sightings) {
    Map<String, String> ports = new LinkedHashMap<>();
    for (Sighting one : sightings) {
      String mac = Objects.requireNonNull(one.mac()).toString();
      ports.put(mac.substring(mac.length() - 2), one.fields().get(DeviceField.PORT));
    }
    return ports;
  }
}
