package dev.mhs.simulator.rest;

import dev.mhs.simulator.world.RefusedException;
import dev.mhs.simulator.world.World;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Answers requests as RouterOS does, without HTTP. Any thread. */
final class RestApi {
  private static final Set<String> GENERIC =
      Set.of("print", "add", "set", "remove", "move", "enable", "disable", "comment");
  private static final String NO_ID = "missing or invalid resource identifier";

  private final World world;
  private final Menus menus;
  private volatile boolean wantsIdsInBodies;

  RestApi(World world, Menus menus) {
    this.world = world;
    this.menus = menus;
  }

  /** Plays versions that are said to refuse PATCH and DELETE by id. */
  void wantIdsInBodies(boolean wanted) {
    wantsIdsInBodies = wanted;
  }

  /** Answers somebody who has logged in. */
  Answer answer(Request request, User user) {
    try {
      permit(request, user);
      return world.look(() -> route(request));
    } catch (RefusedException refused) {
      return Answer.refused(refused.status(), refused.detail());
    }
  }

  private static void permit(Request request, User user) {
    User.Policy needed = request.reads() ? User.Policy.READ : User.Policy.WRITE;
    if (!user.policies().contains(needed)) {
      throw new RefusedException(500, "std failure: not allowed (9)");
    }
  }

  private Answer route(Request request) {
    String path = request.path();
    if (request.verb().equals("POST")) {
      return run(request);
    }
    if (menus.menu(path).isPresent()) {
      return onMenu(request, menus.menu(path).get());
    }
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 ? "" : path.substring(0, slash);
    String last = path.substring(slash + 1);
    if (menus.menu(parent).isPresent() && !menus.knows(path)) {
      if (GENERIC.contains(last)) {
        throw bad("no such command");
      }
      return onItem(request, menus.menu(parent).get(), last);
    }
    if (menus.knows(path)) {
      throw bad("no such command");
    }
    throw unknown(path);
  }

  private Answer onMenu(Request request, Menu menu) {
    return switch (request.verb()) {
      case "GET" -> {
        List<Row> rows = Query.having(menu.rows().get(), request.filters());
        yield list(menu, rows, request.properties());
      }
      case "PUT" -> Answer.object(201, row(menu, menu.writer().add(request.values())).values());
      case "PATCH", "DELETE" -> throw bad(NO_ID);
      default -> throw bad("no such command");
    };
  }

  private Answer list(Menu menu, List<Row> rows, List<String> keys) {
    boolean addsIds = world.scenario().release().addsIds();
    List<Map<String, String>> shown =
        rows.stream().map(row -> Query.only(row, keys, addsIds)).toList();
    boolean isObject = menu.isSingleton() && !world.scenario().release().wrapsSingletons();
    return isObject && shown.size() == 1
        ? Answer.object(200, shown.getFirst())
        : Answer.array(shown);
  }

  private Answer onItem(Request request, Menu menu, String id) {
    if (id.contains("%2A") || id.contains("%2a")) {
      throw bad(NO_ID); // said of several versions: the asterisk must not be encoded
    }
    if (wantsIdsInBodies && !request.verb().equals("GET")) {
      throw bad(NO_ID);
    }
    Row row = row(menu, id);
    return switch (request.verb()) {
      case "GET" -> Answer.object(200, Query.only(row, request.properties(), true));
      case "PATCH" -> {
        menu.writer().set(ownId(row), request.values());
        yield Answer.object(200, row(menu, ownId(row)).values());
      }
      case "DELETE" -> {
        menu.writer().remove(ownId(row));
        yield Answer.empty();
      }
      default -> throw bad("no such command");
    };
  }

  private Answer run(Request request) {
    String path = request.path();
    Function<Map<String, String>, List<Row>> command = menus.command(path).orElse(null);
    if (command != null) {
      return Answer.array(command.apply(request.values()).stream().map(Row::values).toList());
    }
    int slash = path.lastIndexOf('/');
    Menu menu = slash < 0 ? null : menus.menu(path.substring(0, slash)).orElse(null);
    String word = path.substring(slash + 1);
    if (menu == null || !GENERIC.contains(word)) {
      throw menus.knows(path) ? bad("no such command") : unknown(path);
    }
    return generic(word, menu, request);
  }

  private Answer generic(String word, Menu menu, Request request) {
    Map<String, String> values = new LinkedHashMap<>(request.values());
    if (word.equals("print")) {
      List<Row> rows = Query.matching(menu.rows().get(), request.query());
      return values.containsKey("count-only")
          ? Answer.object(200, Map.of("ret", String.valueOf(rows.size())))
          : list(menu, rows, request.properties());
    }
    if (word.equals("add")) {
      return Answer.object(200, Map.of("ret", menu.writer().add(values)));
    }
    String numbers = values.remove(".id");
    String named = values.remove("numbers");
    String ids = numbers == null ? named : numbers;
    if (menu.isSingleton()) {
      menu.writer().set("", values);
      return Answer.array(List.of());
    }
    if (ids == null) {
      throw bad("missing value(s) of argument(s) .id");
    }
    for (String one : ids.split(",", -1)) {
      change(word, menu, ownId(row(menu, one)), values);
    }
    return Answer.array(List.of());
  }

  private static void change(String word, Menu menu, String id, Map<String, String> values) {
    switch (word) {
      case "set", "comment" -> menu.writer().set(id, values);
      case "enable" -> menu.writer().set(id, Map.of("disabled", "no"));
      case "disable" -> menu.writer().set(id, Map.of("disabled", "yes"));
      case "remove" -> menu.writer().remove(id);
      case "move" -> menu.writer().move(id, values.get("destination"));
      default -> throw bad("no such command");
    }
  }

  private static Row row(Menu menu, String idOrName) {
    return menu.rows().get().stream()
        .filter(
            row ->
                idOrName.equals(row.values().get(".id"))
                    || idOrName.equals(row.values().get("name")))
        .findFirst()
        .orElseThrow(() -> new RefusedException(404, ""));
  }

  private static String ownId(Row row) {
    return row.values().getOrDefault(".id", "");
  }

  private RefusedException unknown(String path) {
    String known = "";
    for (String one : Arrays.asList(path.split("/", -1))) {
      String deeper = known.isEmpty() ? one : known + "/" + one;
      if (!menus.knows(deeper)) {
        return bad("no such command or directory (" + one + ")");
      }
      known = deeper;
    }
    return bad("no such command");
  }

  private static RefusedException bad(String detail) {
    return new RefusedException(400, detail);
  }
}
