package dev.mhs.source.routeros;

import dev.mhs.api.Cost;
import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A box that answers from a table: what a path is not in is a menu that it lacks. For one thread.
 */
public final class FakeSession implements RouterSession {
  private final Map<String, RouterReply<Row>> replies = new HashMap<>();
  private final List<RouterRequest> asked = new ArrayList<>();
  private Runnable before = () -> {};

  /** Lets a menu or command answer with rows; apostrophes stand for quotation marks. */
  public FakeSession with(String path, String json) {
    replies.put(path, new RouterReply.Answer<>(Samples.of(json)));
    return this;
  }

  /** Lets a menu or command answer with a recorded sample. */
  public FakeSession withSample(String path, String sample) {
    replies.put(path, new RouterReply.Answer<>(Samples.rows(sample)));
    return this;
  }

  /** Lets a menu or command fail. */
  public FakeSession failing(String path, FailureKind kind, String detail) {
    replies.put(path, new RouterReply.Failed<>(kind, detail));
    return this;
  }

  /** Does something before each answer, such as letting time pass. */
  public FakeSession taking(Runnable before) {
    this.before = before;
    return this;
  }

  /** Takes a menu away. */
  public FakeSession without(String path) {
    replies.remove(path);
    return this;
  }

  /** Returns how often a path was asked. */
  public long count(String path) {
    return asked.stream().filter(request -> request.path().equals(path)).count();
  }

  /** Returns how a path was asked last. */
  public RouterRequest last(String path) {
    return asked.stream()
        .filter(request -> request.path().equals(path))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** Returns every path in the order in which they were asked. */
  public List<String> paths() {
    return asked.stream().map(RouterRequest::path).toList();
  }

  /** Returns how often anything was asked. */
  public int count() {
    return asked.size();
  }

  /** Returns whatever was asked other than reading, in its order. */
  public List<RouterRequest> writes() {
    return asked.stream().filter(request -> request.policy().equals("write")).toList();
  }

  @Override
  public <T> RouterReply<T> ask(RouterRequest request, Function<Row, Optional<T>> reader) {
    asked.add(request);
    before.run();
    RouterReply<Row> reply =
        replies.getOrDefault(
            request.path(), new RouterReply.Absent<>("no such command or directory"));
    if (reply instanceof RouterReply.Answer<Row>(List<Row> rows)) {
      return rows.size() > request.atMost()
          ? new RouterReply.Failed<>(FailureKind.REFUSED, "there are more rows")
          : new RouterReply.Answer<>(
              rows.stream().flatMap(row -> reader.apply(row).stream()).toList());
    }
    return reply.withoutRows();
  }

  @Override
  public Cost cost() {
    return new Cost(asked.size(), 0, Duration.ZERO);
  }

  @Override
  public void close() {
    replies.clear();
  }
}
