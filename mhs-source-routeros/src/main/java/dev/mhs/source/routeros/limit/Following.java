package dev.mhs.source.routeros.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.MacAddress;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.parse.Prefix;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Plans how a queue follows its device to another address: whoever limits a device means the
 * device, not the address that it had that day. Pure.
 *
 * <p>A device that rests drops out of the neighbor tables; its addresses stay in the queue until
 * they are known to be another device's. That is also the one case in which staying would do harm:
 * if nothing else is left, the queue is switched off until the device comes back.
 */
public final class Following {
  /** Devices make new IPv6 addresses every day; the router need not remember all of them. */
  private static final int MOST_TARGETS = 16;

  private final AddressBook book;
  private final Lan lan;

  /**
   * Begins.
   *
   * @param book who has which address
   * @param lan what lies on the household's side
   */
  public Following(AddressBook book, Lan lan) {
    this.book = book;
    this.lan = lan;
  }

  /**
   * Returns what must be written so that the queues of ours name their devices as these are now.
   *
   * @param queues all queues
   * @return mostly nothing
   */
  public List<Step> steps(List<Queue> queues) {
    List<Step> steps = new ArrayList<>();
    for (Queue queue : queues) {
      MacAddress mac = queue.isOurs() && queue.places().isEmpty() ? queue.markedMac() : null;
      boolean isLeftAlone = queue.disabled() && !queue.isWaiting(); // somebody switched it off
      if (mac != null && !isLeftAlone) {
        step(queue, mac, queues).ifPresent(steps::add);
      }
    }
    return steps;
  }

  /**
   * Returns the addresses by which a queue can know a device.
   *
   * @param addresses what is known
   * @return those that lie on the household's side and are not the router's own
   */
  public List<InetAddress> usable(List<InetAddress> addresses) {
    return addresses.stream().filter(this::isUsable).distinct().toList();
  }

  /**
   * Returns the IPv6 addresses that a device has now besides.
   *
   * @param device the device
   * @return usable ones, in their order
   */
  public List<InetAddress> sixNow(DeviceKey device) {
    return device instanceof DeviceKey.ByMac(MacAddress mac)
        ? now(mac, false, Inet6Address.class::isInstance)
        : List.of();
  }

  private Optional<Step> step(Queue queue, MacAddress mac, List<Queue> all) {
    Set<Prefix> wanted = targets(queue, mac);
    DeviceKey device = new DeviceKey.ByMac(mac);
    Map<String, String> values = new LinkedHashMap<>();
    if (wanted.isEmpty()) {
      if (!queue.isWaiting()) {
        values.put("disabled", "yes");
        values.put("comment", Queue.waitingMark(device));
      }
    } else {
      if (!wanted.equals(Set.copyOf(queue.targets()))) {
        values.put("name", name(wanted, device, queue, all));
        values.put("target", text(wanted));
      }
      if (queue.isWaiting()) {
        values.put("disabled", "no");
        values.put("comment", Queue.mark(device));
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step.Change(Queue.MENU, queue.id(), values, "the queue \"" + queue.name() + "\""));
  }

  private Set<Prefix> targets(Queue queue, MacAddress mac) {
    List<InetAddress> four = now(mac, true, one -> !(one instanceof Inet6Address));
    Set<Prefix> targets = new LinkedHashSet<>();
    List<Prefix> doubtful = new ArrayList<>();
    for (Prefix target : queue.targets()) {
      DeviceKey owner = book.owner(target.base());
      boolean isHers = owner.equals(new DeviceKey.ByMac(mac));
      boolean isNobodys = owner instanceof DeviceKey.ByAddress;
      boolean isSix = target.base() instanceof Inet6Address;
      if (!target.isSingle() || isHers) {
        targets.add(target);
      } else if (isNobodys && (isSix || four.isEmpty())) {
        doubtful.add(target);
      }
    }
    four.forEach(one -> targets.add(Prefix.single(one)));
    now(mac, false, Inet6Address.class::isInstance).forEach(one -> targets.add(Prefix.single(one)));
    doubtful.stream().limit(Math.max(0, MOST_TARGETS - targets.size())).forEach(targets::add);
    return targets;
  }

  private List<InetAddress> now(MacAddress mac, boolean proven, Predicate<InetAddress> family) {
    return book.addressesNow(mac, proven).stream()
        .filter(family)
        .filter(this::isUsable)
        .sorted(IpLiteral.ORDER)
        .toList();
  }

  /** Where no network could be found, what can only be a household's address is believed. */
  private boolean isUsable(InetAddress address) {
    boolean uniqueLocal =
        address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
    boolean isInside =
        lan.prefixes().isEmpty() ? address.isSiteLocalAddress() || uniqueLocal : lan.has(address);
    return isInside && !lan.isNobody(address) && !lan.own().contains(address);
  }

  private static String name(Set<Prefix> wanted, DeviceKey device, Queue queue, List<Queue> all) {
    InetAddress first = wanted.stream().map(Prefix::base).min(IpLiteral.ORDER).orElseThrow();
    return Queue.freeName(first, device, all, List.of(queue));
  }

  private static String text(Set<Prefix> targets) {
    return targets.stream().map(Prefix::toString).collect(Collectors.joining(","));
  }
}
