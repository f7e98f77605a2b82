package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.Finding;
import dev.mhs.api.Limit;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.source.routeros.limit.Standing;
import dev.mhs.source.routeros.limit.Step;
import dev.mhs.source.routeros.limit.Undo;
import dev.mhs.source.routeros.limit.Wish;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps limits as people asked for them, between two wishes: takes back what an unfinished change
 * left behind, ends a removal, lets queues follow their devices, keeps the exemption from FastTrack
 * in order where it is wished, and removes what of it nobody needs. On a router without limits of
 * ours it has nothing to do, and where all is in order it writes nothing. For one thread; the
 * findings for any.
 */
final class Mending {
  /** A router that refuses is not asked each time. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Router router;
  private final Changes changes;
  private final LimitReader reader;
  private final SpedUp spedUp;
  private final System.Logger logger;
  private final Map<DeviceKey, Undo> owed = new HashMap<>();
  private final Map<DeviceKey, Unremoved> unremoved = new HashMap<>();
  private final Map<Prefix, DeviceKey> stillSpedUp = new HashMap<>();
  private @Nullable Moment failedAt;
  private @Nullable Moment leftSpedUpAt;
  private volatile @Nullable Finding trouble;

  Mending(Router router, Changes changes, LimitReader reader, SpedUp spedUp, System.Logger logger) {
    this.router = router;
    this.changes = changes;
    this.reader = reader;
    this.spedUp = spedUp;
    this.logger = logger;
  }

  /** Remembers how to take a change back, until it is settled. */
  Undo owe(Undo undo) {
    Undo earlier = owed.get(undo.limit().device());
    Undo back =
        earlier != null && earlier.epoch() == undo.epoch() ? earlier.past(undo.limit()) : undo;
    owed.put(undo.limit().device(), back);
    unremoved.remove(undo.limit().device());
    failedAt = null;
    return back;
  }

  /** Remembers what a removal left behind, until it is gone, changed by others, or settled. */
  void oweRemoval(Limit limit, List<Step> left) {
    unremoved.put(limit.device(), new Unremoved(limit, Set.copyOf(words(left))));
    failedAt = null;
  }

  /** Takes back what is owed for a device before something else is done for it. */
  Poll<Standing> settled(DeviceKey device, Standing before) throws InterruptedException {
    Undo undo = owed.get(device);
    if (undo == null) {
      return new Poll.Ok<>(before);
    }
    Changes.End end =
        changes.follow((standing, round) -> undo.later(standing, router.epoch()), before, true);
    if (end.isReached()) {
      owed.remove(device);
    }
    return end.standing();
  }

  /** Forgets it: the change came about, was taken back, or another wish replaced it. */
  void settle(DeviceKey device) {
    owed.remove(device);
    unremoved.remove(device);
  }

  List<Finding> findings() {
    Finding found = trouble;
    return found == null ? List.of() : List.of(found);
  }

  /**
   * Ends what FastTrack had sped up of devices that are kept out of it from now on; tells whether
   * some could not be ended, which then is noted.
   */
  boolean keptOut(Map<Prefix, DeviceKey> newly) throws InterruptedException {
    stillSpedUp.putAll(newly);
    endSpedUp();
    return !stillSpedUp.isEmpty();
  }

  /** Puts in order what is not, and returns how it stands then. */
  Poll<Standing> mended(Standing before) throws InterruptedException {
    if (isPausing()) {
      return new Poll.Ok<>(before);
    }
    stillSpedUp.keySet().retainAll(before.limited().keySet());
    reader.notes().keySet().retainAll(Set.copyOf(stillSpedUp.values()));
    if (!isRecent(leftSpedUpAt)) {
      endSpedUp();
    }
    List<Step> first = steps(before);
    if (first.isEmpty()) {
      forgetDebts(); // all that was owed stands as before, or somebody else has gone on
      trouble = null;
      return new Poll.Ok<>(before);
    }
    logger.log(System.Logger.Level.INFO, () -> "Limits: puts in order " + names(first));
    Changes.End end = changes.follow((standing, round) -> steps(standing), before, true);
    if (end.isReached()) {
      forgetDebts();
      trouble = null;
      failedAt = null;
    } else {
      failed(end);
    }
    boolean isNoted =
        end.standing() instanceof Poll.Ok<Standing>(Standing after)
            && keptOut(after.keptOutSince(before));
    return isNoted ? reader.read() : end.standing();
  }

  private List<Step> steps(Standing standing) {
    List<Step> steps = new ArrayList<>();
    owed.values().forEach(undo -> steps.addAll(undo.later(standing, router.epoch())));
    unremoved.values().forEach(one -> steps.addAll(one.steps(standing)));
    if (!steps.isEmpty()) {
      return steps.stream().distinct().toList(); // the rest is seen once that is out of the way
    }
    steps.addAll(standing.following().steps(standing.queues()));
    steps.addAll(standing.exemption());
    steps.addAll(standing.needless());
    return steps;
  }

  private void forgetDebts() {
    owed.clear();
    unremoved.clear();
  }

  private void endSpedUp() throws InterruptedException {
    if (stillSpedUp.isEmpty()) {
      return;
    }
    Optional<String> left = spedUp.end(stillSpedUp.keySet());
    leftSpedUpAt = left.isPresent() ? router.time().moment() : null;
    for (DeviceKey device : stillSpedUp.values()) {
      left.ifPresentOrElse(
          why -> reader.notes().put(device, why), () -> reader.notes().remove(device));
    }
    if (left.isEmpty()) {
      stillSpedUp.clear();
    }
  }

  private boolean isPausing() {
    return isRecent(failedAt) || !router.hasSettled();
  }

  private boolean isRecent(@Nullable Moment failed) {
    return failed != null && router.time().moment().since(failed).compareTo(PAUSE) < 0;
  }

  private void failed(Changes.End end) {
    failedAt = router.time().moment();
    String why = end.trouble() instanceof RouterReply.Failed<Row> said ? ": " + said.detail() : "";
    String what = "limits could not be put in order (" + names(end.left()) + ")" + why;
    trouble = new Finding(Finding.Level.LACKING, what, null);
    logger.log(System.Logger.Level.WARNING, what);
  }

  private static String names(List<Step> steps) {
    return String.join(", ", words(steps));
  }

  private static List<String> words(List<Step> steps) {
    return steps.stream().map(Step::what).distinct().toList();
  }

  /**
   * What a removal left behind. Known by name and limit: ids change when the router is restarted,
   * and what somebody has given another limit since is theirs to decide about.
   *
   * @param limit whose
   * @param left the queues in words
   */
  private record Unremoved(Limit limit, Set<String> left) {
    List<Step> steps(Standing standing) {
      return Wish.removal(limit, standing).stream()
          .filter(step -> left.contains(step.what()))
          .toList();
    }
  }
}
