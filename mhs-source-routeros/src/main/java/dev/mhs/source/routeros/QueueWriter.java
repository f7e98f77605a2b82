package dev.mhs.source.routeros;

import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.client.RouterSession;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes to {@code /queue/simple}. */
final class QueueWriter {
  private static final String MENU = "queue/simple";

  private final RouterSession session;

  QueueWriter(RouterSession session) {
    this.session = session;
  }

  RouterReply<Row> add(Map<String, String> values) throws InterruptedException {
    return session.ask(RouterRequest.add(MENU, values));
  }

  RouterReply<Row> change(String id, Map<String, String> values) throws InterruptedException {
    RouterReply<Row> reply = session.ask(RouterRequest.change(MENU, id, values));
    if (!isIdRefused(reply)) {
      return reply;
    }
    Map<String, String> withId = new LinkedHashMap<>(values);
    withId.put(".id", id);
    return session.ask(RouterRequest.run(MENU + "/set", withId));
  }

  RouterReply<Row> remove(String id) throws InterruptedException {
    RouterReply<Row> reply = session.ask(RouterRequest.remove(MENU, id));
    return isIdRefused(reply)
        ? session.ask(RouterRequest.run(MENU + "/remove", Map.of(".id", id)))
        : reply;
  }

  /** Some versions are said to want the id in the body of a command, not in the path. */
  private static boolean isIdRefused(RouterReply<Row> reply) {
    return reply instanceof RouterReply.Failed<Row> failed
        && failed.detail().contains("missing or invalid resource identifier");
  }
}
