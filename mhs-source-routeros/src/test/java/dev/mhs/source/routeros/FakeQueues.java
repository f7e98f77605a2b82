package dev.mhs.source.routeros;

import dev.mhs.api.Cost;
import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A box whose simple queues can be written; everything else it leaves to another. For one thread.
 */
final class FakeQueues implements RouterSession {
  private static final String MENU = "queue/simple";

  private final FakeSession rest;
  private final List<Map<String, String>> queues = new ArrayList<>();
  private int nextId = 1;
  private @Nullable RouterReply<Row> refusal;
  private boolean appliesAnyway;
  private boolean keepsOtherLimit;
  private boolean refusesIdsInPaths;

  FakeQueues(FakeSession rest) {
    this.rest = rest;
  }

  /** Puts a queue there, as somebody else would. */
  void add(Map<String, String> values) {
    Map<String, String> queue = new LinkedHashMap<>(values);
    queue.put(".id", "*" + nextId++);
    queues.add(queue);
  }

  /** Refuses writes from now on; perhaps doing what was asked nevertheless. */
  void refuse(FailureKind kind, String detail, boolean anyway) {
    refusal = new RouterReply.Failed<>(kind, detail);
    appliesAnyway = anyway;
  }

  /** Writes another limit than it was told. */
  void keepOtherLimit() {
    keepsOtherLimit = true;
  }

  /** Wants ids in the body of a command, as some versions are said to do. */
  void refuseIdsInPaths() {
    refusesIdsInPaths = true;
  }

  /** Returns the queues as they stand, without their ids. */
  List<Map<String, String>> state() {
    return queues.stream()
        .map(
            queue -> {
              Map<String, String> copy = new LinkedHashMap<>(queue);
              copy.remove(".id");
              return copy;
            })
        .toList();
  }

  @Override
  public <T> RouterReply<T> ask(RouterRequest request, Function<Row, Optional<T>> reader) {
    if (!request.path().startsWith(MENU)) {
      return rest.ask(request, reader);
    }
    RouterReply<Row> reply = refusal;
    if (request.verb() != RouterRequest.Verb.GET && reply != null && !appliesAnyway) {
      return reply.withoutRows();
    }
    boolean isInPath = request.path().contains("*");
    if (isInPath && refusesIdsInPaths) {
      return new RouterReply.Failed<>(
          FailureKind.REFUSED, "missing or invalid resource identifier");
    }
    List<Row> rows = apply(request);
    return request.verb() != RouterRequest.Verb.GET && reply != null
        ? reply.withoutRows()
        : new RouterReply.Answer<>(
            rows.stream().flatMap(row -> reader.apply(row).stream()).toList());
  }

  @Override
  public Cost cost() {
    return rest.cost();
  }

  @Override
  public void close() {
    rest.close();
  }

  private List<Row> apply(RouterRequest request) {
    String id =
        request.path().contains("*")
            ? request.path().substring(request.path().indexOf('*'))
            : request.body().getOrDefault(".id", "");
    boolean removes =
        request.verb() == RouterRequest.Verb.DELETE || request.path().endsWith("/remove");
    if (request.verb() == RouterRequest.Verb.PUT) {
      add(written(request));
    } else if (removes) {
      queues.removeIf(queue -> id.equals(queue.get(".id")));
    } else if (request.verb() != RouterRequest.Verb.GET) {
      queues.stream()
          .filter(queue -> id.equals(queue.get(".id")))
          .forEach(queue -> queue.putAll(written(request)));
    }
    return request.verb() == RouterRequest.Verb.GET
        ? queues.stream().map(queue -> new Row(new LinkedHashMap<>(queue))).toList()
        : List.of();
  }

  private Map<String, String> written(RouterRequest request) {
    Map<String, String> values = new LinkedHashMap<>(request.body());
    values.remove(".id");
    values.computeIfPresent("disabled", (key, value) -> value.equals("no") ? "false" : "true");
    if (keepsOtherLimit) {
      values.put("max-limit", "1/1");
    }
    return values;
  }
}
