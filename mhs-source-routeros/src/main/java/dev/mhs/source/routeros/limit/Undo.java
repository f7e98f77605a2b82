package dev.mhs.source.routeros.limit;

import dev.mhs.api.Limit;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.UpDown;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans how a change that did not come about is taken back: what of ours stands there now and did
 * not before is removed, what was changed gets its old values and place. Nothing has to be made
 * anew, since a change adds and alters first, and takes away only when all else is done. Pure.
 *
 * @param limit what was wished
 * @param before the device's queues of ours, as they were
 * @param follower the queue that stood after the first of them, or null for none
 * @param known the ids of our other objects that were there, each after its menu
 * @param epoch changes whenever the router was restarted, which may change ids
 */
public record Undo(
    Limit limit, List<Queue> before, @Nullable Queue follower, Set<String> known, long epoch) {
  /** Copies the collections. */
  public Undo {
    before = List.copyOf(before);
    known = Set.copyOf(known);
  }

  /**
   * Remembers how it stands before a change.
   *
   * @param limit what is wished
   * @param standing how it stands
   * @param epoch changes whenever the router was restarted
   * @return what leads back there
   */
  public static Undo of(Limit limit, Standing standing, long epoch) {
    Set<String> known = new HashSet<>();
    for (Firewall firewall : standing.firewalls()) {
      firewall.entries().forEach(one -> known.add(Exemption.listMenu(firewall) + one.id()));
      firewall.rules().forEach(one -> known.add(Exemption.filterMenu(firewall) + one.id()));
    }
    List<Queue> before = standing.ofOurs(limit);
    Queue follower = null;
    if (!before.isEmpty()) {
      int next = standing.queues().indexOf(before.getFirst()) + 1;
      follower = next < standing.queues().size() ? standing.queues().get(next) : null;
    }
    return new Undo(limit, before, follower, known, epoch);
  }

  /**
   * Returns what leads back past a further wish for the same device.
   *
   * @param next what is wished now
   * @return the way back to where it stood before both
   */
  public Undo past(Limit next) {
    return new Undo(next, before, follower, known, epoch);
  }

  /**
   * Returns what is still to be taken back.
   *
   * @param standing how it stands
   * @return the steps; none when it stands as before
   */
  public List<Step> steps(Standing standing) {
    List<Step> steps = new ArrayList<>();
    for (Queue queue : standing.ofOurs(limit)) {
      Optional<Queue> was = before.stream().filter(one -> one.id().equals(queue.id())).findFirst();
      if (was.isEmpty()) {
        steps.add(Wish.removal(queue));
      } else {
        change(queue, was.get()).ifPresent(steps::add);
        move(queue, standing).ifPresent(steps::add);
      }
    }
    for (Firewall firewall : standing.firewalls()) {
      firewall(firewall, steps);
    }
    return steps;
  }

  /**
   * Returns the same some time later, when others may have gone on: a queue that somebody gave
   * another limit meanwhile is theirs to decide about.
   *
   * @param standing how it stands
   * @param now the router's epoch; after a restart its ids say nothing
   * @return the steps; none when nothing is to be taken back any more
   */
  public List<Step> later(Standing standing, long now) {
    UpDown wished = new UpDown(limit.upload(), limit.download());
    boolean wasEdited =
        standing.ofOurs(limit).stream()
            .anyMatch(
                queue ->
                    !queue.limits().equals(wished)
                        && before.stream().noneMatch(one -> one.limits().equals(queue.limits())));
    if (wasEdited) {
      return List.of();
    }
    return now == epoch ? steps(standing) : afterRestart(standing, wished);
  }

  /** Then ids say nothing, and a queue is known by what was wished; the rest nobody needs. */
  private List<Step> afterRestart(Standing standing, UpDown wished) {
    List<Queue> now = standing.ofOurs(limit);
    if (now.size() != 1 || !now.getFirst().limits().equals(wished)) {
      return List.of();
    }
    return before.isEmpty()
        ? List.of(Wish.removal(now.getFirst()))
        : change(now.getFirst(), before.getFirst()).stream().toList();
  }

  private Optional<Step> change(Queue now, Queue was) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "name", now.name(), was.name());
    put(values, "target", target(now), target(was));
    put(values, "max-limit", now.limits().text(), was.limits().text());
    put(values, "comment", now.comment(), was.comment());
    put(values, "disabled", yesOrNo(now.disabled()), yesOrNo(was.disabled()));
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(new Step.Change(Queue.MENU, now.id(), values, Wish.words(now)));
  }

  private Optional<Step> move(Queue queue, Standing standing) {
    if (!before.getFirst().id().equals(queue.id())) {
      return Optional.empty();
    }
    int next = standing.queues().indexOf(queue) + 1;
    String stands = next < standing.queues().size() ? standing.queues().get(next).id() : null;
    String stood = follower == null ? null : follower.id();
    boolean isGone =
        stood != null && standing.queues().stream().noneMatch(one -> one.id().equals(stood));
    return Objects.equals(stands, stood) || isGone
        ? Optional.empty()
        : Optional.of(
            new Step.Move(Queue.MENU, queue.id(), stood, "the place of " + Wish.words(queue)));
  }

  private void firewall(Firewall firewall, List<Step> steps) {
    Set<InetAddress> its = Set.copyOf(limit.addresses());
    for (ListEntry entry : firewall.entries()) {
      boolean isNew = !known.contains(Exemption.listMenu(firewall) + entry.id());
      if (entry.ours() && isNew && its.contains(entry.address().base())) {
        steps.add(Exemption.removal(firewall, entry));
      }
    }
    for (Rule rule : firewall.rules()) {
      boolean isNew = !known.contains(Exemption.filterMenu(firewall) + rule.id());
      if (Exemption.isOurs(rule) && isNew) {
        steps.add(Exemption.removal(firewall, rule));
      }
    }
  }

  private static void put(Map<String, String> values, String key, String now, String was) {
    if (!now.equals(was)) {
      values.put(key, was);
    }
  }

  private static String target(Queue queue) {
    return Stream.concat(queue.targets().stream().map(Prefix::toString), queue.places().stream())
        .collect(Collectors.joining(","));
  }

  private static String yesOrNo(boolean flag) {
    return flag ? "yes" : "no";
  }
}
