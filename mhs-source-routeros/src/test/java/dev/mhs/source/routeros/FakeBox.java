package dev.mhs.source.routeros;

import dev.mhs.api.Cost;
import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A box whose queues, firewall rules, address lists and connections can be written; everything else
 * it leaves to another. For one thread.
 */
final class FakeBox implements RouterSession {
  static final String QUEUE = "queue/simple";
  static final String FILTER = "ip/firewall/filter";
  static final String FILTER6 = "ipv6/firewall/filter";
  static final String LIST = "ip/firewall/address-list";
  static final String LIST6 = "ipv6/firewall/address-list";
  static final String CONNECTION = "ip/firewall/connection";
  private static final List<String> MENUS =
      List.of(QUEUE, FILTER, FILTER6, LIST, LIST6, CONNECTION, "ipv6/firewall/connection");

  /** What happens to a write. */
  enum Fate {
    /** It is done. */
    DONE,
    /** It is refused. */
    REFUSED,
    /** It is done, but answered with an error. */
    DONE_BUT_REFUSED,
    /** It is done, but the answer is lost. */
    DONE_BUT_LOST,
    /** It gets lost on the way. */
    LOST
  }

  private final FakeSession rest;
  private final Map<String, List<Map<String, String>>> tables = new TreeMap<>();
  private Function<Integer, Fate> fates = write -> Fate.DONE;
  private int nextId = 1;
  private int writes;
  private @Nullable RouterReply<Row> refusal;
  private boolean appliesAnyway;
  private boolean keepsOtherLimit;
  private boolean refusesIdsInPaths;
  private boolean isDead;
  private boolean keepsConnections;
  private int askedAboutConnections;

  FakeBox(FakeSession rest) {
    this.rest = rest;
    MENUS.forEach(menu -> tables.put(menu, new ArrayList<>()));
  }

  /** Puts a queue there, as somebody else would. */
  void add(Map<String, String> values) {
    add(QUEUE, values);
  }

  /** Puts an object there, as somebody else would; returns its id. */
  String add(String menu, Map<String, String> values) {
    Map<String, String> item = new LinkedHashMap<>(values);
    String id = "*" + Integer.toHexString(nextId++).toUpperCase(Locale.ROOT);
    item.put(".id", id);
    table(menu).add(item);
    return id;
  }

  /** Returns the objects of a menu, to be changed as somebody else would. */
  List<Map<String, String>> table(String menu) {
    return Objects.requireNonNull(tables.get(menu), menu);
  }

  /** Decides what happens to each write, by its number from 0. */
  void fates(Function<Integer, Fate> wanted) {
    fates = wanted;
    writes = 0;
  }

  /** Returns how many writes there were since the fates were decided. */
  int writes() {
    return writes;
  }

