package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.traffic.KidControl;
import java.time.Duration;
import java.util.Map;

/**
 * The counters that kid control keeps by device, where somebody uses it. MHS never switches it on:
 * it would add firewall rules and queues. Whether it sees what FastTrack moves is not known, so
 * what it says is compared with the line.
 */
final class KidControlStrategy implements RateStrategy {
  private final Router router;

  KidControlStrategy(Router router) {
    this.router = router;
  }

  @Override
  public String name() {
    return "kid-control";
  }

  @Override
  public Look look(Sight sight) throws InterruptedException {
    Reading rows = sight.gathering().ifThere(Menu.KID_CONTROL, Duration.ZERO);
    Map<DeviceKey, Usage> devices = KidControl.usage(rows.rows(), router.epoch());
    return devices.isEmpty()
        ? new Look.Useless()
        : new Look.Measured(rows.at(), name(), devices, null, false);
  }
}
