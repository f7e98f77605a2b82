package dev.mhs.server.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what it is told as values. For one thread. */
final class NotedFields implements FieldSink {
  /** What was begun and not ended: an object with names, or an array without. */
  private record Open(
      @Nullable String name, @Nullable List<String> names, List<@Nullable Object> values) {
    static Open object(@Nullable String name) {
      return new Open(name, new ArrayList<>(), new ArrayList<>());
    }

    void add(@Nullable String field, @Nullable Object value) {
      if (names != null && field != null) {
        names.add(field);
      }
      values.add(value);
    }
  }

  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<List<String>, String[]> shapes = new HashMap<>();

  NotedFields() {
    open.push(Open.object(null));
  }

  /** Returns the object, once all that was begun has ended. */
  Fields whole() {
    return (Fields) close(open.pop());
  }

  @Override
  public void value(String name, @Nullable Object scalar) {
    open.element().add(name, scalar);
  }

  @Override
  public void startObject(String name) {
    open.push(Open.object(name));
  }

  @Override
  public void startArray(String name) {
    open.push(new Open(name, null, new ArrayList<>()));
  }

  @Override
  public void startItem() {
    open.push(Open.object(null));
  }

  @Override
  public void item(String text) {
    open.element().add(null, text);
  }

  @Override
  public void item(@Nullable Long number) {
    open.element().add(null, number);
  }

  @Override
  public void end() {
    Open ended = open.pop();
    open.element().add(ended.name(), close(ended));
  }

  private Object close(Open ended) {
    List<String> names = ended.names();
    if (names == null) {
      return Collections.unmodifiableList(ended.values());
    }
    String[] shared = shapes.computeIfAbsent(names, fresh -> fresh.toArray(new String[0]));
    return new Fields(shared, ended.values().toArray());
  }
}
