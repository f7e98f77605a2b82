package dev.mhs.server.rest;

import dev.mhs.core.history.History;
import dev.mhs.core.history.Sample;
import dev.mhs.core.history.Series;
import dev.mhs.core.history.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The samples of a window, read piece by piece while they are taken, so that years fit into little
 * memory. The first piece is read at once: what hinders it is told before the answer begins.
 *
 * @param history what is asked
 * @param subject whose samples
 * @param from when the first begins, at a whole step
 * @param to when the last ends
 * @param step how long each is
 * @param first the samples of the first piece
 */
record PastSamples(
    History history, Subject subject, Instant from, Instant to, Duration step, List<Sample> first)
    implements Iterable<Sample> {
  private static final int STEPS_AT_ONCE = 2_000;

  /** Reads the first piece; fails with 503 when the history cannot be read. */
  static PastSamples of(History history, Subject subject, Instant from, Instant to, Duration step) {
    long seconds = step.toSeconds();
    Instant begin = Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), seconds) * seconds);
    return new PastSamples(
        history,
        subject,
        begin,
        to,
        step,
        piece(history, subject, begin, earlier(end(begin, step), to), step));
  }

  @Override
  public Iterator<Sample> iterator() {
    return new Pieces();
  }

  private static Instant end(Instant begin, Duration step) {
    return begin.plus(step.multipliedBy(STEPS_AT_ONCE));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static List<Sample> piece(
      History history, Subject subject, Instant from, Instant to, Duration step) {
    return switch (history.series(subject, from, to, step)) {
      case Series.Measured measured -> measured.samples();
      case Series.Unreadable unreadable -> throw new Problem(503, unreadable.sentence());
    };
  }

  private final class Pieces implements Iterator<Sample> {
    private Iterator<Sample> piece = first.iterator();
    private Instant next = end(from, step);

    @Override
    public boolean hasNext() {
      while (!piece.hasNext() && next.isBefore(to)) {
        Instant begin = next;
        next = end(begin, step);
        piece = piece(history, subject, begin, earlier(next, to), step).iterator();
      }
      return piece.hasNext();
    }

    @Override
    public Sample next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return piece.next();
    }
  }
}
