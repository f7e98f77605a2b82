package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.Source;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What a source keeps to that slows devices down. The environment that {@link #open} gives holds
 * the device of {@link #limit}, and no limit of ours for it.
 *
 * @since 0.1
 */
public abstract class LimitControllerContract extends CapabilityContract<List<LimitInForce>> {
  /** For subclasses. */
  protected LimitControllerContract() {}

  /**
   * Returns a limit that can be set in the environment.
   *
   * @return a limit of both directions, in whole megabits per second
   */
  protected abstract Limit limit();

  @Override
  final Optional<Asked<List<LimitInForce>>> offered(Source source) {
    return source.limits().map(Asking::new);
  }

  /** The answer holds no null, and cannot be changed by whoever gets it. */
  @Test
  public void theAnswerIsSound() {
    assertSound("limits()", answer(asked(opened())));
  }

  /** A limit that was set is read back, with both rates, as ours. */
  @Test
  public void whatIsSetIsReadBack() {
    Source source = opened();

    LimitOutcome.Applied applied = apply(source, limit());

    LimitInForce inForce = applied.inForce();
    assertNotNull(inForce, "a limit that was set is not told");
    assertSame(limit(), inForce);
    assertSame(limit(), ours(source).orElseThrow(() -> new AssertionError("it is not listed")));
  }

  /** Setting another limit for the same device replaces the first. */
  @Test
  public void settingItAnewReplacesIt() {
    Source source = opened();
    Limit first = limit();
    Limit second =
        new Limit(first.device(), first.addresses(), BitRate.ofMegabits(7), BitRate.ofMegabits(3));

    apply(source, first);
    apply(source, second);

    assertSame(second, ours(source).orElseThrow(() -> new AssertionError("it is not listed")));
  }

  /** A limit that was removed is gone; removing what is not there succeeds. */
  @Test
  public void whatIsRemovedIsGone() {
    Source source = opened();
    Limit none = new Limit(limit().device(), limit().addresses(), null, null);
    apply(source, limit());

    apply(source, none);
    assertTrue(ours(source).isEmpty(), "it is still listed");
    apply(source, none);
  }

  private static LimitOutcome.Applied apply(Source source, Limit limit) {
    LimitController limits = source.limits().orElseThrow();
    LimitOutcome outcome =
        within("apply(...)", limits.cadence().deadline(), () -> limits.apply(limit));
    return assertInstanceOf(LimitOutcome.Applied.class, outcome);
  }

  private Optional<LimitInForce> ours(Source source) {
    return answer(asked(source)).stream()
        .filter(one -> one.ours() && one.limit().device().equals(limit().device()))
        .findFirst();
  }

  private static void assertSame(Limit wanted, LimitInForce inForce) {
    assertEquals(wanted.device(), inForce.limit().device());
    assertEquals(wanted.download(), inForce.limit().download());
    assertEquals(wanted.upload(), inForce.limit().upload());
    assertTrue(inForce.ours(), "a limit that MHS set is not marked as ours");
    assertTrue(
        inForce.enforced() == (inForce.reason() == null),
        "there is a reason exactly when a limit is not enforced");
  }

  private record Asking(LimitController limits) implements Asked<List<LimitInForce>> {
    @Override
    public Poll<List<LimitInForce>> ask() throws InterruptedException {
      return limits.limits();
    }

    @Override
    public Cadence cadence() {
      return limits.cadence();
    }
  }
}