  /** Answers nothing any more, or again. */
  void dead(boolean is) {
    isDead = is;
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

  /** Ends no connection any more, or again. */
  void keepConnections(boolean is) {
    keepsConnections = is;
  }

  /** Returns how often its connections were read, or wanted to end. */
  int askedAboutConnections() {
    return askedAboutConnections;
  }

  /** Returns the queues as they stand, without their ids. */
  List<Map<String, String>> state() {
    return state(QUEUE);
  }

  /** Returns the objects of a menu as they stand, without their ids. */
  List<Map<String, String>> state(String menu) {
    return table(menu).stream()
        .map(
            item -> {
              Map<String, String> copy = new LinkedHashMap<>(item);
              copy.remove(".id");
              copy.values().removeIf(String::isEmpty);
              return copy;
            })
        .toList();
  }

  /** Returns everything but connections, to be compared. */
  Map<String, List<Map<String, String>>> everything() {
    Map<String, List<Map<String, String>>> all = new TreeMap<>();
    MENUS.stream()
        .filter(menu -> !menu.endsWith("connection"))
        .forEach(menu -> all.put(menu, state(menu)));
    return all;
  }

  @Override
  public <T> RouterReply<T> ask(RouterRequest request, Function<Row, Optional<T>> reader) {
    if (isDead) {
      return new RouterReply.Failed<>(FailureKind.UNREACHABLE, "no connection");
    }
    String menu = MENUS.stream().filter(request.path()::startsWith).findFirst().orElse(null);
    if (menu == null) {
      return rest.ask(request, reader);
    }
    boolean isOfConnections = menu.endsWith("connection");
    askedAboutConnections += isOfConnections ? 1 : 0;
    if (isOfConnections && keepsConnections && request.verb() != RouterRequest.Verb.GET) {
      return failed(FailureKind.REFUSED, "failure: not today").as();
    }
    if (request.verb() == RouterRequest.Verb.GET) {
      return new RouterReply.Answer<>(
          table(menu).stream()
              .filter(item -> isWanted(item, request))
              .flatMap(item -> reader.apply(new Row(new LinkedHashMap<>(item))).stream())
              .toList());
    }
    return write(menu, request).as();
  }

  private Answered write(String menu, RouterRequest request) {
    RouterReply<Row> reply = refusal;
    if (reply != null && !appliesAnyway) {
      return new Answered(reply);
    }
    if (request.path().contains("*") && refusesIdsInPaths) {
      return failed(FailureKind.REFUSED, "missing or invalid resource identifier");
    }
    Fate fate = fates.apply(writes++);
    if (fate == Fate.REFUSED) {
      return failed(FailureKind.REFUSED, "failure: not today");
    }
    if (fate == Fate.LOST) {
      return failed(FailureKind.UNREACHABLE, "lost");
    }
    String wrong = apply(menu, request);
    if (wrong != null) {
      return wrong.equals("404")
          ? new Answered(new RouterReply.Absent<>("Not Found"))
          : failed(FailureKind.REFUSED, wrong);
    }
    return switch (fate) {
      case DONE_BUT_REFUSED -> failed(FailureKind.REFUSED, "failure: strange");
      case DONE_BUT_LOST -> failed(FailureKind.UNREACHABLE, "the answer is lost");
      case DONE, REFUSED, LOST ->
          new Answered(reply == null ? new RouterReply.Answer<>(List.of()) : reply);
    };
  }

  /** A reply without rows, whatever rows would be read as. */
  private record Answered(RouterReply<Row> reply) {
    <T> RouterReply<T> as() {
      return reply instanceof RouterReply.Answer<Row>
          ? new RouterReply.Answer<>(List.of())
          : reply.withoutRows();
    }
  }

  private static Answered failed(FailureKind kind, String detail) {
    return new Answered(new RouterReply.Failed<>(kind, detail));
  }

  @Override
  public Cost cost() {
    return rest.cost();
  }

  @Override
  public void close() {
    rest.close();
  }

  private @Nullable String apply(String menu, RouterRequest request) {
    if (request.verb() == RouterRequest.Verb.PUT) {
      return put(menu, request);
    }
    String ids =
        request.path().contains("*")
            ? request.path().substring(request.path().indexOf('*'))
            : request.body().getOrDefault(".id", request.body().getOrDefault("numbers", ""));
    for (String id : ids.split(",", -1)) {
      Map<String, String> item = find(menu, id);
      if (item == null) {
        return "404";
      }
      if (request.verb() == RouterRequest.Verb.DELETE || request.path().endsWith("/remove")) {
        table(menu).remove(item);
      } else if (request.path().endsWith("/move")) {
        table(menu).remove(item);
        place(menu, item, request.body().get("destination"));
      } else {
        item.putAll(written(request));
      }
    }
    return null;
  }

  private @Nullable String put(String menu, RouterRequest request) {
    Map<String, String> values = written(request);
    boolean isThere =
        table(menu).stream()
            .anyMatch(
                item ->
                    (menu.equals(QUEUE) && Objects.equals(values.get("name"), item.get("name")))
                        || (menu.endsWith("list")
                            && Objects.equals(values.get("address"), item.get("address"))));
    if (isThere) {
      return "failure: already have such entry";
    }
    String before = values.remove("place-before");
    Map<String, String> other = before == null ? null : find(menu, before);
    if (other != null && "true".equals(other.get("dynamic"))) {
      return "failure: can not place before a dynamic item";
    }
    String id = add(menu, values);
    Map<String, String> item = table(menu).removeLast();
    item.put(".id", id);
    place(menu, item, before);
    return null;
  }

  private void place(String menu, Map<String, String> item, @Nullable String before) {
    Map<String, String> other = before == null ? null : find(menu, before);
    int at = other == null ? table(menu).size() : table(menu).indexOf(other);
    table(menu).add(at, item);
  }

  private @Nullable Map<String, String> find(String menu, String id) {
    return table(menu).stream().filter(item -> id.equals(item.get(".id"))).findFirst().orElse(null);
  }

  private static boolean isWanted(Map<String, String> item, RouterRequest request) {
    return request.query().entrySet().stream()
        .allMatch(
            wanted ->
                wanted.getKey().equals(".proplist")
                    || wanted.getValue().equals(item.get(wanted.getKey())));
  }

  private Map<String, String> written(RouterRequest request) {
    Map<String, String> values = new LinkedHashMap<>(request.body());
    values.remove(".id");
    values.computeIfPresent("disabled", (key, value) -> value.equals("no") ? "false" : "true");
    if (keepsOtherLimit && values.containsKey("max-limit")) {
      values.put("max-limit", "1/1");
    }
    return values;
  }

  /** Returns values by key, in their order. */
  static Map<String, String> values(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : Arrays.asList(pairs)) {
      int at = pair.indexOf('=');
      values.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return values;
  }
}
