package dev.mhs.source.routeros.traffic;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.map.AddressBook;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Adds up shares by device. For one thread, and one sum. */
final class Tally {
  private final AddressBook book;
  private final Map<DeviceKey, Sum> devices = new HashMap<>();
  private final Sum own = new Sum();

  /** Bytes of somebody, from the somebody's viewpoint. */
  private static final class Sum {
    private long up;
    private long down;

    void add(boolean begun, long original, long reply) {
      up += begun ? original : reply;
      down += begun ? reply : original;
    }

    Usage over(Duration time) {
      return new Usage.Delta(down, up, time);
    }
  }

  /** Begins with a true zero for whoever is known and may have been silent. */
  Tally(AddressBook book) {
    this.book = book;
    book.devices().forEach(key -> devices.put(key, new Sum()));
  }

  /**
   * Adds a share.
   *
   * @param share whose it is
   * @param original the bytes in the direction of the first packet
   * @param reply the bytes in the other direction
   */
  void add(Share share, long original, long reply) {
    switch (share) {
      case Share.OfDevice(var address, boolean begun) ->
          devices
              .computeIfAbsent(book.owner(address), one -> new Sum())
              .add(begun, original, reply);
      case Share.OfRouter(boolean begun) -> own.add(begun, original, reply);
      case Share.OfNobody() -> {}
    }
  }

  Traffic traffic(Duration over) {
    Map<DeviceKey, Usage> usage = new HashMap<>();
    devices.forEach((key, sum) -> usage.put(key, sum.over(over)));
    return new Traffic(usage, own.over(over), over);
  }
}
