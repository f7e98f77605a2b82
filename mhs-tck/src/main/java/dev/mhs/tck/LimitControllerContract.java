package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mhs.api.BitRate;
import dev.mhs.api.Limit;
import dev.mhs.api.LimitInForce;
import dev.mhs.api.LimitOutcome;
import dev.mhs.api.Poll;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.LimitController;
import dev.mhs.core.spi.Source;
import dev.mhs.core.spi.SourceContext;
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

  /**
   * Returns a limit that the source cannot set, such as one for an address that is not behind its
   * box.
   *
   * @return the limit; by default that of a device without any address, which no box can recognise
   */
  protected Limit impossible() {
    return withoutAddress();
  }

  /**
   * Opens the source under test with a box on which somebody else has set limits, one for the
   * device of {@link #limit} if the box allows that.
   *
   * @param context what the source is given
   * @return the source; by default empty, and then it is not tested that these stay as they are
   */
  protected Optional<Source> openWithForeign(SourceContext context) {
    return Optional.empty();
  }

  /**
   * Opens the source under test with a box that answers when limits are read, but has gone silent
   * when one is applied.
   *
   * @param context what the source is given
   * @return the source; by default that of {@link #openSilent}
   */
  protected Optional<Source> openSilentToWrites(SourceContext context) {
    return openSilent(context);
  }

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

  /** A limit of one direction leaves the other alone, and a later one can free what was limited. */
  @Test
  public void oneDirectionCanBeLimitedAlone() {
    Source source = opened();
    Limit both = limit();
    Limit download = new Limit(both.device(), both.addresses(), both.download(), null);
    Limit upload = new Limit(both.device(), both.addresses(), null, both.upload());

    for (Limit wanted : List.of(download, upload, both, download)) {
      LimitInForce inForce = apply(source, wanted).inForce();
      assertNotNull(inForce, "a limit that was set is not told");
      assertSame(wanted, inForce);
      assertSame(wanted, onlyOurs(source));
    }
  }

  /** Wishing the same again changes nothing, and makes no second limit. */
  @Test
  public void theSameWishTwiceIsLikeOnce() {
    Source source = opened();

    apply(source, limit());
    List<Limit> once = limits(source);
    LimitInForce again = apply(source, limit()).inForce();

    assertNotNull(again, "a limit that is there is not told");
    assertSame(limit(), again);
    assertSame(limit(), onlyOurs(source));
    assertEquals(once, limits(source));
  }

  /** What cannot be limited is refused with a reason, neither thrown nor set all the same. */
  @Test
  public void whatCannotBeLimitedIsRefused() {
    Source source = opened();
    List<Limit> before = limits(source);

    for (Limit wanted : List.of(withoutAddress(), impossible())) {
      LimitOutcome.Refused refused =
          assertInstanceOf(LimitOutcome.Refused.class, outcome(source, wanted));
      assertFalse(refused.detail().isBlank(), "it is refused without a reason");
      assertEquals(before, limits(source), "a wish that was refused changed something");
    }
  }

  private Limit withoutAddress() {
    return new Limit(limit().device(), List.of(), limit().download(), limit().upload());
  }

  /** What others set stays as it is, whatever is set and removed besides. */
  @Test
  public void limitsOfOthersAreLeftAlone() {
    Optional<Source> opened = openWithForeign(context());
    assumeTrue(opened.isPresent(), "openWithForeign(...) gives no source");
    Source source = adopted(opened.orElseThrow());
    List<Limit> foreign = foreign(source);
    assertFalse(foreign.isEmpty(), "no limit of others is listed");

    apply(source, limit());
    assertEquals(foreign, foreign(source), "setting a limit changed one of others");
    apply(source, new Limit(limit().device(), limit().addresses(), null, null));
    assertEquals(foreign, foreign(source), "removing a limit changed one of others");
    assertTrue(ours(source).isEmpty(), "it is still listed");
  }

  /** An interrupt ends a change soon, as an interrupt: it must not look like an answer. */
  @Test
  public void anInterruptEndsAChange() {
    Optional<Source> silent = openSilentToWrites(context());
    Source source = adopted(silent.orElseGet(() -> open(context())));

    Interrupted change = interrupted(() -> controller(source).apply(limit()));

    assertTrue(change.ended(), "a change goes on after an interrupt");
    if (change.thrown() != null) {
      assertInstanceOf(
          InterruptedException.class, change.thrown(), "an interrupt is thrown as something else");
    } else if (silent.isPresent()) {
      assertFalse(
          change.result() == null
              || change.result() instanceof LimitOutcome.Applied
              || change.result() instanceof LimitOutcome.Refused,
          () -> "a box that was silent cannot have led to " + change.result());
    }
  }

  private static LimitController controller(Source source) {
    return source.limits().orElseThrow();
  }

  private static LimitOutcome outcome(Source source, Limit limit) {
    LimitController limits = controller(source);
    return within("apply(...)", limits.cadence().deadline(), () -> limits.apply(limit));
  }

  private static LimitOutcome.Applied apply(Source source, Limit limit) {
    return assertInstanceOf(LimitOutcome.Applied.class, outcome(source, limit));
  }

  private Optional<LimitInForce> ours(Source source) {
    return allOurs(source).stream().findFirst();
  }

  private LimitInForce onlyOurs(Source source) {
    List<LimitInForce> ours = allOurs(source);
    assertEquals(1, ours.size(), () -> "a device has one limit of ours: " + ours);
    return ours.getFirst();
  }

  private List<LimitInForce> allOurs(Source source) {
    return answer(asked(source)).stream()
        .filter(one -> one.ours() && one.limit().device().equals(limit().device()))
        .toList();
  }

  private List<Limit> limits(Source source) {
    return answer(asked(source)).stream().map(LimitInForce::limit).toList();
  }

  private List<Limit> foreign(Source source) {
    return answer(asked(source)).stream()
        .filter(one -> !one.ours())
        .map(LimitInForce::limit)
        .toList();
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
