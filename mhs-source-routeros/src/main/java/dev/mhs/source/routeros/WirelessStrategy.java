package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Moment;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.traffic.WirelessCounters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The counters of wireless clients at their access point: of those only, and with what they moved
 * within the house.
 */
final class WirelessStrategy implements RateStrategy {
  static final String NAME = "wireless";

  /** Young enough to be shared with a look for devices at the same moment. */
  private static final Duration AGE = Duration.ofMillis(1_500);

  private final Router router;
  private final WirelessCounters counters = new WirelessCounters();

  WirelessStrategy(Router router) {
    this.router = router;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Look look(Sight sight) throws InterruptedException {
    List<Row> rows = new ArrayList<>();
    Moment at = router.time().moment();
    for (Menu menu : Menu.REGISTRATIONS) {
      Reading reading = sight.gathering().ifThere(menu, AGE);
      rows.addAll(reading.rows());
      at = reading.at();
    }
    Map<DeviceKey, Usage> devices = counters.usage(rows, sight.lan().line(), router.epoch());
    return devices.isEmpty()
        ? new Look.Useless()
        : new Look.Measured(at, name(), devices, null, false);
  }
}
