package dev.mhs.source.local;

import dev.mhs.api.DeviceKey;
import dev.mhs.source.local.count.Counts;
import dev.mhs.source.local.limit.Lane;
import dev.mhs.source.local.limit.Passage;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Puts right what was counted of limited devices. Packets are counted before they wait, and a queue
 * that is full throws some away: what a device moved is what its queue let pass, when it let it
 * pass. For one thread.
 */
final class LimitedTraffic {
  private Map<Lane, Account> accounts = Map.of();

  /**
   * What is carried from one reading to the next.
   *
   * @param passedBytes what the queue had let pass
   * @param waitingBytes what was counted and stands in the queue
   * @param earlyBytes what passed and is not counted yet: queues are read after the counters
   */
  private record Account(long passedBytes, long waitingBytes, long earlyBytes) {}

  /**
   * Enters a reading of the queues.
   *
   * @param counted what came of each address since the last one
   * @param passages what the queues did so far
   * @param addresses tells the addresses of a device
   * @return what each address moved
   */
  Map<InetAddress, Counts> enter(
      Map<InetAddress, Counts> counted,
      Map<Lane, Passage> passages,
      Function<DeviceKey, Set<InetAddress>> addresses) {
    Map<Lane, Account> before = accounts;
    accounts = new HashMap<>();
    Map<InetAddress, Counts> moved = new HashMap<>(counted);
    passages.forEach(
        (lane, now) -> {
          Account then = before.get(lane);
          if (then == null || now.passedBytes() < then.passedBytes()) {
            accounts.put(lane, new Account(now.passedBytes(), 0, 0));
          } else {
            settle(moved, lane, then, now, addresses.apply(lane.device()));
          }
        });
    return moved;
  }

  private void settle(
      Map<InetAddress, Counts> moved,
      Lane lane,
      Account then,
      Passage now,
      Set<InetAddress> addresses) {
    ToLongFunction<Counts> way = lane.isDownload() ? Counts::downloadBytes : Counts::uploadBytes;
    long counted =
        addresses.stream().map(each -> moved.getOrDefault(each, Counts.NONE)).mapToLong(way).sum();
    long passed = now.passedBytes() - then.passedBytes();
    long came = then.waitingBytes() + counted;
    long went = then.earlyBytes() + passed;
    long both = Math.min(came, went);
    accounts.put(
        lane,
        new Account(
            now.passedBytes(),
            Math.min(came - both, now.waitingBytes()),
            Math.min(went - both, passed)));
    if (counted > 0) {
      double share = (double) both / counted;
      addresses.forEach(
          each ->
              moved.computeIfPresent(
                  each,
                  (address, counts) ->
                      with(lane, counts, Math.round(way.applyAsLong(counts) * share))));
    } else if (both > 0) {
      // Nothing new came: whichever of its addresses it came to, it is the device's.
      addresses.stream()
          .findFirst()
          .ifPresent(any -> moved.put(any, with(lane, moved.getOrDefault(any, Counts.NONE), both)));
    }
  }

  private static Counts with(Lane lane, Counts counts, long bytes) {
    return lane.isDownload()
        ? new Counts(bytes, counts.uploadBytes())
        : new Counts(counts.downloadBytes(), bytes);
  }
}
