package dev.mhs.source.routeros;

import dev.mhs.api.MacAddress;
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
import java.util.Set;
import java.util.stream.Collectors;

/** Tells who is on the network, by everything that a box knows. */
final class RouterDevices implements DeviceSource {
  /** A router that hangs is to be noticed within 10 s: the pause and the deadline stay below. */
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofSeconds(5));

  private static final Duration NAMES_AGE = Duration.ofMinutes(5);

  /** Every how many looks what proves presence besides the neighbor table of IPv4 is asked. */
  private static final int PROOF_LOOK = 3;

  /** Every how many looks what only hints, names and places is asked. */
  private static final int HINT_LOOK = 5;

  private final Router router;
  private final Pace pace = new Pace();
  private Set<MacAddress> known = Set.of();

  RouterDevices(Router router) {
    this.router = router;
  }

  @Override
  public Poll<List<Sighting>> devices() throws InterruptedException {
    pace.beat(router.time().moment());
    Gathering gathering = router.gather();
    // Only the neighbor table is asked each time: it alone tells who is there at this moment.
    Reading arp = gathering.need(Menu.ARP, Duration.ZERO);
    boolean isNew = hasStranger(arp);
    Duration proofs = isNew ? Duration.ZERO : pace.every(PROOF_LOOK);
    Duration hints = isNew ? Duration.ZERO : pace.every(HINT_LOOK);
    Wan line = router.line(gathering);
    DeviceRows rows =
        new DeviceRows(
            gathering.ifThere(Menu.LEASE, hints),
            arp,
            gathering.ifThere(Menu.NEIGHBOR6, proofs),
            gathering.ifThere(Menu.BRIDGE_HOST, hints),
            List.of(
                gathering.ifThere(Menu.WIFI_REGISTRATION, proofs),
                router.wireless(gathering, proofs),
                gathering.ifThere(Menu.CAPSMAN_REGISTRATION, proofs)),
            gathering.ifThere(Menu.DNS_STATIC, NAMES_AGE));
    return router.ended(gathering, gathering.answer(() -> DeviceMapper.sightings(rows, line)));
  }

  /** Somebody new is to come with a name and a place at once. */
  private boolean hasStranger(Reading arp) {
    Set<MacAddress> now =
        arp.rows().stream()
            .flatMap(row -> row.mac("mac-address").stream())
            .collect(Collectors.toUnmodifiableSet());
    boolean hasAny = !known.containsAll(now);
    known = now;
    return hasAny;
  }

  @Override
  public void rescan() {
    router.forgetWhatIsSettled();
    router.session().askAgain();
    for (Menu menu :
        List.of(
            Menu.LEASE,
            Menu.NEIGHBOR6,
            Menu.BRIDGE_HOST,
            Menu.WIFI_REGISTRATION,
            Menu.WIRELESS_REGISTRATION,
            Menu.CAPSMAN_REGISTRATION,
            Menu.DNS_STATIC)) {
      router.menus().forget(menu);
    }
  }

  @Override
  public Cadence cadence() {
    return CADENCE;
  }
}
