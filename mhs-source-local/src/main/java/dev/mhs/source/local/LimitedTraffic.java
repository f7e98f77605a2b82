package dev.mhs.source.local;

import dev.mhs.api.DeviceKey;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.limit.Lane;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Puts right what was counted of limited devices. Packets are counted before they wait, and a queue
 * that is full throws some away: what a device moved is no more than what its queue let pass. For
 * one thread.
 */
final class LimitedTraffic {
  private Map<Lane, Long> before = Map.of();

  /**
   * Enters a reading of the queues.
   *
   * @param moved what each address moved since the last one, as it was counted
   * @param passed what the queues have let pass so far
   * @param addresses tells the addresses of a device
   * @return what each address moved
   */
  Map<InetAddress, Counts> enter(
      Map<InetAddress, Counts> moved,
      Map<Lane, Long> passed,
      Function<DeviceKey, Set<InetAddress>> addresses) {
    Map<Lane, Long> earlier = before;
    before = Map.copyOf(passed);
    if (passed.isEmpty()) {
      return moved;
    }
    Map<InetAddress, Counts> right = new HashMap<>(moved);
    passed.forEach(
        (lane, now) -> {
          Long then = earlier.get(lane);
          if (then != null && now >= then) {
            hold(right, lane, now - then, addresses.apply(lane.device()));
          }
        });
    return right;
  }

  private static void hold(
      Map<InetAddress, Counts> right, Lane lane, long most, Set<InetAddress> addresses) {
    ToLongFunction<Counts> way = lane.isDownload() ? Counts::downloadBytes : Counts::uploadBytes;
    long counted =
        addresses.stream().map(each -> right.getOrDefault(each, Counts.NONE)).mapToLong(way).sum();
    if (counted <= most) {
      return;
    }
    double share = (double) most / counted;
    for (InetAddress each : addresses) {
      right.computeIfPresent(
          each,
          (address, counts) ->
              lane.isDownload()
                  ? new Counts(Math.round(counts.downloadBytes() * share), counts.uploadBytes())
                  : new Counts(counts.downloadBytes(), Math.round(counts.uploadBytes() * share)));
    }
  }
}
