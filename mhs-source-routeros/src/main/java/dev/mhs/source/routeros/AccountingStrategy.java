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
  private long epoch;
  private @Nullable Moment lastTaken;
  private volatile @Nullable Finding trouble;
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
    Gathering gathering = sight.gathering();
    Optional<Row> settings = first(gathering.ifThere(Menu.ACCOUNTING, SETTINGS_AGE));
    if (settings.isEmpty() || !isOn(settings.get())) {
      lastTaken = null;
      return new Look.Useless();
    }
    if (ask(RouterRequest.run(MENU + "/snapshot/take", Map.of()))
        instanceof RouterReply.Failed<Row>(FailureKind kind, String detail)) {
      lastTaken = null;
      return refused("its snapshot cannot be taken", kind, detail);
    }
    Moment taken = router.time().moment();
    Reading pairs = gathering.ifThere(Menu.ACCOUNTING_SNAPSHOT, Duration.ZERO);
    if (gathering.failure() != null) {
      lastTaken = null; // what that snapshot held is lost, so the next one is a beginning
      return new Look.Useless();
    }
    trouble = null;
    noteUncounted(first(gathering.ifThere(Menu.ACCOUNTING_UNCOUNTED, UNCOUNTED_AGE)));
    return measured(sight, pairs.rows(), taken);
  }

  @Override
  public List<Finding> findings() {
    return Stream.of(Optional.ofNullable(trouble), Optional.ofNullable(uncounted))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The first snapshot, and the first after a restart, holds what nobody knows the time of. */
  private Look measured(Sight sight, List<Row> pairs, Moment taken) {
    Moment before = epoch == router.epoch() ? lastTaken : null;
    epoch = router.epoch();
    lastTaken = taken;
    if (before == null || !taken.since(before).isPositive()) {
      return new Look.Measured(taken, name(), Map.of(), null, false);
    }
    Traffic traffic =
        AccountingPairs.traffic(pairs, sight.lan(), router.book(), taken.since(before));
    return new Look.Measured(taken, name(), traffic.devices(), traffic.own(), false);
  }

  private boolean isOn(Row settings) throws InterruptedException {
    if (settings.flag("enabled")) {
      return true;
    }
    RouterReply<Row> reply = ask(RouterRequest.run(MENU + "/set", Map.of("enabled", "yes")));
    router.menus().forget(Menu.ACCOUNTING);
    if (reply instanceof RouterReply.Failed<Row>(FailureKind kind, String detail)) {
      refused("it is off and cannot be switched on", kind, detail);
      return false;
    }
    return true;
  }

  private Look refused(String what, FailureKind kind, String detail) {
    trouble =
        new Finding(Finding.Level.LACKING, "/ip/accounting: " + what + ": " + detail, remedy(kind));
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
