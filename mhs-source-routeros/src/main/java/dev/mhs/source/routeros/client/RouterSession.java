package dev.mhs.source.routeros.client;

import dev.mhs.api.Cost;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.util.Optional;
import java.util.function.Function;

/** One session to one RouterOS box. Any thread. */
public interface RouterSession extends AutoCloseable {
  /**
   * Sends a request and waits for the whole answer, for a bounded time.
   *
   * @param <T> what a row is read as
   * @param request what is asked
   * @param reader makes something of a row as it arrives, or nothing, which leaves it out
   * @return the reply; never an exception for what a router or a network may do
   * @throws InterruptedException when the waiting thread is interrupted; the request is abandoned
   *     and its connection closed
   */
  <T> RouterReply<T> ask(RouterRequest request, Function<Row, Optional<T>> reader)
      throws InterruptedException;

  /**
   * Sends a request and returns the rows as they are.
   *
   * @param request what is asked
   * @return the reply
   * @throws InterruptedException when the waiting thread is interrupted
   */
  default RouterReply<Row> ask(RouterRequest request) throws InterruptedException {
    return ask(request, Optional::of);
  }

  /**
   * Tells that a person wants to know now: a pause after refused logins is cut to the shortest.
   * Returns at once.
   */
  default void askAgain() {}

  /**
   * Returns what asking has cost so far.
   *
   * @return requests sent, and bytes of bodies received
   */
  Cost cost();

  /** Closes all connections; a second call does nothing. */
  @Override
  void close();
}
