package dev.mhs.source.routeros.limit;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.IpLiteral;
import dev.mhs.api.Limit;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.UpDown;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans how a device gets the limit that somebody wishes. Pure: it is asked again after each
 * reading, and has nothing more to say once the router is as wished.
 */
public final class Wish {
  private final Limit limit;
  private final Set<Prefix> targets;

  private Wish(Limit limit, Set<Prefix> targets) {
    this.limit = limit;
    this.targets = targets;
  }

  /**
   * Makes a wish.
   *
   * @param limit what is wished, not unlimited
   * @param standing how it stands
   * @return the wish, or empty when the device has no address behind this router
   */
  public static Optional<Wish> of(Limit limit, Standing standing) {
    List<InetAddress> usable = standing.following().usable(limit.addresses());
    if (usable.isEmpty()) {
      return Optional.empty();
    }
    Set<InetAddress> all = new LinkedHashSet<>(usable);
    all.addAll(standing.following().sixNow(limit.device()));
    Set<Prefix> targets =
        all.stream()
            .sorted(IpLiteral.ORDER)
            .map(Prefix::single)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return Optional.of(new Wish(limit, targets));
  }

  /**
   * Returns the limit with the addresses that the queue names.
   *
   * @return what is wished
   */
  public Limit limit() {
    return new Limit(
        limit.device(),
        targets.stream().map(Prefix::base).toList(),
        limit.download(),
        limit.upload());
  }

  /**
   * Returns what is still to be written.
   *
   * @param standing how it stands
   * @param round how often it was asked already; a place before others is asked for only once,
   *     since some queues let nobody stand before them
   * @return the steps, in their order; none when all is as wished
   */
  public List<Step> steps(Standing standing, int round) {
    List<Queue> its = standing.ofOurs(limit);
    List<Step> steps = new ArrayList<>();
    if (its.isEmpty()) {
      steps.add(addition(standing, round));
    } else {
      Queue queue = its.getFirst();
      change(queue, standing, its).ifPresent(steps::add);
      if (round == 0) {
        LimitMapper.shadow(standing.before(queue), List.copyOf(targets))
            .map(shadow -> new Step.Move(Queue.MENU, queue.id(), shadow.id(), words(queue)))
            .ifPresent(steps::add);
      }
    }
    Map<Prefix, DeviceKey> limited = standing.limited();
    limited.values().removeIf(limit.device()::equals); // those that the queue names until now
    targets.forEach(target -> limited.put(target, limit.device()));
    steps.addAll(standing.exemption(limited));
    return steps;
  }

  /**
   * Returns what should be tidied up once all is as wished.
   *
   * @param standing how it stands
   * @return further queues of ours for the device, which would never be used, and what nobody needs
   */
  public List<Step> tidying(Standing standing) {
    List<Step> steps = new ArrayList<>();
    standing.ofOurs(limit).stream().skip(1).forEach(extra -> steps.add(removal(extra)));
    steps.addAll(standing.needless());
    return steps;
  }

  /**
   * Returns what is to be written when a device shall have no limit.
   *
   * @param limit whose
   * @param standing how it stands
   * @return the steps; none when it has none
   */
  public static List<Step> removal(Limit limit, Standing standing) {
    return standing.ofOurs(limit).stream().map(Wish::removal).toList();
  }

  static Step removal(Queue queue) {
    return new Step.Remove(Queue.MENU, queue.id(), words(queue));
  }

  static String words(Queue queue) {
    return "the queue \"" + queue.name() + "\" (" + queue.limits().text() + ")";
  }

  private Step addition(Standing standing, int round) {
    String name = name(standing, List.of());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", name);
    values.put("target", text(targets));
    values.put("max-limit", rates().text());
    values.put("comment", Queue.mark(limit.device()));
    values.put("disabled", "no");
    String before =
        round > 0
            ? null
            : LimitMapper.shadow(standing.queues(), List.copyOf(targets))
                .map(Queue::id)
                .orElse(null);
    String what = "the queue \"" + name + "\" (" + rates().text() + ")";
    return new Step.Add(Queue.MENU, values, before, what);
  }

  private Optional<Step> change(Queue queue, Standing standing, List<Queue> its) {
    Map<String, String> values = new LinkedHashMap<>();
    String name = name(standing, its);
    if (!queue.name().equals(name)) {
      values.put("name", name);
    }
    if (!Set.copyOf(queue.targets()).equals(targets) || !queue.places().isEmpty()) {
      values.put("target", text(targets));
    }
    if (!queue.limits().equals(rates())) {
      values.put("max-limit", rates().text());
    }
    boolean isMarked = !queue.isWaiting() && queue.comment().startsWith(Queue.mark(limit.device()));
    if (!isMarked) {
      values.put("comment", Queue.mark(limit.device()));
    }
    if (queue.disabled()) {
      values.put("disabled", "no");
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Step.Change(Queue.MENU, queue.id(), values, words(queue)));
  }

  /** The name of the first address, of IPv4 if there is one. */
  private String name(Standing standing, List<Queue> its) {
    InetAddress first =
        targets.stream()
            .map(Prefix::base)
            .filter(one -> !(one instanceof Inet6Address))
            .findFirst()
            .orElse(targets.iterator().next().base());
    return Queue.freeName(first, limit.device(), standing.queues(), its);
  }

  private UpDown rates() {
    return new UpDown(limit.upload(), limit.download());
  }

  private static String text(Set<Prefix> targets) {
    return targets.stream().map(Prefix::toString).collect(Collectors.joining(","));
  }
}
