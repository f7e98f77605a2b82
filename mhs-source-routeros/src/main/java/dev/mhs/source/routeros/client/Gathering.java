package dev.mhs.source.routeros.client;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Moment;
import dev.mhs.api.Poll;
import dev.mhs.source.routeros.parse.Reading;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the menus that one answer is made of. After the first failure nothing more is asked, and
 * the failure is the answer: half of the truth would look like devices that left. For one thread.
 */
public final class Gathering {
  private final MenuReader menus;
  private final Moment begin;
  private MenuReply.@Nullable Failed failure;

  /**
   * Begins.
   *
   * @param menus where to read
   * @param begin now
   */
  public Gathering(MenuReader menus, Moment begin) {
    this.menus = menus;
    this.begin = begin;
  }

  /**
   * Reads a menu without which there is no answer.
   *
   * @param menu which one
   * @param maxAge how old it may be
   * @return its rows; none after a failure
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public Reading need(Menu menu, Duration maxAge) throws InterruptedException {
    return read(menu, maxAge, true);
  }

  /**
   * Reads a menu that a box may lack.
   *
   * @param menu which one
   * @param maxAge how old it may be
   * @return its rows; none when it is lacking, or after a failure
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public Reading ifThere(Menu menu, Duration maxAge) throws InterruptedException {
    return read(menu, maxAge, false);
  }

  /**
   * Returns the answer, unless something failed.
   *
   * @param <T> what the answer is
   * @param answer makes the answer of what was read
   * @return the answer or the first failure
   */
  public <T> Poll<T> answer(Supplier<T> answer) {
    MenuReply.Failed failed = failure;
    return failed == null
        ? new Poll.Ok<>(answer.get())
        : new Poll.Failed<>(failed.kind(), failed.detail());
  }

  /**
   * Tells whether something failed.
   *
   * @return the first failure, or null
   */
  public MenuReply.@Nullable Failed failure() {
    return failure;
  }

  private Reading read(Menu menu, Duration maxAge, boolean needed) throws InterruptedException {
    if (failure != null) {
      return nothing();
    }
    return switch (menus.read(menu, maxAge)) {
      case MenuReply.Rows(Reading reading) -> reading;
      case MenuReply.Failed failed -> failing(failed);
      case MenuReply.Lacking(FailureKind kind, String detail) ->
          needed ? failing(new MenuReply.Failed(kind, detail)) : nothing();
    };
  }

  private Reading failing(MenuReply.Failed failed) {
    failure = failed;
    return nothing();
  }

  private Reading nothing() {
    return new Reading(begin, List.of());
  }
}
