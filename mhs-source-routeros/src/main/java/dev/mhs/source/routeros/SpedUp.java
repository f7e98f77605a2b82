package dev.mhs.source.routeros;

import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.parse.AddressText;
import dev.mhs.source.routeros.parse.Prefix;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ends connections that FastTrack has sped up already: they stay so, and pass by every queue, until
 * they end (RouterOS manual, "FastTrack"). Only those of a few addresses are ended; what goes on is
 * taken up as a new connection. For one thread.
 */
final class SpedUp {
  private static final List<String> KEYS =
      List.of(
          ".id",
          "src-address",
          "dst-address",
          "reply-src-address",
          "reply-dst-address",
          "fasttrack",
          "orig-fasttrack-bytes",
          "repl-fasttrack-bytes");
  private static final int AT_ONCE = 50;
  private static final int ONE_BY_ONE = 100;

  private final Router router;
  private final MenuWriter writer;

  SpedUp(Router router, MenuWriter writer) {
    this.router = router;
    this.writer = writer;
  }

  /** Ends them; returns why some are left, or empty when none is. */
  Optional<String> end(Set<Prefix> addresses) throws InterruptedException {
    for (boolean six : new boolean[] {false, true}) {
      Set<InetAddress> family =
          addresses.stream()
              .map(Prefix::base)
              .filter(one -> one instanceof Inet6Address == six)
              .collect(Collectors.toSet());
      Optional<String> left =
          family.isEmpty()
              ? Optional.empty()
              : end((six ? "ipv6" : "ip") + "/firewall/connection", family);
      if (left.isPresent()) {
        return left;
      }
    }
    return Optional.empty();
  }

  private Optional<String> end(String menu, Set<InetAddress> addresses)
      throws InterruptedException {
    RouterReply<String> found = find(menu, addresses);
    if (found instanceof RouterReply.Answer<String>(List<String> ids) && !ids.isEmpty()) {
      remove(menu, ids);
      found = find(menu, addresses);
    }
    return switch (found) {
      case RouterReply.Answer<String>(List<String> ids) when ids.isEmpty() -> Optional.empty();
      case RouterReply.Answer<String>(List<String> ids) ->
          Optional.of(
              ids.size() + " of its connections were sped up by FastTrack before and still are");
      case RouterReply.Absent<String> absent -> Optional.empty(); // then nothing is tracked
      case RouterReply.Failed<String> failed ->
          Optional.of(
              "connections that FastTrack sped up before could not be ended: " + failed.detail());
    };
  }

  private RouterReply<String> find(String menu, Set<InetAddress> addresses)
      throws InterruptedException {
    Function<Row, Optional<String>> ofThem =
        row -> isSpedUp(row) && isOf(row, addresses) ? row.id() : Optional.empty();
    return router.session().ask(RouterRequest.read(menu, KEYS), ofThem);
  }

  /** Many at once; where the router does not take that, one by one. */
  private void remove(String menu, List<String> ids) throws InterruptedException {
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + AT_ONCE));
      RouterRequest request =
          RouterRequest.run(menu + "/remove", Map.of(".id", String.join(",", some)));
      if (!(router.session().ask(request) instanceof RouterReply.Answer<Row>)) {
        removeEach(menu, ids.subList(from, Math.min(ids.size(), from + ONE_BY_ONE)));
        return;
      }
    }
  }

  private void removeEach(String menu, List<String> ids) throws InterruptedException {
    for (String id : ids) {
      if (writer.remove(menu, id) instanceof RouterReply.Failed<Row> failed
          && failed.kind().needsAPerson()) {
        return;
      }
    }
  }

  private static boolean isSpedUp(Row row) {
    return row.flag("fasttrack")
        || row.number("orig-fasttrack-bytes").orElse(0) > 0
        || row.number("repl-fasttrack-bytes").orElse(0) > 0;
  }

  private static boolean isOf(Row row, Set<InetAddress> addresses) {
    return List.of("src-address", "dst-address", "reply-src-address", "reply-dst-address").stream()
        .flatMap(key -> row.text(key).flatMap(AddressText::parse).stream())
        .anyMatch(addresses::contains);
  }
}
