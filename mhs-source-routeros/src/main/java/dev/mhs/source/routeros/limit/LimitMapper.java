package dev.mhs.source.routeros.limit;

import dev.mhs.api.CounterWidth;
import dev.mhs.api.DeviceKey;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.api.Usage;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.parse.CounterPair;
import dev.mhs.source.routeros.parse.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns queues into limits, and tells of each whether it bites. */
public final class LimitMapper {
  private final List<Queue> queues;
  private final FastTrack fastTrack;
  private final AddressBook book;
  private final long epoch;
  private final Map<DeviceKey, String> notes;

  /**
   * Begins.
   *
   * @param queues all simple queues in the router's order
   * @param fastTrack whether packets pass by them
   * @param book who has which address
   * @param epoch changes whenever the router was restarted
   * @param notes what else keeps the limit of a device from biting
   */
  public LimitMapper(
      List<Queue> queues,
      FastTrack fastTrack,
      AddressBook book,
      long epoch,
      Map<DeviceKey, String> notes) {
    this.queues = List.copyOf(queues);
    this.fastTrack = fastTrack;
    this.book = book;
    this.epoch = epoch;
    this.notes = Map.copyOf(notes);
  }

  /**
   * Returns the limits of single devices. A queue for a whole network is none; one of somebody
   * else's that is switched off, or limits nothing, is none either.
   *
   * @return the limits in the order of the queues
   */
  public List<LimitInForce> limits() {
    List<LimitInForce> limits = new ArrayList<>();
    for (int place = 0; place < queues.size(); place++) {
      limit(place).ifPresent(limits::add);
    }
    return List.copyOf(limits);
  }

  /**
   * Tells whose a queue is.
   *
   * @param queue the queue
   * @return the one device whose addresses it takes, or null when there is none
   */
  public @Nullable DeviceKey device(Queue queue) {
    MacAddress marked = queue.isOurs() ? queue.markedMac() : null;
    if (marked != null) {
      return new DeviceKey.ByMac(marked);
    }
    Set<DeviceKey> owners = new HashSet<>();
    for (Prefix target : queue.targets()) {
      if (!target.isSingle()) {
        return null;
      }
      owners.add(book.owner(target.base()));
    }
    return owners.size() == 1 && queue.places().isEmpty() ? owners.iterator().next() : null;
  }

  private Optional<LimitInForce> limit(int place) {
    Queue queue = queues.get(place);
    DeviceKey device = device(queue);
    boolean isNone = queue.limits().upload() == null && queue.limits().download() == null;
    if (device == null || isNone || (queue.disabled() && !queue.isOurs())) {
      return Optional.empty();
    }
    List<InetAddress> addresses = queue.targets().stream().map(Prefix::base).toList();
    Limit limit = new Limit(device, addresses, queue.limits().download(), queue.limits().upload());
    String reason = obstacle(place, queue, device).orElse(null);
    return Optional.of(
        new LimitInForce(limit, reason == null, reason, queue.isOurs(), counted(queue), null));
  }

  /** A queue that was made anew counts anew. */
  private @Nullable Usage counted(Queue queue) {
    CounterPair passed = queue.passed();
    return passed == null
        ? null
        : new Usage.Totals(
            passed.second(), passed.first(), CounterWidth.BITS_64, Objects.hash(epoch, queue.id()));
  }

  private Optional<String> obstacle(int place, Queue queue, DeviceKey device) {
    if (queue.isWaiting()) {
      return Optional.of(
          "the device is not there, and its address is another device's by now; the limit goes on"
              + " when it comes back");
    }
    if (queue.disabled()) {
      return Optional.of("the queue is switched off on the router");
    }
    if (queue.invalid()) {
      return Optional.of("the router calls the queue invalid: its target does not exist");
    }
    return narrowed(queue)
        .or(() -> moved(queue, device))
        .or(() -> shadowed(place, queue))
        .or(
            () ->
                queue.targets().stream().flatMap(one -> fastTrack.bypass(one).stream()).findFirst())
        .or(() -> Optional.ofNullable(notes.get(device)));
  }

  /** Beneath a parent it still takes everything, if perhaps less of it. */
  private static Optional<String> narrowed(Queue queue) {
    String by = queue.narrowedBy();
    return by == null || by.equals("parent")
        ? Optional.empty()
        : Optional.of(
            "somebody gave the queue the setting \""
                + by
                + "\", so that it takes some traffic only");
  }

  private Optional<String> moved(Queue queue, DeviceKey device) {
    if (!(device instanceof DeviceKey.ByMac(MacAddress mac))) {
      return Optional.empty();
    }
    Set<InetAddress> now = book.addresses(mac);
    boolean isReached =
        now.isEmpty()
            || now.stream()
                .anyMatch(one -> queue.targets().stream().anyMatch(t -> t.contains(one)));
    return isReached
        ? Optional.empty()
        : Optional.of("the device has another address now, which the queue does not name");
  }

  /** The first queue from the top that matches takes the traffic. */
  private Optional<String> shadowed(int place, Queue queue) {
    return shadow(queues.subList(0, place), queue.targets())
        .map(
            earlier ->
                "the queue \""
                    + earlier.name()
                    + "\" stands before it and takes the traffic"
                    + (earlier.dynamic() ? "; the router made that one by itself" : ""));
  }

  /** Returns the first of some queues that takes traffic of some targets, or empty. */
  static Optional<Queue> shadow(List<Queue> earlier, List<Prefix> targets) {
    return earlier.stream().filter(one -> targets.stream().anyMatch(one::takes)).findFirst();
  }
}
