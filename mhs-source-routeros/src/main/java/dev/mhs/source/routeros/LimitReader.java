package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Poll;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.limit.Queue;
import dev.mhs.source.routeros.limit.Standing;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads how limits stand. For one thread. */
final class LimitReader {
  /** A rule that somebody moves is to be noticed within half a minute. */
  private static final Duration RULES_AGE = Duration.ofSeconds(15);

  private final Router router;
  private final FastTrack.Mode mode;
  private final Map<DeviceKey, String> notes = new HashMap<>();

  LimitReader(Router router, FastTrack.Mode mode) {
    this.router = router;
    this.mode = mode;
  }

  /** What else keeps limits from biting; to be changed by whoever finds out. */
  Map<DeviceKey, String> notes() {
    return notes;
  }

  Poll<Standing> read() throws InterruptedException {
    Gathering gathering = router.gather();
    Lan lan = router.lan(gathering);
    List<Queue> queues = Queue.of(gathering.need(Menu.QUEUE, Duration.ZERO).rows());
    FastTrack fastTrack = fastTrack(gathering, age(queues), mode);
    return router.ended(
        gathering,
        gathering.answer(
            () -> Standing.of(queues, fastTrack, router.book(), lan, router.epoch(), notes)));
  }

  /** Without limits of ours nobody waits for what the firewall says. */
  private static Duration age(List<Queue> queues) {
    return queues.stream().anyMatch(Queue::isOurs) ? RULES_AGE : Router.SETTLED;
  }

  /** Reads after a write; once more when that fails, since so much depends on it. */
  Poll<Standing> readBack() throws InterruptedException {
    Poll<Standing> first = read();
    return first instanceof Poll.Ok<Standing> ? first : read();
  }

  /** Reads who passes by the queues. */
  static FastTrack fastTrack(Gathering gathering, Duration age, FastTrack.Mode mode)
      throws InterruptedException {
    List<Row> filter = gathering.ifThere(Menu.FILTER, age).rows();
    List<Row> filter6 = gathering.ifThere(Menu.FILTER6, age).rows();
    return FastTrack.of(
        new FastTrack.Rows(
            filter,
            filter6,
            FastTrack.isListNeeded(filter, mode)
                ? gathering.ifThere(Menu.ADDRESS_LIST, age).rows()
                : List.of(),
            FastTrack.isListNeeded(filter6, mode)
                ? gathering.ifThere(Menu.ADDRESS_LIST6, age).rows()
                : List.of(),
            gathering.ifThere(Menu.IP_SETTINGS, Router.SETTLED).rows(),
            gathering.ifThere(Menu.IPV6_SETTINGS, Router.SETTLED).rows(),
            gathering.ifThere(Menu.MANGLE, Router.SETTLED).rows()),
        mode);
  }
}
