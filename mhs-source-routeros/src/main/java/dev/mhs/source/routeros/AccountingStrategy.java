package dev.mhs.source.routeros;

import dev.mhs.api.FailureKind;
import dev.mhs.api.Finding;
import dev.mhs.api.Moment;
import dev.mhs.source.routeros.client.Gathering;
import dev.mhs.source.routeros.client.Menu;
import dev.mhs.source.routeros.client.RouterRequest;
import dev.mhs.source.routeros.parse.Reading;
import dev.mhs.source.routeros.parse.RouterReply;
import dev.mhs.source.routeros.parse.Row;
import dev.mhs.source.routeros.traffic.AccountingPairs;
import dev.mhs.source.routeros.traffic.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /ip/accounting}: a table of bytes by pair of addresses that is emptied whenever a snapshot
 * of it is taken. RouterOS has REST since version 7 and this menu until version 6, so only a proxy
 * or a special build has both; where the menu is, it is switched on, which is the only thing that
 * MHS ever writes without being told to. (RouterOS manual, "IP/Accounting"; it does not see what
 * FastTrack moves.)
 */
final class AccountingStrategy implements RateStrategy {
  private static final String MENU = "ip/accounting";
  private static final Duration SETTINGS_AGE = Duration.ofMinutes(5);
  private static final Duration UNCOUNTED_AGE = Duration.ofMinutes(1);

  /** More lost pairs than so are told. */
  private static final long MUCH_UNCOUNTED = 1_000_000;

  private final Router router;
  private final Respite respite = new Respite("/" + MENU);
  private long epoch;
  private @Nullable Moment lastTaken;
  private volatile @Nullable Finding uncounted;

  AccountingStrategy(Router router) {
    this.router = router;
  }

  @Override
  public String name() {
    return "ip-accounting";
  }

  @Override
  public Look look(Sight sight) throws InterruptedException {
    if (epoch != router.epoch()) {
      epoch = router.epoch();
      respite.end();
      lastTaken = null; // what the next snapshot holds is of an unknown time
    }
    Gathering gathering = sight.gathering();
    Optional<Row> settings = first(gathering.ifThere(Menu.ACCOUNTING, SETTINGS_AGE));
    boolean isUsable = settings.isPresent() && !respite.lasts(router.time().moment());
    Look obstacle = isUsable ? begin(settings.get()) : new Look.Useless();
    if (obstacle != null) {
      lastTaken = null;
      return obstacle;
    }
    Moment taken = router.time().moment();
    Reading pairs = gathering.ifThere(Menu.ACCOUNTING_SNAPSHOT, Duration.ZERO);
    if (gathering.failure() != null) {
      lastTaken = null; // what that snapshot held is lost, so the next one is a beginning
      return new Look.Useless();
    }
    respite.end();
    noteUncounted(first(gathering.ifThere(Menu.ACCOUNTING_UNCOUNTED, UNCOUNTED_AGE)));
    return measured(sight, pairs.rows(), taken);
  }

  @Override
  public List<Finding> findings() {
    return Stream.of(respite.finding(), Optional.ofNullable(uncounted))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The first snapshot holds what nobody knows the time of. */
  private Look measured(Sight sight, List<Row> pairs, Moment taken) {
    Moment before = lastTaken;
    lastTaken = taken;
    if (before == null || !taken.since(before).isPositive()) {
      return new Look.Measured(taken, name(), Map.of(), null, false);
    }
    Traffic traffic =
        AccountingPairs.traffic(pairs, sight.lan(), router.book(), taken.since(before));
    return new Look.Measured(taken, name(), traffic.devices(), traffic.own(), false);
  }

  /** Sees to it that it counts, and takes a snapshot; null when both is done. */
  private @Nullable Look begin(Row settings) throws InterruptedException {
    if (!settings.flag("enabled")) {
      RouterReply<Row> reply = ask(RouterRequest.run(MENU + "/set", Map.of("enabled", "yes")));
      router.menus().forget(Menu.ACCOUNTING);
      Look obstacle = obstacle("it is off and cannot be switched on", reply);
      if (obstacle != null) {
        return obstacle;
      }
    }
    RouterReply<Row> reply = ask(RouterRequest.run(MENU + "/snapshot/take", Map.of()));
    return obstacle("its snapshot cannot be taken", reply);
  }

  /** A refusal is not asked for again at once: it may be a write, and the router logs it. */
  private @Nullable Look obstacle(String what, RouterReply<Row> reply) {
    return switch (reply) {
      case RouterReply.Answer<Row> answer -> null;
      case RouterReply.Absent<Row>(String detail) -> refused(what + ": " + detail, null);
      case RouterReply.Failed<Row>(FailureKind kind, String detail) ->
          kind == FailureKind.UNREACHABLE
              ? new Look.Failed(kind, detail)
              : refused(what + ": " + detail, remedy(kind));
    };
  }

  private Look refused(String what, @Nullable String remedy) {
    respite.begin(router.time().moment(), what, remedy);
    return new Look.Useless();
  }

  private static @Nullable String remedy(FailureKind kind) {
    return kind == FailureKind.NOT_PERMITTED
        ? "/ip/accounting/set enabled=yes, and give the router's user the policy write"
        : null;
  }

  private void noteUncounted(Optional<Row> row) {
    long bytes = row.map(one -> one.number("bytes").orElse(0)).orElse(0L);
    uncounted =
        bytes < MUCH_UNCOUNTED
            ? null
            : new Finding(
                Finding.Level.LACKING,
                "the table of /ip/accounting is full: some traffic is not counted",
                "/ip/accounting/set threshold=8192");
  }

  private RouterReply<Row> ask(RouterRequest request) throws InterruptedException {
    return router.session().ask(request);
  }

  private static Optional<Row> first(Reading reading) {
    return reading.rows().stream().findFirst();
  }
}
