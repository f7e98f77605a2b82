package dev.mhs.source.routeros.client;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Moment;
import dev.mhs.core.spi.TimeSource;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads menus, and asks no more often than needed: an answer that is young enough is given again,
 * and a menu that the box lacks or denies is not asked for each time. Any thread; two that want the
 * same menu share one question.
 */
public final class MenuReader {
  /** How long a missing right is taken as missing. */
  static final Duration DENIED_FOR = Duration.ofMinutes(5);

  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final RouterSession session;
  private final TimeSource time;
  private final Map<Menu, Shelf> shelves = new EnumMap<>(Menu.class);

  /** The last reply of one menu. */
  private static final class Shelf {
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong forgotten = new AtomicLong();
    private volatile @Nullable Kept kept;

    void forget() {
      forgotten.incrementAndGet();
      kept = null;
    }
  }

  private record Kept(Moment at, RouterReply<Row> reply) {}

  /**
   * Makes a reader that has read nothing yet.
   *
   * @param session whom to ask
   * @param time the clocks
   */
  public MenuReader(RouterSession session, TimeSource time) {
    this.session = session;
    this.time = time;
    for (Menu menu : Menu.values()) {
      shelves.put(menu, new Shelf());
    }
  }

  /**
   * Reads a menu, unless it was read lately.
   *
   * @param menu which one
   * @param maxAge how old an answer may be; zero asks in any case
   * @return the rows with their time, or why there are none
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public MenuReply read(Menu menu, Duration maxAge) throws InterruptedException {
    Shelf shelf = shelf(menu);
    shelf.lock.lockInterruptibly();
    try {
      Kept kept = shelf.kept;
      Moment now = time.moment();
      if (kept == null || now.since(kept.at).compareTo(lifetime(kept.reply, maxAge)) >= 0) {
        long before = shelf.forgotten.get();
        RouterReply<Row> reply = session.ask(menu.request());
        kept = new Kept(time.moment(), reply);
        shelf.kept = kept;
        if (shelf.forgotten.get() != before) {
          shelf.kept = null; // asked before a write or a restart, it may tell how it was then
        }
      }
      return reply(menu, kept);
    } finally {
      shelf.lock.unlock();
    }
  }

  /**
   * Returns how a menu answered last. No I/O.
   *
   * @param menu which one
   * @return the reply, or null when it was not read yet
   */
  public @Nullable RouterReply<Row> last(Menu menu) {
    Kept kept = shelf(menu).kept;
    return kept == null ? null : kept.reply;
  }

  /** Forgets everything, because the box was restarted and may be another version now. */
  public void forget() {
    shelves.values().forEach(Shelf::forget);
  }

  /**
   * Forgets one menu, because it was written to.
   *
   * @param menu which one
   */
  public void forget(Menu menu) {
    shelf(menu).forget();
  }

  private Shelf shelf(Menu menu) {
    Shelf shelf = shelves.get(menu);
    if (shelf == null) {
      throw new IllegalStateException("no shelf for " + menu);
    }
    return shelf;
  }

  private static Duration lifetime(RouterReply<Row> reply, Duration maxAge) {
    return switch (reply) {
      case RouterReply.Answer<Row> answer -> maxAge;
      // Another version or package comes with a restart only, and then everything is forgotten.
      case RouterReply.Absent<Row> absent -> FOREVER;
      case RouterReply.Failed<Row>(FailureKind kind, String detail) ->
          kind == FailureKind.NOT_PERMITTED ? DENIED_FOR : Duration.ZERO;
    };
  }

  private static MenuReply reply(Menu menu, Kept kept) {
    return switch (kept.reply) {
      case RouterReply.Answer<Row>(List<Row> rows) ->
          new MenuReply.Rows(new Reading(kept.at, rows));
      case RouterReply.Absent<Row>(String detail) ->
          new MenuReply.Lacking(
              FailureKind.REFUSED, "/" + menu.path() + " does not exist on this box: " + detail);
      case RouterReply.Failed<Row>(FailureKind kind, String detail) ->
          kind == FailureKind.NOT_PERMITTED
              ? new MenuReply.Lacking(kind, "/" + menu.path() + ": " + detail)
              : new MenuReply.Failed(kind, detail);
    };
  }
}
