package dev.mhs.source.routeros;

import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.limit.Step;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes one step to the router. */
final class MenuWriter {
  private final Router router;

  MenuWriter(Router router) {
    this.router = router;
  }

  RouterReply<Row> write(Step step) throws InterruptedException {
    try {
      return switch (step) {
        case Step.Add add -> add(add);
        case Step.Change change -> change(change);
        case Step.Move move -> move(move);
        case Step.Remove remove -> remove(remove.menu(), remove.id());
      };
    } finally {
      forget(step.menu());
    }
  }

  /** Removes an item; one that is gone already is none to fail at. */
  RouterReply<Row> remove(String menu, String id) throws InterruptedException {
    RouterReply<Row> reply = ask(RouterRequest.remove(menu, id));
    RouterReply<Row> last =
        isIdRefused(reply) ? ask(RouterRequest.run(menu + "/remove", Map.of(".id", id))) : reply;
    return last instanceof RouterReply.Absent<Row> ? new RouterReply.Answer<>(List.of()) : last;
  }

  private RouterReply<Row> add(Step.Add add) throws InterruptedException {
    Map<String, String> values = new LinkedHashMap<>(add.values());
    if (add.before() != null) {
      values.put("place-before", add.before());
    }
    return ask(RouterRequest.add(add.menu(), values));
  }

  private RouterReply<Row> change(Step.Change change) throws InterruptedException {
    RouterReply<Row> reply = ask(RouterRequest.change(change.menu(), change.id(), change.values()));
    if (!isIdRefused(reply)) {
      return reply;
    }
    Map<String, String> withId = new LinkedHashMap<>(change.values());
    withId.put(".id", change.id());
    return ask(RouterRequest.run(change.menu() + "/set", withId));
  }

  /** Without a destination RouterOS moves to the end. */
  private RouterReply<Row> move(Step.Move move) throws InterruptedException {
    Map<String, String> where = new LinkedHashMap<>();
    where.put("numbers", move.id());
    if (move.before() != null) {
      where.put("destination", move.before());
    }
    return ask(RouterRequest.run(move.menu() + "/move", where));
  }

  private RouterReply<Row> ask(RouterRequest request) throws InterruptedException {
    return router.session().ask(request);
  }

  /** What was read before is not how it stands any more, whatever was answered. */
  private void forget(String path) {
    for (Menu menu : Menu.values()) {
      if (menu.path().equals(path)) {
        router.menus().forget(menu);
      }
    }
  }

  /** Some versions are said to want the id in the body of a command, not in the path. */
  private static boolean isIdRefused(RouterReply<Row> reply) {
    return reply instanceof RouterReply.Failed<Row> failed
        && failed.detail().contains("missing or invalid resource identifier");
  }
}
