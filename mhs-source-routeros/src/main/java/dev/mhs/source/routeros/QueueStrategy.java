package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.limit.QueueCounters;
import dev.mhs.source.routeros.parse.Reading;
import java.time.Duration;
import java.util.Map;

/**
 * The counters of the simple queues of single devices: exact where nothing passes by the queue,
 * which is only where FastTrack is off or the device is exempted from it. Others are left out.
 */
final class QueueStrategy implements RateStrategy {
  private static final Duration AGE = Duration.ofMillis(1_500);

  private final Router router;

  QueueStrategy(Router router) {
    this.router = router;
  }

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public Look look(Sight sight) throws InterruptedException {
    Gathering gathering = sight.gathering();
    Reading queues = gathering.ifThere(Menu.QUEUE, AGE);
    if (queues.rows().isEmpty()) {
      return new Look.Useless();
    }
    FastTrack fastTrack = LimitReader.fastTrack(gathering, Router.FRESH, FastTrack.Mode.EXPLAIN);
    Map<DeviceKey, Usage> devices =
        QueueCounters.usage(queues.rows(), fastTrack, router.book(), router.epoch());
    return devices.isEmpty()
        ? new Look.Useless()
        : new Look.Measured(queues.at(), name(), devices, null, false);
  }
}
