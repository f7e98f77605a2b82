package dev.mhs.source.routeros.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.source.routeros.map.AddressBook;
import dev.mhs.source.routeros.map.Lan;
import dev.mhs.source.routeros.parse.Prefix;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How limits stand on the router at one moment.
 *
 * @param queues all simple queues in their order
 * @param fastTrack what passes by them
 * @param mapper tells limits of queues
 * @param following tells where devices are
 */
public record Standing(
    List<Queue> queues, FastTrack fastTrack, LimitMapper mapper, Following following) {
  /** Copies the list. */
  public Standing {
    queues = List.copyOf(queues);
  }

  /**
   * Puts together what was read.
   *
   * @param queues all simple queues in their order
   * @param fastTrack what passes by them
   * @param book who has which address
   * @param lan what lies on the household's side
   * @param epoch changes whenever the router was restarted
   * @param notes what else keeps the limit of a device from biting
   * @return how limits stand
   */
  public static Standing of(
      List<Queue> queues,
      FastTrack fastTrack,
      AddressBook book,
      Lan lan,
      long epoch,
      Map<DeviceKey, String> notes) {
    return new Standing(
        queues,
        fastTrack,
        new LimitMapper(queues, fastTrack, book, epoch, notes),
        new Following(book, lan));
  }

  /**
   * Returns the limit of ours that a device has.
   *
   * @param device the device
   * @return it, or empty
   */
  public Optional<LimitInForce> ours(DeviceKey device) {
    return mapper.limits().stream()
        .filter(limit -> limit.ours() && limit.limit().device().equals(device))
        .findFirst();
  }

  /** Returns the queues of ours for a device: by their mark, else by their name and address. */
  List<Queue> ofOurs(Limit limit) {
    return queues.stream().filter(queue -> queue.isOurs() && isOf(queue, limit)).toList();
  }

  private boolean isOf(Queue queue, Limit limit) {
    boolean isHers = limit.device().equals(mapper.device(queue));
    boolean namesAnother = queue.markedMac() != null && !isHers;
    return isHers
        || (!namesAnother
            && limit.addresses().stream().anyMatch(one -> queue.name().equals(Queue.nameOf(one))));
  }

  /** Returns the queues that stand before another. */
  List<Queue> before(Queue queue) {
    return queues.subList(0, queues.indexOf(queue));
  }

  /**
   * Returns the addresses that queues of ours limit, and whose they are.
   *
   * @return a map of the caller's own
   */
  public Map<Prefix, DeviceKey> limited() {
    Map<Prefix, DeviceKey> limited = new LinkedHashMap<>();
    for (Queue queue : queues) {
      boolean isLimiting = queue.limits().upload() != null || queue.limits().download() != null;
      DeviceKey device = queue.isOurs() && !queue.disabled() ? mapper.device(queue) : null;
      if (device != null && isLimiting) {
        queue.targets().stream()
            .filter(Prefix::isSingle)
            .forEach(target -> limited.putIfAbsent(target, device));
      }
    }
    return limited;
  }

  /** Returns what must be added to keep addresses out of FastTrack; nothing unless it is wished. */
  List<Step> exemption(Map<Prefix, DeviceKey> limited) {
    List<Step> steps = new ArrayList<>();
    if (fastTrack.mode() == FastTrack.Mode.EXEMPT) {
      for (Firewall firewall : firewalls()) {
        steps.addAll(Exemption.missing(firewall, ofFamily(firewall, limited)));
      }
    }
    return steps;
  }

  /**
   * Returns what must be added to keep limited devices out of FastTrack.
   *
   * @return mostly nothing
   */
  public List<Step> exemption() {
    return exemption(limited());
  }

  /**
   * Returns what of ours nobody needs any more.
   *
   * @return mostly nothing
   */
  public List<Step> needless() {
    Set<Prefix> limited = limited().keySet();
    List<Step> steps = new ArrayList<>();
    firewalls().forEach(firewall -> steps.addAll(Exemption.needless(firewall, limited)));
    return steps;
  }

  /**
   * Returns the limited addresses whose connections are kept out of FastTrack now, and were not
   * before: those that were sped up already stay so until they end.
   *
   * @param earlier how it stood before
   * @return the addresses, and whose they are
   */
  public Map<Prefix, DeviceKey> keptOutSince(Standing earlier) {
    Map<Prefix, DeviceKey> newly = new LinkedHashMap<>();
    limited()
        .forEach(
            (address, device) -> {
              if (earlier.fastTrack.bypass(address).isPresent()
                  && fastTrack.bypass(address).isEmpty()
                  && firewall(address).hasActiveEntry(address)) {
                newly.put(address, device);
              }
            });
    return newly;
  }

  List<Firewall> firewalls() {
    return List.of(fastTrack.four(), fastTrack.six());
  }

  private Firewall firewall(Prefix address) {
    return address.base() instanceof Inet6Address ? fastTrack.six() : fastTrack.four();
  }

  private static Map<Prefix, DeviceKey> ofFamily(
      Firewall firewall, Map<Prefix, DeviceKey> limited) {
    Map<Prefix, DeviceKey> ofFamily = new LinkedHashMap<>();
    limited.forEach(
        (address, device) -> {
          if (address.base() instanceof Inet6Address == firewall.six()) {
            ofFamily.put(address, device);
          }
        });
    return ofFamily;
  }
}
