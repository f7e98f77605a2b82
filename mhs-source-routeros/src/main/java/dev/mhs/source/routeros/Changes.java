package dev.mhs.source.routeros;

import dev.mhs.api.Poll;
import dev.mhs.source.routeros.limit.Standing;
import dev.mhs.source.routeros.limit.Step;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings the router to where a plan has nothing more to say, by writing and reading back in turn.
 * An error does not mean that nothing was changed, nor success that all was (RouterOS answers 400
 * to writes that it carried out): only what is read back counts. For one thread.
 */
final class Changes {
  /** A step that fails is planned anew from what stands there; more often than this is a loop. */
  private static final int ROUNDS = 8;

  private final LimitReader reader;
  private final MenuWriter writer;

  Changes(LimitReader reader, MenuWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /** Says what is still to be done; asked again after each reading. */
  @FunctionalInterface
  interface Plan {
    List<Step> steps(Standing standing, int round);
  }

  /**
   * What became of it.
   *
   * @param standing how it stands, or why that could not be read
   * @param trouble the first reply that was none, or null
   * @param left what is still to be done; when nothing could be read, what may be
   */
  record End(Poll<Standing> standing, @Nullable RouterReply<Row> trouble, List<Step> left) {
    End {
      left = List.copyOf(left);
    }

    boolean isReached() {
      return standing instanceof Poll.Ok<Standing> && left.isEmpty();
    }
  }

  /**
   * Follows a plan.
   *
   * @param plan what is to be done
   * @param begin how it stands
   * @param goesOn whether a step that fails holds up the others
   */
  End follow(Plan plan, Standing begin, boolean goesOn) throws InterruptedException {
    Standing standing = begin;
    RouterReply<Row> trouble = null;
    List<Step> steps = plan.steps(standing, 0);
    for (int round = 1; !steps.isEmpty() && round <= ROUNDS; round++) {
      Written written = write(steps, goesOn);
      trouble = trouble == null ? written.trouble : trouble;
      Poll<Standing> poll = reader.readBack();
      if (!(poll instanceof Poll.Ok<Standing>(Standing after))) {
        return new End(poll, trouble, steps);
      }
      standing = after;
      List<Step> next = plan.steps(standing, round);
      if (next.equals(written.rest)) {
        return new End(poll, trouble, next); // it had no effect, and would have none again
      }
      steps = next;
    }
    return new End(new Poll.Ok<>(standing), trouble, steps);
  }

  /** What was not done of some steps; all of them, when all were done and may show no effect. */
  private record Written(@Nullable RouterReply<Row> trouble, List<Step> rest) {}

  private Written write(List<Step> steps, boolean goesOn) throws InterruptedException {
    RouterReply<Row> trouble = null;
    for (int at = 0; at < steps.size(); at++) {
      RouterReply<Row> reply = writer.write(steps.get(at));
      if (reply instanceof RouterReply.Answer<Row>) {
        continue;
      }
      trouble = trouble == null ? reply : trouble;
      if (!goesOn) {
        return new Written(trouble, steps.subList(at, steps.size()));
      }
    }
    return new Written(trouble, steps);
  }
}
