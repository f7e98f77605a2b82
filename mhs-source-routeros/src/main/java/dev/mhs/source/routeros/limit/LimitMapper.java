package dev.mhs.source.routeros.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.parse.Prefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns queues into limits, and tells of each whether it bites. */
public final class LimitMapper {
  private final List<Queue> queues;
  private final FastTrack fastTrack;
  private final AddressBook book;

  /**
   * Begins.
   *
   * @param queues all simple queues in the router's order
   * @param fastTrack whether packets pass by them
   * @param book who has which address
   */
  public LimitMapper(List<Queue> queues, FastTrack fastTrack, AddressBook book) {
    this.queues = List.copyOf(queues);
    this.fastTrack = fastTrack;
    this.book = book;
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
    return Optional.of(new LimitInForce(limit, reason == null, reason, queue.isOurs()));
  }

  private Optional<String> obstacle(int place, Queue queue, DeviceKey device) {
    if (queue.disabled()) {
      return Optional.of("the queue is switched off on the router");
    }
    if (queue.invalid()) {
      return Optional.of("the router calls the queue invalid: its target does not exist");
    }
    return moved(queue, device)
        .or(() -> shadowed(place, queue))
        .or(
            () ->
                queue.targets().stream()
                    .flatMap(one -> fastTrack.bypass(one).stream())
                    .findFirst());
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
    for (Queue earlier : queues.subList(0, place)) {
      if (queue.targets().stream().anyMatch(earlier::takes)) {
        return Optional.of(
            "the queue \""
                + earlier.name()
                + "\" stands before it and takes the traffic"
                + (earlier.dynamic() ? "; the router made that one by itself" : ""));
      }
    }
    return Optional.empty();
  }
}
