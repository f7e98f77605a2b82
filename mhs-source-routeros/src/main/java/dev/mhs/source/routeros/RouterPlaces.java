package dev.mhs.source.routeros;

import dev.mhs.api.Poll;
import dev.mhs.api.Sighting;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.DeviceSource;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.map.PlaceMapper;
import dev.mhs.source.routeros.parse.Reading;
import java.time.Duration;
import java.util.List;

/** Tells behind which port of a switch, or at which access point, devices are. */
final class RouterPlaces implements DeviceSource {
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(5));

  private final Router router;

  RouterPlaces(Router router) {
    this.router = router;
  }

  @Override
  public Poll<List<Sighting>> devices() throws InterruptedException {
    Gathering gathering = router.gather();
    Reading hosts = gathering.ifThere(Menu.BRIDGE_HOST, Duration.ZERO);
    List<Reading> registrations =
        List.of(
            gathering.ifThere(Menu.WIFI_REGISTRATION, Duration.ZERO),
            router.wireless(gathering, Duration.ZERO),
            gathering.ifThere(Menu.CAPSMAN_REGISTRATION, Duration.ZERO));
    Reading routes = gathering.ifThere(Menu.ROUTE, Router.SETTLED);
    Reading arp = gathering.ifThere(Menu.ARP, Router.SETTLED);
    return router.ended(
        gathering,
        gathering.answer(
            () -> PlaceMapper.sightings(hosts, registrations, routes.rows(), arp.rows())));
  }

  @Override
  public boolean knowsPlacesOnly() {
    return true;
  }

  @Override
  public void rescan() {
    router.session().askAgain();
  }

  @Override
  public Cadence cadence() {
    return CADENCE;
  }
}
