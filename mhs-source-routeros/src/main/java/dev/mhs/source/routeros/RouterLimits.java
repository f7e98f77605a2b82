package dev.mhs.source.routeros;

import dev.mhs.api.DeviceKey;
import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.LimitController;
import dev.mhs.source.routeros.limit.FastTrack;
import dev.mhs.source.routeros.limit.Standing;
import dev.mhs.source.routeros.limit.Step;
import dev.mhs.source.routeros.limit.Undo;
import dev.mhs.source.routeros.limit.Wish;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slows devices down with simple queues. What stands in the router is the truth; what others made
 * there is read and never written. For one thread; the findings for any.
 */
final class RouterLimits implements LimitController {
  /** Idle so that a change made in WinBox is seen within half a minute. */
  private static final Cadence CADENCE =
      new Cadence(Duration.ofSeconds(10), Duration.ofSeconds(28), Duration.ofSeconds(14));

  private static final String NOT_KEPT = "the router did not keep the limit as it was asked for";

  private final Router router;
  private final LimitReader reader;
  private final Changes changes;
  private final Mending mending;

  RouterLimits(Router router, FastTrack.Mode mode, System.Logger logger) {
    MenuWriter writer = new MenuWriter(router);
    this.router = router;
    this.reader = new LimitReader(router, mode);
    this.changes = new Changes(reader, writer);
    this.mending = new Mending(router, changes, reader, new SpedUp(router, writer), logger);
  }

  @Override
  public Poll<List<LimitInForce>> limits() throws InterruptedException {
    Poll<Standing> standing = reader.read();
    if (standing instanceof Poll.Ok<Standing>(Standing found)) {
      standing = mending.mended(found);
    }
    return switch (standing) {
      case Poll.Ok<Standing>(Standing now) -> new Poll.Ok<>(now.mapper().limits());
      case Poll.Failed<Standing>(FailureKind kind, String detail) ->
          new Poll.Failed<>(kind, detail);
      case Poll.Unsupported<Standing>(String reason) -> new Poll.Unsupported<>(reason);
    };
  }

  @Override
  public LimitOutcome apply(Limit limit) throws InterruptedException {
    if (!limit.isUnlimited() && limit.addresses().isEmpty()) {
      return new LimitOutcome.Refused(
          "the device has no address at the moment, by which the router could know it");
    }
    Poll<Standing> poll = reader.read();
    if (poll instanceof Poll.Ok<Standing>(Standing found)) {
      poll = mending.settled(limit.device(), found);
    }
    return switch (poll) {
      case Poll.Ok<Standing>(Standing standing) ->
          limit.isUnlimited() ? remove(limit, standing) : set(limit, standing);
      case Poll.Failed<Standing>(FailureKind kind, String detail) ->
          new LimitOutcome.Failed(kind, detail);
      case Poll.Unsupported<Standing>(String reason) -> new LimitOutcome.Refused(reason);
    };
  }

  @Override
  public Cadence cadence() {
    return CADENCE;
  }

  /** Returns what a person may want to know. Any thread; no I/O. */
  List<Finding> findings() {
    return mending.findings();
  }

  private LimitOutcome set(Limit wanted, Standing before) throws InterruptedException {
    Optional<Wish> possible = Wish.of(wanted, before);
    if (possible.isEmpty()) {
      return new LimitOutcome.Refused(
          "none of the device's addresses lies in a network behind this router");
    }
    Wish wish = possible.get();
    // Whatever happens from here on, an interrupt too, is not forgotten.
    Undo undo = mending.owe(Undo.of(wish.limit(), before, router.epoch()));
    Changes.End end = changes.follow(wish::steps, before, false);
    if (!(end.standing() instanceof Poll.Ok<Standing>(Standing after))) {
      return unreadable(end);
    }
    if (!end.isReached()) {
      return takenBack(undo, after, end);
    }
    mending.settle(wanted.device());
    if (mending.keptOut(after.keptOutSince(before))
        && reader.read() instanceof Poll.Ok<Standing>(Standing noted)) {
      after = noted;
    }
    return tidied((standing, round) -> wish.tidying(standing), after, wanted.device());
  }

