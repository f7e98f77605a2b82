package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.parse.ReplyParser;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.traffic.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one of the two connection tables, and spares the router where that does not work or costs
 * too much. For one thread; the findings for any.
 */
final class ConnectionTable {
  private static final Duration QUICK = Duration.ofSeconds(2);
  private static final int MOST_SKIPPED = 3;

  private final Router router;
  private final Menu menu;
  private final Respite respite;
  private final Patience patience = new Patience();
  private boolean isCounted;
  private int skippedInARow;
  private volatile int offloaded;

  /** What reading led to. */
  sealed interface Rows {
    /** It was read. */
    record Read(String name, List<Connection> connections) implements Rows {}

    /** It could not be read this once, though the box is well. */
    record Skipped() implements Rows {}

    /** It cannot be used for a while. */
    record GivenUp() implements Rows {}

    /** The box did not answer. */
    record Failed(FailureKind kind, String detail) implements Rows {}
  }

  ConnectionTable(Router router, Menu menu, String consequence) {
    this.router = router;
    this.menu = menu;
    this.respite = new Respite(consequence);
  }

  /** Forgets what was found out about it, because the box was restarted. */
  void beginAnew() {
    respite.end();
    isCounted = false;
  }

  Rows giveUp(String what, @Nullable String remedy) {
    respite.begin(router.time().moment(), what, remedy);
    isCounted = false;
    skippedInARow = 0;
    return new Rows.GivenUp();
  }

  Rows read(Duration atMost) throws InterruptedException {
    if (respite.lasts(router.time().moment()) || isTooLong()) {
      return new Rows.GivenUp();
    }
    Duration within = patience.now().compareTo(atMost) < 0 ? patience.now() : atMost;
    if (!within.isPositive()) {
      return tooSlow();
    }
    Connection.Reader reader = new Connection.Reader();
    Moment begin = router.time().moment();
    RouterReply<Connection> reply = router.session().ask(menu.request().within(within), reader);
    if (isVanishing(reply)) {
      reader = new Connection.Reader();
      reply = router.session().ask(menu.request().within(within), reader);
    }
    return switch (reply) {
      case RouterReply.Answer<Connection>(List<Connection> connections) ->
          answered(reader, connections, router.time().moment().since(begin));
      case RouterReply.Absent<Connection>(String detail) ->
          isVanishing(reply)
              ? skipped(detail)
              : giveUp("/" + menu.path() + " does not exist on this box: " + detail, null);
      case RouterReply.Failed<Connection>(FailureKind kind, String detail) ->
          isVanishing(reply) ? skipped(detail) : failed(kind, detail);
    };
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    respite.finding().ifPresent(findings::add);
    if (offloaded > 0) {
      findings.add(
          new Finding(
              Finding.Level.LACKING,
              "the switch chip moves "
                  + offloaded
                  + " connections of /"
                  + menu.path()
                  + " by itself (L3 hardware offloading), whose bytes the router does not see",
              null));
    }
    return findings;
  }

  private Rows answered(Connection.Reader reader, List<Connection> connections, Duration took) {
    offloaded = reader.offloaded();
    if (!reader.hasCounters()) {
      return giveUp("this version has no byte counters in /" + menu.path(), null);
    }
    patience.took(took);
    skippedInARow = 0;
    respite.end();
    return new Rows.Read(menu.path(), connections);
  }

  private Rows failed(FailureKind kind, String detail) throws InterruptedException {
    if (kind == FailureKind.NOT_PERMITTED) {
      return giveUp(
          "/" + menu.path() + ": " + detail, "/user/group/set mhs policy=read,write,rest-api");
    }
    if (kind == FailureKind.REFUSED && detail.startsWith(ReplyParser.TOO_MANY)) {
      return giveUp("the connection table is too long to be read often: " + detail, null);
    }
    if (kind != FailureKind.TIMED_OUT) {
      return new Rows.Failed(kind, detail);
    }
    if (!isWell()) {
      return new Rows.Failed(kind, detail);
    }
    if (patience.isMost()) {
      return tooSlow();
    }
    patience.wasTooShort();
    return skipped(detail);
  }

  private Rows skipped(String why) {
    return ++skippedInARow < MOST_SKIPPED
        ? new Rows.Skipped()
        : giveUp("/" + menu.path() + " cannot be read, time after time: " + why, null);
  }

  private Rows tooSlow() {
    return giveUp(
        "the router takes longer than "
            + Patience.MOST.toSeconds()
            + " s to show its connection table",
        null);
  }

  /** Tells whether the box answers at all, so that a slow table is told from a box that is gone. */
  private boolean isWell() throws InterruptedException {
    return router.session().ask(Menu.RESOURCE.request().within(QUICK))
        instanceof RouterReply.Answer<Row>;
  }

  /** Asks how long the table is before it is read at all, or again after it was too long. */
  private boolean isTooLong() throws InterruptedException {
    if (isCounted) {
      return false;
    }
    RouterReply<Row> reply =
        router.session().ask(RouterRequest.run(menu.path() + "/print", Map.of("count-only", "")));
    isCounted = true;
    long rows =
        reply instanceof RouterReply.Answer<Row>(List<Row> answer) && !answer.isEmpty()
            ? answer.getFirst().number("ret").orElse(0)
            : 0; // whatever it says, reading the table will tell
    if (rows > RouterRequest.USUAL_ROWS) {
      giveUp("the connection table is too long to be read often: it has " + rows + " rows", null);
      return true;
    }
    return false;
  }

  /** A connection that ends while the table is printed spoils the answer on some versions. */
  private static boolean isVanishing(RouterReply<Connection> reply) {
    Optional<String> detail =
        switch (reply) {
          case RouterReply.Answer<Connection> answer -> Optional.empty();
          case RouterReply.Absent<Connection>(String words) -> Optional.of(words);
          case RouterReply.Failed<Connection>(FailureKind kind, String words) -> Optional.of(words);
        };
    return detail.filter(words -> words.contains("no such item")).isPresent();
  }
}
