package dev.mhs.source.routeros;

import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.map.DeviceMapper;
import dev.mhs.source.routeros.map.DeviceRows;
import dev.mhs.source.routeros.map.Wan;
import dev.mhs.source.routeros.parse.Reading;
import java.time.Duration;
import java.util.List;

/** Tells who is on the network, by everything that a box knows. */
final class RouterDevices implements DeviceSource {
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5));
  private static final Duration NAMES_AGE = Duration.ofMinutes(5);

  private final Router router;

  RouterDevices(Router router) {
    this.router = router;
  }

  @Override
  public Poll<List<Sighting>> devices() throws InterruptedException {
    Gathering gathering = router.gather();
    // Only the neighbor table is asked each time: it alone tells who is there at this moment.
    Reading arp = gathering.need(Menu.ARP, Duration.ZERO);
    Wan line = router.line(gathering);
    DeviceRows rows =
        new DeviceRows(
            gathering.ifThere(Menu.LEASE, Router.FRESH),
            arp,
            gathering.ifThere(Menu.NEIGHBOR6, Router.FRESH),
            gathering.ifThere(Menu.BRIDGE_HOST, Router.FRESH),
            List.of(
                gathering.ifThere(Menu.WIFI_REGISTRATION, Router.FRESH),
                gathering.ifThere(Menu.WIRELESS_REGISTRATION, Router.FRESH),
                gathering.ifThere(Menu.CAPSMAN_REGISTRATION, Router.FRESH)),
            gathering.ifThere(Menu.DNS_STATIC, NAMES_AGE));
    return router.ended(gathering, gathering.answer(() -> DeviceMapper.sightings(rows, line)));
  }

  @Override
  public void rescan() {
    for (Menu menu :
        List.of(
            Menu.LEASE,
            Menu.NEIGHBOR6,
            Menu.BRIDGE_HOST,
            Menu.WIFI_REGISTRATION,
            Menu.DNS_STATIC)) {
      router.menus().forget(menu);
    }
  }

  @Override
  public Cadence cadence() {
    return CADENCE;
  }
}