  private LimitOutcome remove(Limit limit, Standing before) throws InterruptedException {
    mending.settle(limit.device());
    reader.notes().remove(limit.device());
    Changes.End end =
        changes.follow((standing, round) -> Wish.removal(limit, standing), before, true);
    if (!(end.standing() instanceof Poll.Ok<Standing>(Standing after))) {
      Poll.Failed<Standing> why = why(end.standing());
      return new LimitOutcome.Failed(
          why.kind(),
          words(end.trouble())
              .orElse("the router took the change, but then did not answer: " + why.detail()));
    }
    if (!end.isReached()) {
      boolean isUntouched = end.left().equals(Wish.removal(limit, before));
      if (isUntouched) {
        return refused(end.trouble());
      }
      mending.oweRemoval(limit, end.left());
      return incomplete(end.trouble(), end.left());
    }
    return tidied((standing, round) -> standing.needless(), after, limit.device());
  }

  /** The wish is fulfilled; what nobody needs any more goes too, or is told, and goes later. */
  private LimitOutcome tidied(Changes.Plan plan, Standing after, DeviceKey device)
      throws InterruptedException {
    Changes.End end = changes.follow(plan, after, true);
    Standing last = end.standing() instanceof Poll.Ok<Standing>(Standing read) ? read : after;
    return new LimitOutcome.Applied(last.ours(device).orElse(null), names(end.left()));
  }

  /** What came about in part is taken back: no half of a change stays, if it can be helped. */
  private LimitOutcome takenBack(Undo undo, Standing after, Changes.End failed)
      throws InterruptedException {
    Changes.End end = changes.follow((standing, round) -> undo.steps(standing), after, true);
    if (end.isReached()) {
      mending.settle(undo.limit().device());
      return refused(failed.trouble());
    }
    return incomplete(failed.trouble(), end.left());
  }

  /** Nobody knows what came about; it is taken back when the router answers again. */
  private static LimitOutcome unreadable(Changes.End end) {
    Poll.Failed<Standing> why = why(end.standing());
    return new LimitOutcome.Incomplete(
        why.kind(),
        words(end.trouble())
            .orElse("the router took the change, but then did not answer: " + why.detail()),
        names(end.left()).stream().map(one -> "perhaps " + one).toList());
  }

  private static Poll.Failed<Standing> why(Poll<Standing> unread) {
    return unread instanceof Poll.Failed<Standing> failed
        ? failed
        : new Poll.Failed<>(FailureKind.REFUSED, "its queues cannot be read any more");
  }

  private static LimitOutcome incomplete(@Nullable RouterReply<Row> trouble, List<Step> left) {
    FailureKind kind =
        trouble instanceof RouterReply.Failed<Row> failed ? failed.kind() : FailureKind.REFUSED;
    return new LimitOutcome.Incomplete(kind, words(trouble).orElse(NOT_KEPT), names(left));
  }

  private static LimitOutcome refused(@Nullable RouterReply<Row> trouble) {
    String detail = words(trouble).orElse(NOT_KEPT);
    return trouble instanceof RouterReply.Failed<Row> failed
            && failed.kind() != FailureKind.REFUSED
            && failed.kind() != FailureKind.NOT_PERMITTED
        ? new LimitOutcome.Failed(failed.kind(), detail)
        : new LimitOutcome.Refused(detail);
  }

  private static Optional<String> words(@Nullable RouterReply<Row> trouble) {
    return switch (trouble) {
      case null -> Optional.empty();
      case RouterReply.Failed<Row>(FailureKind kind, String detail) -> Optional.of(detail);
      case RouterReply.Absent<Row>(String detail) -> Optional.of(detail);
      case RouterReply.Answer<Row> answer -> Optional.empty();
    };
  }

  private static List<String> names(List<Step> left) {
    return left.stream().map(Step::what).distinct().toList();
  }
}
